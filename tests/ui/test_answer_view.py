import pytest

from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Usage, Verdict
from rag.articles import Passage
from rag.wording import VERDICTS
from ui.answer_view import answer_html

QUOTE = "Musk habe auch mit Putin telefoniert."


def citation(article_id="a1", start=10, quote=QUOTE, verdict=Verdict.SUPPORTED, **values):
    return Citation(article_id, start, start + len(quote), quote, verdict, **values)


def answer(*statements, answered=True, hits=(), **values):
    text = " ".join(statement.text for statement in statements) if answered else NOT_ANSWERED
    return Answer("Q?", answered, text, tuple(statements), tuple(hits), **values)


class TestStatement:
    def test_a_verbatim_one_is_a_quotation_in_its_language(self):
        page = answer_html(answer(Statement(QUOTE, (citation(language="de"),))))
        assert f'<blockquote class="statement" dir="auto" lang="de"><span class="words">{QUOTE}</span>' in page

    def test_one_in_other_words_is_no_quotation(self):
        page = answer_html(answer(Statement("He called Putin.", (citation(),)), model="ollama:small"))
        assert "<blockquote" not in page
        assert f'<q dir="auto">{QUOTE}</q>' in page

    def test_its_number_opens_the_quoted_span(self):
        page = answer_html(answer(Statement(QUOTE, (citation(),))))
        place = f'type="button" data-article="a1" data-start="10" data-end="{10 + len(QUOTE)}"'
        assert f'<button class="cite" {place} aria-label="Source 1: a1">1</button>' in page

    def test_statements_of_one_place_share_its_number(self):
        one, other = citation(), citation("a2", 0)
        page = answer_html(answer(Statement("First.", (one, other)), Statement("Second.", (other, one))))
        first, second = page.split('<div class="judged')[1:]
        assert first.index(">1</button>") < first.index(">2</button>")
        assert second.index(">2</button>") < second.index(">1</button>")
        assert page.count('<span class="number">1</span>') == page.count('<span class="number">2</span>') == 2

    @pytest.mark.parametrize("verdict", list(Verdict))
    def test_it_carries_its_verdict_in_words(self, verdict):
        page = answer_html(answer(Statement("S.", (citation(),), verdict)))
        assert f'<div class="judged {verdict}">' in page
        assert f"</span> {VERDICTS[verdict].label}</span></p>" in page

    def test_its_reasons_stand_under_it_in_order(self):
        page = answer_html(answer(Statement("S.", (citation(),), Verdict.PARTLY, ("no “Monday”", "no <name>"))))
        reasons = '<li dir="auto">no “Monday”</li><li dir="auto">no &lt;name&gt;</li>'
        assert f'<ul class="reasons" aria-label="Reasons">{reasons}</ul>' in page

    def test_a_verdict_without_reasons_is_explained_and_support_needs_none(self):
        page = answer_html(answer(Statement("S.", (citation(),), Verdict.UNSUPPORTED)))
        assert '<li dir="auto">The source does not say so.</li>' in page
        assert "reasons" not in answer_html(answer(Statement("S.", (citation(),))))

    @pytest.mark.parametrize("verdict", list(Verdict))
    def test_what_nothing_bears_out_is_struck_through_and_heard_so(self, verdict):
        page = answer_html(answer(Statement("S.", (citation(),), verdict)))
        struck = '<span class="unheard">Struck out: </span><s class="words">S.</s>' in page
        assert struck == (verdict in {Verdict.UNSUPPORTED, Verdict.CONTRADICTED})
        assert ("<s " in page) == struck

    def test_without_citations_it_is_still_shown_with_its_verdict(self):
        page = answer_html(answer(Statement("S.", (), Verdict.UNSUPPORTED, ("it cites nothing",))))
        assert '<s class="words">S.</s>' in page
        assert "it cites nothing" in page

    def test_markup_in_any_field_is_text(self):
        bad = '"><img src=x onerror=alert(1)>'
        statement = Statement(bad, (citation(bad, quote=bad, title=bad),), Verdict.PARTLY, (bad,))
        page = answer_html(answer(statement, notice=bad, model=bad, searched=bad))
        assert "<img" not in page
        assert '""' not in page

    @pytest.mark.parametrize("literal", ["**bold**", "[x](http://e.example)", "![i](http://e.example/i.png)", "$x^2$"])
    def test_markdown_and_formulas_stay_as_they_are(self, literal):
        assert f'<span class="words">{literal}</span>' in answer_html(answer(Statement(literal, (citation(),))))


class TestAround:
    def test_the_notice_is_shown(self):
        page = answer_html(answer(Statement(QUOTE, (citation(),)), notice="The chat model <x> did not answer."))
        assert '<p class="notice" role="status">The chat model &lt;x&gt; did not answer.</p>' in page

    def test_the_completed_question_is_shown_before_the_answer(self):
        page = answer_html(answer(Statement("S.", (citation(),)), searched="What did <Trump> say?"))
        assert page.startswith('<p class="searched">Searched for: <bdi>What did &lt;Trump&gt; say?</bdi></p>')
        assert "Searched for" not in answer_html(answer(Statement("S.", (citation(),))))

    def test_the_model_and_what_it_counted(self):
        page = answer_html(answer(Statement("S.", (citation(),)), model="ollama:small", usage=Usage(1200, 34)))
        assert "Written by ollama:small. 1,200 tokens read, 34 written." in page
        priced = answer_html(answer(Statement("S.", (citation(),)), model="openai:x", usage=Usage(1, 2, 0.0123)))
        assert "0.0123 US dollars" in priced

    def test_an_abstention_says_so_and_offers_what_is_near(self):
        page = answer_html(answer(answered=False, hits=[Hit(1.0, Passage("a", 0, 9, "Passage", "de"))]))
        assert f'<p class="abstained">{NOT_ANSWERED}</p>' in page
        assert "Nearest passages" in page
