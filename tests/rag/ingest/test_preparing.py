import pytest

from rag.articles import Article
from rag.errors import ReadError
from rag.ingest import prepare

TEXT = "Der Präsident sagte am Montag, die Gespräche gingen weiter."


class TestPrepare:
    def test_normalises_and_detects(self):
        article = prepare(
            Article(
                "a1",
                "\ufeff" + TEXT + "\r\nEnde.",
                " Eine\nÜberschrift ",
                None,
                "8.11.2024",
                " DPA ",
                " https://x.org/1 ",
            )
        )
        assert article == Article(
            "a1", TEXT + "\nEnde.", "Eine Überschrift", "de", "2024-11-08", "DPA", "https://x.org/1"
        )

    def test_prepared_article_stays_as_it_is(self):
        article = prepare(Article("a1", TEXT, "T", None, "2024-11-08T10:00:00+01:00"))
        assert prepare(article) == article

    def test_given_language_is_kept(self):
        assert prepare(Article("a1", TEXT, language="fr-FR")).language == "fr"

    def test_what_is_no_language_code_is_detected(self):
        assert prepare(Article("a1", TEXT, language="German")).language == "de"

    def test_lone_surrogate_is_repaired(self):
        assert prepare(Article("a1", "Text \ud83d")).text == "Text \ufffd"

    def test_unreadable_date_is_left_out(self):
        assert prepare(Article("a1", TEXT, published="gestern")).published is None

    @pytest.mark.parametrize(
        ("url", "kept"),
        [
            ("https://x.org/1", "https://x.org/1"),
            ("HTTP://x.org", "HTTP://x.org"),
            ("example.org:8080/a", "example.org:8080/a"),
            ("/a/1", "/a/1"),
            ("javascript:alert(1)", None),
            (" JavaScript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("data:text/html,x", None),
        ],
    )
    def test_only_web_addresses_are_kept(self, url, kept):
        assert prepare(Article("a1", TEXT, url=url)).url == kept

    @pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "…!"])
    def test_no_text(self, text):
        with pytest.raises(ReadError, match="no text"):
            prepare(Article("a1", text))

    @pytest.mark.parametrize("text", [None, b"Text", 7])
    def test_text_of_another_type(self, text):
        with pytest.raises(ReadError, match=f"of type {type(text).__name__}"):
            prepare(Article("a1", text))

    @pytest.mark.parametrize("name", ["", "  ", None, 7, "a\nb", "a\ud83d"])
    def test_unusable_id(self, name):
        with pytest.raises(ReadError, match="give"):
            prepare(Article(name, TEXT))
