import pytest

from rag.ingest.identity import file_id

LONG = "Ein langer Text. " * 10_000  # above the 128 KiB that the csv module allows by default


class TestReadCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_article_of_a_row(self, read, tmp_path, delimiter):
        header = delimiter.join(["id", "Title", "Text", "date"])
        row = delimiter.join(["n7", '"Ein ""T"""', f'"Ein{delimiter} Text\nin zwei Zeilen."', "2024-11-08"])
        (record,) = read("news.csv", f"{header}\r\n{row}\r\n")
        assert record.origin == f"{tmp_path / 'news.csv'}:2"
        article = record.article
        assert article.id == f"{file_id(tmp_path / 'news.csv')}:n7"
        assert article.text == f"Ein{delimiter} Text\nin zwei Zeilen."
        assert (article.title, article.published) == ('Ein "T"', "2024-11-08")

    def test_one_column(self, read):
        assert [record.article.text for record in read("a.csv", "text\nEins.\nZwei; drei.\n")] == [
            "Eins.",
            "Zwei; drei.",
        ]

    def test_rows_are_told_by_the_line_they_begin_on(self, read):
        records = read("a.csv", '\nid,text\n1,"a\nb"\n\n2,c\n')
        assert [record.origin.rsplit(":", 1)[1] for record in records] == ["3", "6"]

    def test_no_column_for_the_text(self, failure):
        assert failure("a.csv", "a,b\n1,2\n") == "no column is named 'text', 'body' or 'content'; the header is 'a,b'"

    def test_header_alone(self, failure):
        assert failure("a.csv", "text\n") == "there are no records in the file"

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("1,Ein Text, der geschnitten würde", "the row has 3 fields, the header 2"),
            ("nur eins", "the row has 1 fields, the header 2"),
            ("1,", "no text: none of the fields"),
            ('1,"zu" viel', "not valid CSV: "),
        ],
    )
    def test_bad_rows_are_told_and_the_others_are_read(self, read, row, reason):
        bad, good = read("a.csv", f"id,text\n{row}\n2,Gut.\n")
        assert bad.article is None
        assert bad.reason.startswith(reason)
        assert good.article.text == "Gut."

    def test_quotation_mark_that_is_never_closed_swallows_nothing_silently(self, read):
        good, bad = read("a.csv", 'id,text\n1,Gut.\n2,"offen\n3,drei\n4,vier\n')
        assert good.article.text == "Gut."
        assert bad.reason == "not valid CSV up to line 5: unexpected end of data"

    def test_long_field(self, read_one):
        assert read_one("a.csv", f'text\n"{LONG}"\n').text == LONG

    @pytest.mark.parametrize("text", ["x" * 3_000_000, "Zeile\n" * 300_000])
    def test_row_too_long(self, read, text):
        bad, good = read("a.csv", f'text\n"{text}"\nGut.\n')
        assert bad.reason == "the row is longer than 1 MB; raise RAG_MAX_ARTICLE_MB"
        assert good.article.text == "Gut."

    def test_same_id_twice(self, read):
        assert read("a.csv", "id,text\n1,a\n1,b\n")[1].reason == "same id as line 2; the first one is kept"

    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
    def test_encodings(self, read_one, codec):
        assert read_one("a.csv", "text;id\nGröße über alles;1\n".encode(codec)).text == "Größe über alles"

    def test_cyrillic_code_page(self, read_one):
        text = "Президент России заявил, что переговоры продолжатся."
        assert read_one("a.csv", f'text\n"{text}"\n'.encode("cp1251")).text == text
