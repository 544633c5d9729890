"""The LangChain quickstart over the articles of an archive."""

from typing import Any
from uuid import uuid4

from eval.baselines import quickstart
from rag.answers import Hit
from rag.archive import Archive
from rag.articles import Article, Passage


class QuickstartIndex:
    """All articles of an archive in the quickstart's own vector store, in memory.

    :param archive: its articles' normalised texts and dates are taken; nothing else of it is used.
    """

    def __init__(self, archive: Archive) -> None:
        from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415 - it loads torch

        disable_progress_bar()  # type: ignore[no-untyped-call]  # it would be drawn into ours
        articles = [archive.article(info.id) for info in archive.list()]
        chunks = quickstart.split([article.text for article in articles], [_metadata(article) for article in articles])
        # Chroma keeps whatever is in memory in one place: two stores of one name would share their chunks.
        name = uuid4().hex
        self._store = quickstart.store(chunks, quickstart.embeddings(), collection_name=name) if chunks else None

    def hits(self, question: str, limit: int, as_of: str | None = None) -> list[Hit]:
        """Return the chunks nearest to a question, best first; a score is minus the distance that Chroma returns.

        :param as_of: the last day of publication, ISO 8601; None is any day. A chunk without a date passes no filter.
        """
        if self._store is None:
            return []
        where: dict[str, Any] | None = None if as_of is None else {"published": {"$lte": _number(as_of)}}
        found = self._store.similarity_search_with_score(question, k=limit, filter=where)
        return [Hit(-distance, _passage(chunk.page_content, chunk.metadata)) for chunk, distance in found]


def _metadata(article: Article) -> dict[str, str | int]:
    published = {} if article.published is None else {"published": _number(article.published)}
    return {"article": article.id, **published}


def _number(day: str) -> int:
    """Return 20241108 for 2024-11-08 and any time of that day: Chroma compares numbers only."""
    return int(day[:10].replace("-", ""))


def _passage(text: str, metadata: dict[str, object]) -> Passage:
    start = int(str(metadata["start_index"]))
    return Passage(str(metadata["article"]), start, start + len(text), text)
