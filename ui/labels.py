"""How an article is named and described wherever the page shows one."""

from collections.abc import Mapping
from html import escape
from pathlib import PurePath
from typing import Protocol

from rag.articles import ArticleInfo
from rag.wording import language_name


class Described(Protocol):
    """What articles, their infos and citations have in common."""

    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> str | None: ...  # noqa: D102
    @property
    def language(self) -> str | None: ...  # noqa: D102


def name_of(article: ArticleInfo) -> str:
    """Return an article's title, or its file's name, or its id; not escaped."""
    return (article.title or "").strip() or PurePath(article.origin or "").name or article.id


def name_in(known: Mapping[str, ArticleInfo], article_id: str, title: str | None = None) -> str:
    """Return what to call an article of which the archive's list may know more; not escaped."""
    info = known.get(article_id)
    return (title or "").strip() or (name_of(info) if info is not None else article_id)


def details(article: Described) -> str:
    """Return outlet, date and language as one HTML line; what is unknown is left out."""
    parts = (article.source, article.published, language_name(article.language))
    return '<span class="dot"> · </span>'.join(f'<span dir="auto">{escape(part)}</span>' for part in parts if part)


def opener(article_id: str, start: int | None = None, end: int | None = None) -> str:
    """Return the attributes of a button that opens an article, with characters ``start`` to ``end`` marked."""
    span = "" if start is None else f' data-start="{start}" data-end="{end}"'
    return f'type="button" data-article="{escape(article_id)}"{span}'
