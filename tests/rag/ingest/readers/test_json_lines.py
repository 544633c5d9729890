import json

import pytest

from rag.ingest.identity import file_id


def lines(*records):
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)


class TestReadJsonl:
    def test_article_of_a_line(self, read, tmp_path):
        fields = {
            "id": "n7",
            "text": "Ein Text.",
            "title": "T",
            "lang": "de-DE",
            "date": "8.11.2024",
            "outlet": "DPA",
            "url": "https://x.org/1",
        }
        (record,) = read("news.jsonl", lines(fields))
        assert record.origin == f"{tmp_path / 'news.jsonl'}:1"
        article = record.article
        assert article.id == f"{file_id(tmp_path / 'news.jsonl')}:n7"
        assert (article.text, article.title, article.language, article.published, article.source, article.url) == (
            "Ein Text.",
            "T",
            "de",
            "2024-11-08",
            "DPA",
            "https://x.org/1",
        )

    @pytest.mark.parametrize("key", ["text", "body", "content", "Text"])
    def test_names_of_the_text(self, read_one, key):
        assert read_one("news.jsonl", lines({key: "Ein Text."})).text == "Ein Text."

    def test_source_as_news_apis_write_it(self, read_one):
        assert read_one("a.jsonl", lines({"text": "Text", "source": {"id": None, "name": "DPA"}})).source == "DPA"

    def test_invalid_line_is_told_and_the_others_are_read(self, read, tmp_path):
        records = read(
            "news.jsonl", lines({"text": "Eins."}, {"text": "Zwei."}, "{kaputt", {"text": "Vier."}, {"text": "Fünf."})
        )
        assert [record.article and record.article.text for record in records] == [
            "Eins.",
            "Zwei.",
            None,
            "Vier.",
            "Fünf.",
        ]
        assert records[2].origin == f"{tmp_path / 'news.jsonl'}:3"
        assert records[2].reason.startswith("not valid JSON: ")

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("[1]", "not a JSON object but of type list"),
            ('"text"', "not a JSON object but of type str"),
            ("{}", "no text: none of the fields 'text', 'body' and 'content' has any"),
            ('{"text": " "}', "no text: none of the fields"),
            ('{"text": "…"}', "no text: there is no letter"),
            ('{"text": 7}', "'text' is of type int, not a string"),
            ('{"text": "Text", "id": [1]}', "'id' is of type list"),
            ("[" * 100_000, "not valid JSON: "),
            ('{"text": ' + "9" * 5000 + "}", "not valid JSON: "),
        ],
    )
    def test_bad_lines(self, read, line, reason):
        bad, good = read("a.jsonl", f'{line}\n{{"text": "Gut."}}')
        assert bad.article is None
        assert bad.reason.startswith(reason)
        assert good.article.text == "Gut."

    def test_blank_lines_are_counted_but_not_told(self, read):
        (record,) = read("a.jsonl", '\n\r\n{"text": "Text."}\n\n')
        assert record.origin.endswith("a.jsonl:3")

    def test_same_id_twice(self, read):
        records = read(
            "a.jsonl",
            lines(
                {"id": 1, "text": "Eins."},
                {"id": "1", "text": "Zwei."},
                {"text": "Drei."},
                {"text": "Drei."},
                {"text": "A", "url": "u"},
                {"text": "B", "url": "u"},
            ),
        )
        assert [record.reason for record in records] == [
            None,
            "same id as line 1; the first one is kept",
            None,
            "same text as line 3; the first one is kept",
            None,
            "same URL as line 5; the first one is kept",
        ]

    def test_failed_record_does_not_claim_its_id(self, read):
        records = read("a.jsonl", lines({"id": 1, "text": ""}, {"id": 1, "text": "Zwei."}))
        assert records[1].article.text == "Zwei."

    def test_line_too_long(self, read):
        records = read("a.jsonl", lines({"text": "x" * 3_000_000}, {"text": "Gut."}))
        assert records[0].reason == "the line is longer than 1 MB; raise RAG_MAX_ARTICLE_MB"
        assert records[1].article.text == "Gut."
        assert records[1].origin.endswith(":2")

    def test_file_above_the_file_limit_is_streamed(self, read):
        records = read("a.jsonl", lines(*({"id": number, "text": "x" * 900_000} for number in range(3))))
        assert all(record.article for record in records)

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    def test_encodings(self, read_one, codec):
        assert read_one("a.jsonl", '{"text": "Größe über alles"}\n'.encode(codec)).text == "Größe über alles"

    def test_one_line_in_another_encoding(self, read):
        data = '{"text": "Größe und Übel, Äpfel, Öl und Käse"}\n'.encode() + '{"text": "Straße"}\n'.encode("cp1252")
        assert [record.article.text for record in read("a.jsonl", data)][1] == "Straße"

    def test_escaped_lone_surrogate_is_repaired(self, read_one):
        assert read_one("a.jsonl", '{"text": "Text \\ud83d und \\ud83d\\ude00"}').text == "Text \ufffd und 😀"

    def test_file_of_blank_lines(self, failure):
        assert failure("a.jsonl", "\n\n") == "there are no records in the file"

    def test_picture(self, failure):
        assert failure("a.jsonl", b"\x89PNG\r\n\x1a\n") == "not text: it begins like a PNG image"
