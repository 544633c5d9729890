"""The archive as a LangChain retriever, for chains that others build."""

from collections.abc import Callable
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from rag.answers import Hit


class ArchiveRetriever(BaseRetriever):
    """Passages as documents; ``metadata`` holds the span, so that what is cited can be opened at its place.

    :param search: takes a question and a limit and returns hits, best first, such as ``Archive.search``.
    :param limit: how many documents a question gets.
    """

    search: Callable[[str, int], list[Hit]]
    limit: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it
        **_: Any,  # noqa: ANN401
    ) -> list[Document]:
        return [as_document(hit) for hit in self.search(query, self.limit)]


def as_document(hit: Hit) -> Document:
    """Return a hit as a LangChain document with ``article_id``, ``start``, ``end``, ``language`` and ``score``."""
    passage = hit.passage
    return Document(
        id=f"{passage.article_id}:{passage.start}-{passage.end}",
        page_content=passage.text,
        metadata={
            "article_id": passage.article_id,
            "start": passage.start,
            "end": passage.end,
            "language": passage.language,
            "score": hit.score,
        },
    )
