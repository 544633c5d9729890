from dataclasses import replace

import pytest

from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Verdict
from rag.articles import ArticleInfo, Passage
from ui.sources import SNIPPET, answer_html

QUOTE = "Musk habe auch mit Putin telefoniert."


def citation(article_id="a1", start=10, quote=QUOTE, **values):
    return Citation(article_id, start, start + len(quote), quote, Verdict.SUPPORTED, **values)


def answer(*statements, answered=True, hits=(), **values):
    text = " ".join(statement.text for statement in statements) if answered else NOT_ANSWERED
    return Answer("Q?", answered, text, tuple(statements), tuple(hits), **values)


def info(article_id, **values):
    known = {"title": None, "language": None, "published": None, "source": None, "url": None, "origin": None}
    return ArticleInfo(article_id, **(known | values), characters=9, passages=1, added="2024-11-08T00:00:00+00:00")


class TestAnswered:
    def test_a_verbatim_statement_is_a_quotation_in_its_language(self):
        page = answer_html(answer(Statement(QUOTE, (citation(language="de"),))))
        assert f'<blockquote class="statement" dir="auto" lang="de"><span class="words">{QUOTE}</span>' in page

    def test_its_number_and_its_source_open_the_quoted_span(self):
        page = answer_html(answer(Statement(QUOTE, (citation(),))))
        place = f'type="button" data-article="a1" data-start="10" data-end="{10 + len(QUOTE)}"'
        assert f'<button class="cite" {place} aria-label="Source 1: a1">1</button>' in page
        assert f'<button class="source" {place}>' in page

    def test_a_source_tells_title_outlet_date_language_and_verdict(self):
        known = citation(title="Der Anruf", source="VOA", published="2024-11-08", language="de")
        page = answer_html(answer(Statement(QUOTE, (known,))))
        for part in ("Der Anruf", "VOA", "2024-11-08", "German", "supported"):
            assert f">{part}</span>" in page

    def test_statements_of_one_place_share_its_number(self):
        one, other = citation(), citation("a2", 0)
        page = answer_html(answer(Statement("First.", (one, other)), Statement("Second.", (other, one))))
        assert page.count('<li><button class="source"') == 2
        assert page.index(">1</button>") < page.index(">2</button>")
        assert page.count(">1</button>") == page.count(">2</button>") == 2

    def test_a_statement_in_other_words_is_no_quotation_and_its_source_shows_the_quote(self):
        written = Statement("He called Putin.", (replace(citation(), verdict=Verdict.UNSUPPORTED),))
        page = answer_html(answer(written, model="ollama:small"))
        assert "<blockquote" not in page
        assert f'<q dir="auto">{QUOTE}</q>' in page
        assert "unsupported" in page
        assert "Written by ollama:small." in page

    def test_a_source_without_title_is_called_by_its_file(self):
        known = {"a1": info("a1", origin="/news/2024/call.txt")}
        assert ">call.txt</span>" in answer_html(answer(Statement(QUOTE, (citation(),))), known)

    def test_the_notice_is_shown(self):
        page = answer_html(answer(Statement(QUOTE, (citation(),)), notice="The chat model <x> did not answer."))
        assert '<p class="notice" role="status">The chat model &lt;x&gt; did not answer.</p>' in page

    def test_markup_in_any_field_is_text(self):
        bad = '"><img src=x onerror=alert(1)>'
        hostile = citation(bad, quote=bad, title=bad, source=bad, published=bad, language=bad)
        page = answer_html(answer(Statement(bad, (hostile,)), notice=bad, model=bad))
        assert "<img" not in page
        assert '""' not in page

    @pytest.mark.parametrize("literal", ["**bold**", "[x](http://e.example)", "![i](http://e.example/i.png)", "$x^2$"])
    def test_markdown_and_formulas_stay_as_they_are(self, literal):
        assert f'<span class="words">{literal}</span>' in answer_html(answer(Statement(literal, (citation(),))))


class TestNotAnswered:
    def hits(self, number):
        return [Hit(1.0, Passage(f"a{n}", n, n + 9, f"Passage {n}", "de")) for n in range(number)]

    def test_it_says_so_and_offers_the_three_nearest_passages_as_such(self):
        page = answer_html(answer(answered=False, hits=self.hits(5)))
        assert f'<p class="abstained">{NOT_ANSWERED}</p>' in page
        assert "Nearest passages" in page
        assert page.count('<button class="source"') == 3
        assert 'data-article="a2" data-start="2" data-end="11"' in page

    def test_without_any_passage_there_is_no_list(self):
        assert "Nearest" not in answer_html(answer(answered=False))

    def test_passages_carry_what_is_known_of_their_article(self):
        known = {"a0": info("a0", title="Der Anruf", source="VOA")}
        page = answer_html(answer(answered=False, hits=self.hits(1)), known)
        assert "Der Anruf" in page
        assert "VOA" in page

    def test_a_long_passage_is_cut_between_words(self):
        passage = Passage("a", 0, 999, "word " * 200, "en")
        page = answer_html(answer(answered=False, hits=[Hit(1.0, passage)]))
        shown = page.split('<q dir="auto">')[1].split("</q>")[0]
        assert shown.endswith("word …")
        assert len(shown) <= SNIPPET + 2

    def test_a_hostile_passage_is_text(self):
        passage = Passage("<b>", 0, 9, "<script>alert(1)</script>", "<i>")
        page = answer_html(answer(answered=False, hits=[Hit(1.0, passage)]))
        assert not any(tag in page for tag in ("<script", "<b>", "<i>"))
