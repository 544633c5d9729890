"""The words that a statement quotes become a place: where they stand, and what had to be done to find them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answers import Located
from rag.articles import Article, Passage
from rag.citing.locate import locate
from rag.citing.repair import repair


@dataclass(frozen=True, slots=True)
class Place:
    """Characters ``start`` to ``end`` of an article, and how they were found."""

    article: Article
    start: int
    end: int
    located: Located = Located.VERBATIM


def find_quote(
    quote: str, named: Passage | None, passages: Sequence[Passage], articles: Mapping[str, Article]
) -> Place | None:
    """Find quoted words: in the passage that was named, then in its article, then in the other passages; else None.

    What stands outside the named passage is ``moved``. A repaired quote in the named passage counts before an exact one
    elsewhere.

    :param named: the passage that the statement cites, or None where it names one that does not exist.
    :param passages: all that were read, best first.
    :param articles: their articles by id.
    """
    if named is not None:
        article = articles[named.article_id]
        span = _find(quote, article.text, named.start, named.end)
        if span is not None:
            exact = article.text[span[0] : span[1]] == quote.strip()
            return Place(article, *span, Located.VERBATIM if exact else Located.REPAIRED)
        span = _find(quote, article.text)
        if span is not None:
            return Place(article, *span, Located.MOVED)
    for passage in passages:
        article = articles[passage.article_id]
        span = None if passage is named else _find(quote, article.text, passage.start, passage.end)
        if span is not None:
            return Place(article, *span, Located.MOVED)
    return None


def _find(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    return locate(quote, text, start, end) or repair(quote, text, start, end)
