import pytest

from rag.answers import Located, Verdict
from rag.articles import Article
from rag.citing import Judgement, Place, cite, evidence_at

ARTICLE = Article("a", "Musk rief an.", title="T", language="de", published="2024-11-08", source="S", url="http://s/1")
WRONG = Judgement(Verdict.UNSUPPORTED, ("The source says something else.",))


def test_quote_is_the_span():
    citation = cite(Place(ARTICLE, 5, 12, Located.REPAIRED), WRONG)
    assert citation.quote == "rief an" == ARTICLE.text[citation.start : citation.end]
    assert (citation.verdict, citation.reasons) == (WRONG.verdict, WRONG.reasons)
    assert citation.located is Located.REPAIRED


def test_what_is_known_of_the_article_comes_with_it():
    citation = cite(Place(ARTICLE, 0, 4), Judgement(Verdict.SUPPORTED))
    assert (citation.article_id, citation.title, citation.source) == ("a", "T", "S")
    assert (citation.published, citation.language, citation.url) == ("2024-11-08", "de", "http://s/1")
    assert citation.attributed is None


def test_attribution_in_the_words_of_the_source():
    place = Place(Article("b", "Laut einer Quelle rief Musk an.", language="de"), 0, 31)
    citation = cite(place, Judgement(Verdict.OVERSTATED), evidence_at(place).attributed)
    assert citation.attributed is not None
    assert citation.attributed in place.article.text


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 4), (0, 14), (13, 14)])
def test_span_outside_the_article(start, end):
    with pytest.raises(ValueError, match=rf"Span {start}–{end} is not in article 'a' of 13 characters"):
        cite(Place(ARTICLE, start, end), WRONG)
