"""Passage terms in tantivy: one folder a build, text analysed by us, BM25 within one language."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from rag.articles import Passage
from rag.errors import ArchiveError
from rag.index.analysis import terms

_HEAP_BYTES = 50_000_000
"""Memory of tantivy's writer before it writes a segment; its minimum is 15 MB a thread."""


class TermIndex:
    """The terms of one archive.

    :param directory: holds a folder a build, created if missing.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._opened: dict[int, tantivy.Index] = {}

    def create(self, build: int) -> None:
        """Make the folder of a new build; what a cut-off attempt left there is deleted."""
        self.drop(build)
        self._folder(build).mkdir(parents=True)
        self._opened[build] = tantivy.Index(_schema(), path=str(self._folder(build)))

    def drop(self, build: int) -> None:
        """Delete the folder of a build if it is there."""
        self._opened.pop(build, None)
        if self._folder(build).exists():
            shutil.rmtree(self._folder(build))

    def writer(self, build: int) -> "TermWriter":
        """Return the writer of a build; only one may be open."""
        return TermWriter(self._index(build))

    def count(self, build: int) -> int:
        """Return how many passages the build has."""
        return int(self._searcher(build).num_docs)

    def ids(self, build: int) -> set[int]:
        """Return the numbers of all passages of the build."""
        searcher = self._searcher(build)
        if searcher.num_docs == 0:
            return set()
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs)
        return {_number(searcher, address) for _, address in found.hits}

    def search(self, build: int, question: str, language: str, limit: int) -> list[tuple[int, float]]:
        """Return the passages of one language that share terms with the question, with their BM25 score, best first."""
        index = self._index(build)
        words = [_term(index, "terms", word) for word in dict.fromkeys(terms(question, language))]
        if not words:
            return []
        any_word = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        same_language = tantivy.Query.const_score_query(_term(index, "language", language), 0.0)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, any_word), (tantivy.Occur.Must, same_language)])
        searcher = self._searcher(build)
        return [(_number(searcher, address), score) for score, address in searcher.search(query, limit=limit).hits]

    def _searcher(self, build: int) -> Any:  # noqa: ANN401 - tantivy has no type stubs
        index = self._index(build)
        try:
            index.reload()
        except (OSError, ValueError) as error:
            raise self._damaged(build, error) from error
        return index.searcher()

    def _index(self, build: int) -> tantivy.Index:
        if build not in self._opened:
            try:
                self._opened[build] = tantivy.Index.open(str(self._folder(build)))
            except (OSError, ValueError) as error:
                raise self._damaged(build, error) from error
        return self._opened[build]

    def _damaged(self, build: int, error: Exception) -> ArchiveError:
        return ArchiveError(f"The terms in {self._folder(build)} cannot be used ({error}). Run `rag rebuild`.")

    def _folder(self, build: int) -> Path:
        return self._directory / f"terms-{build}"


class TermWriter:
    """Adds and deletes passages; nothing is durable before :meth:`commit`."""

    def __init__(self, index: tantivy.Index) -> None:
        self._writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)

    def add(self, passages: Iterable[tuple[int, Passage]]) -> None:
        """Add passages with their numbers."""
        for number, passage in passages:
            document = tantivy.Document()
            document.add_integer("id", number)
            document.add_text("terms", " ".join(terms(passage.text, passage.language)))
            document.add_text("language", passage.language or "")
            self._writer.add_document(document)

    def delete(self, ids: Sequence[int]) -> None:
        """Delete passages; numbers that are not there are ignored."""
        for number in ids:
            self._writer.delete_documents_by_term("id", number)

    def commit(self) -> None:
        """Make everything so far durable."""
        self._writer.commit()

    def close(self) -> None:
        """Wait for merging threads and free tantivy's own lock."""
        self._writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True)
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _term(index: tantivy.Index, field: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(index.schema, field, value)


def _number(searcher: Any, address: Any) -> int:  # noqa: ANN401 - tantivy has no type stubs
    return int(searcher.doc(address)["id"][0])
