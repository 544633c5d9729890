import pytest

ARTICLE = "Gespräche gehen weiter\n\nDer Präsident sagte am Montag, dass die Verhandlungen weitergehen."


class TestReadText:
    def test_first_line_that_looks_like_a_headline_is_the_title_and_stays(self, read_one):
        article = read_one("a.txt", ARTICLE)
        assert article.title == "Gespräche gehen weiter"
        assert article.text == ARTICLE

    @pytest.mark.parametrize(
        "text",
        [
            "Nur eine Zeile",
            "Ein Satz.\nNoch einer.",
            "„Ein Zitat.“\nText",
            "x" * 121 + "\nText",
            "这是第一句。\n第二句",
            "Titel\n \n",
        ],
    )
    def test_otherwise_there_is_none(self, read_one, text):
        assert read_one("a.txt", text).title is None

    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_encodings(self, read_one, codec):
        assert read_one("a.txt", ARTICLE.encode(codec)).text == ARTICLE

    def test_cyrillic_code_page(self, read_one):
        text = "Президент России заявил в понедельник, что переговоры продолжатся на следующей неделе."
        article = read_one("a.txt", text.encode("cp1251"))
        assert (article.text, article.language) == (text, "ru")

    def test_picture_named_txt(self, failure):
        assert failure("a.txt", b"\x89PNG\r\n\x1a\n\0\0") == "not text: it begins like a PNG image"
