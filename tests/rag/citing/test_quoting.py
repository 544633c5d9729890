import pytest

from rag.answers import Located
from rag.articles import Article, Passage
from rag.citing.quoting import find_quote

FIRST = Article(id="a", text="Musk called Putin on Friday. Nobody else was told. Trump said he knew nothing of it.")
SECOND = Article(id="b", text="The bridge was closed for repairs. Musk called Putin on Friday.")
PASSAGES = (
    Passage(article_id="a", start=0, end=49, text=FIRST.text[:49]),
    Passage(article_id="b", start=0, end=34, text=SECOND.text[:34]),
    Passage(article_id="b", start=35, end=63, text=SECOND.text[35:]),
)
ARTICLES = {"a": FIRST, "b": SECOND}


@pytest.mark.parametrize(
    ("quote", "named", "article", "located"),
    [
        ("Musk called Putin", PASSAGES[0], "a", Located.VERBATIM),
        ("musk  called “Putin”", PASSAGES[0], "a", Located.REPAIRED),
        ("Musk called … Nobody else was told", PASSAGES[0], "a", Located.REPAIRED),
        ("Trump said he knew nothing", PASSAGES[0], "a", Located.MOVED),
        ("Musk called Putin", PASSAGES[1], "b", Located.MOVED),
        ("The bridge was closed", PASSAGES[0], "b", Located.MOVED),
        ("The bridge was closed", None, "b", Located.MOVED),
    ],
)
def test_found(quote, named, article, located):
    place = find_quote(quote, named, PASSAGES, ARTICLES)
    assert place is not None
    assert (place.article.id, place.located) == (article, located)


@pytest.mark.parametrize("quote", ["Musk called Xi on Friday", "", "„“", "Trump said he knew everything of it"])
def test_nowhere(quote):
    assert find_quote(quote, PASSAGES[0], PASSAGES, ARTICLES) is None


def test_in_the_named_passage_before_others():
    place = find_quote("Musk called Putin on Friday.", PASSAGES[2], PASSAGES, ARTICLES)
    assert place is not None
    assert (place.article.id, place.start, place.located) == ("b", 35, Located.VERBATIM)
