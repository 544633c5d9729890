import pytest

BODY = "# Gespräche *gehen* weiter #\n\nDer **Präsident** sagte, sie [gehen](https://x.org) weiter.\n"


class TestReadMarkdown:
    def test_text_stays_as_written_and_heading_is_the_title(self, read_one):
        article = read_one("a.md", BODY)
        assert article.text == BODY
        assert article.title == "Gespräche *gehen* weiter"

    def test_front_matter_is_read_and_cut(self, read_one):
        head = "---\ntitle: 'Ein: Titel'\nDate: 2024-11-08\nsource: DPA\nurl: https://x.org/1\nlang: de\n"
        head += "tags:\n  - a\n- b\n# c\n---\n"
        article = read_one("a.md", head + BODY)
        assert article.text == BODY
        assert (article.title, article.published, article.source, article.url, article.language) == (
            "Ein: Titel",
            "2024-11-08",
            "DPA",
            "https://x.org/1",
            "de",
        )

    @pytest.mark.parametrize("text", ["---\nEin Satz ohne Schlüssel.\n---\nText", "---\ntitle: nie geschlossen\n"])
    def test_rule_at_the_top_is_no_front_matter(self, read_one, text):
        assert read_one("a.md", text).text == text

    def test_comment_in_code_is_no_heading(self, read_one):
        assert read_one("a.md", "```sh\n# kein Titel\n```\n## Zwei\n# Titel\nText").title == "Titel"

    def test_front_matter_alone_is_no_article(self, failure):
        assert failure("a.md", "---\ntitle: T\n---\n").startswith("no text")
