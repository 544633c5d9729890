import pytest

from rag.answers import Verdict
from rag.articles import Article
from rag.citing import cite

ARTICLE = Article("a", "Musk rief an.", title="T", language="de", published="2024-11-08", source="S", url="http://s/1")


def test_quote_is_the_span():
    citation = cite(ARTICLE, 5, 12, Verdict.UNSUPPORTED)
    assert citation.quote == "rief an" == ARTICLE.text[citation.start : citation.end]
    assert citation.verdict is Verdict.UNSUPPORTED


def test_what_is_known_of_the_article_comes_with_it():
    citation = cite(ARTICLE, 0, 4, Verdict.SUPPORTED)
    assert (citation.article_id, citation.title, citation.source) == ("a", "T", "S")
    assert (citation.published, citation.language, citation.url) == ("2024-11-08", "de", "http://s/1")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 4), (0, 14), (13, 14)])
def test_span_outside_the_article(start, end):
    with pytest.raises(ValueError, match=rf"Span {start}–{end} is not in article 'a' of 13 characters"):
        cite(ARTICLE, start, end, Verdict.UNSUPPORTED)
