from dataclasses import replace

import pytest

from rag.answers import Citation, Hit, Located, Verdict
from rag.articles import ArticleInfo, Passage
from rag.wording import LOCATED, VERDICTS
from ui.sources import SNIPPET, badge_html, disagree, nearest_html, numbered, sources_html

QUOTE = "Musk habe auch mit Putin telefoniert."


def citation(article_id="a1", start=10, quote=QUOTE, verdict=Verdict.SUPPORTED, **values):
    return Citation(article_id, start, start + len(quote), quote, verdict, **values)


def info(article_id, **values):
    known = {"title": None, "language": None, "published": None, "source": None, "url": None, "origin": None}
    return ArticleInfo(article_id, **(known | values), characters=9, passages=1, added="2024-11-08T00:00:00+00:00")


def shown(*citations, known=None, statement="S."):
    return sources_html(citations, numbered(citations), known or {}, statement)


class TestBadge:
    @pytest.mark.parametrize("verdict", list(Verdict))
    def test_every_verdict_has_a_word_an_icon_and_a_meaning(self, verdict):
        words = VERDICTS[verdict]
        page = badge_html(verdict, words.label)
        assert f'<span class="badge {verdict}" title="{words.meaning}">' in page
        assert f'<span class="icon" aria-hidden="true">{words.icon}</span> {words.label}' in page

    def test_no_two_verdicts_look_or_read_alike(self):
        for name in ("label", "icon", "says", "meaning"):
            assert len({getattr(words, name) for words in VERDICTS.values()}) == len(Verdict)

    def test_every_way_to_find_a_quote_has_words(self):
        assert len({LOCATED[located] for located in Located}) == len(Located)


class TestOneSource:
    def test_it_opens_the_quoted_span(self):
        page = shown(citation())
        assert (
            f'<button class="source" type="button" data-article="a1" data-start="10" data-end="{10 + len(QUOTE)}">'
            in page
        )

    def test_it_tells_title_outlet_date_language_and_what_it_says(self):
        page = shown(citation(title="Der Anruf", source="VOA", published="2024-11-08", language="de"))
        for part in ("Der Anruf", "VOA", "2024-11-08", "German"):
            assert f">{part}</span>" in page
        assert "</span> says so</span>" in page

    def test_it_shows_the_quote_in_its_language_unless_the_statement_is_just_that(self):
        assert f'<q dir="auto" lang="de">{QUOTE}</q>' in shown(citation(language="de"))
        assert "<q" not in shown(citation(language="de"), statement=QUOTE)

    @pytest.mark.parametrize("located", list(Located))
    def test_how_the_quote_was_found_is_said_in_words(self, located):
        assert f'<span class="note located" dir="auto">{LOCATED[located]}</span>' in shown(citation(located=located))

    def test_attribution_reasons_and_copies_are_said(self):
        known = {"c1": info("c1", title="Agentur"), "c2": info("c2", origin="/x/kopie.txt")}
        full = citation(attributed="Laut einer Quelle", reasons=("the source says 308",), copies=("c1", "c2", "c3"))
        page = shown(full, known=known)
        assert ">reported: Laut einer Quelle</span>" in page
        assert ">the source says 308</span>" in page
        assert ">also in: Agentur, kopie.txt, c3</span>" in page

    def test_one_without_title_is_called_by_its_file(self):
        assert ">call.txt</span>" in shown(citation(), known={"a1": info("a1", origin="/news/call.txt")})

    def test_markup_in_any_field_is_text(self):
        bad = '"><img src=x onerror=alert(1)>'
        page = shown(
            citation(
                bad, quote=bad, title=bad, source=bad, published=bad, language=bad, attributed=bad, reasons=(bad,),
                copies=(bad,),
            )
        )  # fmt: skip
        assert "<img" not in page
        assert '""' not in page

    def test_without_citations_there_is_no_list(self):
        assert shown() == ""


class TestDisagreement:
    says = citation(published="2024-11-08", title="First")
    against = citation("a2", verdict=Verdict.CONTRADICTED, published="2025-02-01", title="Second")

    def test_sources_that_disagree_stand_side_by_side_newest_first(self):
        undated = citation("a3", title="Third")
        page = shown(self.says, undated, self.against)
        assert '<h3>Sources disagree</h3><ol class="sources sides"' in page
        assert page.index("Second") < page.index("First") < page.index("Third")
        assert "</span> says otherwise</span>" in page

    def test_then_every_quote_is_shown(self):
        assert shown(self.says, self.against, statement=QUOTE).count("<q ") == 2

    def test_a_statement_that_its_own_source_contradicts_is_no_disagreement(self):
        assert not disagree([self.against])
        assert not disagree([self.against, replace(self.against, article_id="a3")])
        assert not disagree([self.says, replace(self.against, article_id="a1", start=99)])
        assert disagree([self.says, self.against])


class TestNearest:
    def hits(self, number):
        return [Hit(1.0, Passage(f"a{n}", n, n + 9, f"Passage {n}", "de")) for n in range(number)]

    def test_three_are_offered_as_such(self):
        page = nearest_html(self.hits(5), {})
        assert "Nearest passages" in page
        assert page.count('<button class="source"') == 3
        assert 'data-article="a2" data-start="2" data-end="11"' in page

    def test_without_any_there_is_no_list(self):
        assert nearest_html([], {}) == ""

    def test_they_carry_what_is_known_of_their_article(self):
        page = nearest_html(self.hits(1), {"a0": info("a0", title="Der Anruf", source="VOA")})
        assert "Der Anruf" in page
        assert "VOA" in page

    def test_a_long_one_is_cut_between_words(self):
        page = nearest_html([Hit(1.0, Passage("a", 0, 999, "word " * 200, "en"))], {})
        words = page.split('<q dir="auto">')[1].split("</q>")[0]
        assert words.endswith("word …")
        assert len(words) <= SNIPPET + 2

    def test_a_hostile_one_is_text(self):
        page = nearest_html([Hit(1.0, Passage("<b>", 0, 9, "<script>alert(1)</script>", "<i>"))], {})
        assert not any(tag in page for tag in ("<script", "<b>", "<i>"))
