"""The row that limits a question to some articles: what it offers, and what was chosen in it."""

from collections.abc import Iterable

from rag import Filters
from rag.articles import ArticleInfo
from rag.wording import language_name

LABEL = "Only some articles"


def choices(articles: Iterable[ArticleInfo]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the languages (name and code) and the outlets that the archive has, in alphabetical order."""
    known = list(articles)
    codes = {article.language for article in known if article.language}
    sources = {article.source for article in known if article.source}
    return sorted((language_name(code) or code, code) for code in codes), sorted(sources, key=str.casefold)


def chosen(
    languages: Iterable[str] | None = None, sources: Iterable[str] | None = None, first: str = "", last: str = ""
) -> Filters:
    """Return what was chosen as filters.

    :raises FilterError: a date cannot be used, or the first day is after the last.
    """
    return Filters(tuple(languages or ()), tuple(sources or ()), first.strip() or None, last.strip() or None)
