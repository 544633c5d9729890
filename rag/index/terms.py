"""What passages are found by, in tantivy, one folder a build: terms, the encoder's tokens, and the sounds of names.

Terms are analysed by us and scored by BM25 within one language. Tokens are what a question's words may be translated
by: probabilistic structured queries (Darwish & Oard 2003) whose dictionary is the encoder's own vectors. Sounds and
aliases bring the spellings of a name together.
"""

import math
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from rag.articles import Passage
from rag.errors import ArchiveError
from rag.lexicon import terms
from rag.names import Name, sounds_of_text

_HEAP_BYTES = 50_000_000
"""Memory of tantivy's writer before it writes a segment; its minimum is 15 MB a thread."""

_KNOWN = 0.3
"""Share of a question's terms, by their weight, that the archive must know: else it is not in that language."""

_MOST_NAMES = 20
"""Powers of two that a score in single precision adds up exactly, with some to spare."""


class TermIndex:
    """The terms of one archive.

    :param directory: holds a folder a build, created if missing.
    :param state: returns what changes after anything was written.
    """

    def __init__(self, directory: Path, state: Callable[[], object]) -> None:
        self._directory, self._state = directory, state
        self._searchers: dict[int, tuple[object, Any]] = {}
        self._opened: dict[int, tantivy.Index] = {}

    def create(self, build: int) -> None:
        """Make the folder of a new build; what a cut-off attempt left there is deleted."""
        self.drop(build)
        self._folder(build).mkdir(parents=True)
        self._opened[build] = tantivy.Index(_schema(), path=str(self._folder(build)))

    def drop(self, build: int) -> None:
        """Delete the folder of a build if it is there."""
        self._opened.pop(build, None)
        self._searchers.pop(build, None)
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
        found = _found(searcher, tantivy.Query.all_query(), searcher.num_docs)
        return {number for number, _ in found}

    def search(
        self,
        build: int,
        question: str,
        languages: tuple[str, ...],
        limit: int,
        among: Sequence[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Return the passages that share terms with a question in their language, best first, with their score.

        The score is BM25 as a part of what a passage of average length would have that holds each term once. A
        question in another language never comes near 1: terms that no passage holds are rare, and weigh most. A
        language of which the archive knows few of them is not searched.

        :param among: the only passages to look at, here and in the other searches; None for all.
        """
        searcher, index = self._searcher(build), self._index(build)
        each = []
        for language in languages:
            counts = {word: searcher.doc_freq("terms", word) for word in dict.fromkeys(terms(question, language))}
            whole = sum(_idf(searcher.num_docs, count) for count in counts.values())
            known = [word for word, count in counts.items() if count]
            if not known or sum(_idf(searcher.num_docs, counts[word]) for word in known) < _KNOWN * whole:
                continue
            same_language = tantivy.Query.const_score_query(_term(index, "language", language), 0.0)
            any_word = _any(_term(index, "terms", word) for word in known)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, any_word), (tantivy.Occur.Must, same_language)])
            each.append(tantivy.Query.boost_query(query, 1.0 / whole))
        return self._best(build, each, limit, among)

    def translated(
        self, build: int, words: Sequence[Mapping[int, float]], limit: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages that hold translations of a question's words, best first.

        :param words: for each word the tokens that may translate it, with what each is worth; a passage has the sum
            over words of the best it holds.
        """
        index = self._index(build)

        def token_of(number: int, worth: float) -> tantivy.Query:
            return tantivy.Query.const_score_query(_term(index, "tokens", str(number)), worth)

        each = [tantivy.Query.disjunction_max_query([token_of(*pair) for pair in of.items()]) for of in words if of]
        return self._best(build, each, limit, among)

    def counts(self, build: int, tokens: Sequence[int]) -> tuple[NDArray[np.int64], int]:
        """Return in how many passages each of these tokens stands, shape (tokens,), and how many there are."""
        searcher = self._searcher(build)
        return np.array([searcher.doc_freq("tokens", str(token)) for token in tokens], np.int64), searcher.num_docs

    def named(
        self,
        build: int,
        names: Sequence[Name],
        languages: tuple[str, ...],
        limit: int,
        among: Sequence[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Return the passages that hold most of these names in any spelling, best first."""
        each = [query for name in names if (query := self._name(build, name, languages)) is not None]
        return self._best(build, each, limit, among)

    def holding(
        self, build: int, names: Sequence[Name], languages: tuple[str, ...], among: Sequence[int]
    ) -> dict[int, int]:
        """Return which of these names each of these passages holds in any spelling: bit 0 is the first name.

        One search tells it of all: each name scores a power of two. Beyond the first 20 names none is looked for.
        """
        queries = [self._name(build, name, languages) for name in names[:_MOST_NAMES]]
        each = [
            tantivy.Query.const_score_query(query, float(1 << bit))
            for bit, query in enumerate(queries)
            if query is not None
        ]
        return {number: int(score) for number, score in self._best(build, each, len(among), among)}

    def _best(
        self, build: int, each: Sequence[tantivy.Query], limit: int, among: Sequence[int] | None
    ) -> list[tuple[int, float]]:
        """Return the passages with the highest sum of what these queries score, best first."""
        if not each or (among is not None and not among):
            return []
        query = _any(each)
        if among is not None:
            these = tantivy.Query.term_set_query(self._index(build).schema, "id", list(among))
            nothing = tantivy.Query.const_score_query(these, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, nothing)])
        return _found(self._searcher(build), query, limit)

    def _name(self, build: int, name: Name, languages: tuple[str, ...]) -> tantivy.Query | None:
        """Return what finds the best spelling of a name: its sounds, and its aliases as each language's terms."""
        index = self._index(build)
        each = [_term(index, "sounds", sound) for sound in sorted(name.sounds | name.alias_sounds)]
        each += [
            tantivy.Query.boolean_query([(tantivy.Occur.Must, _term(index, "terms", term)) for term in spelling])
            for spelling in _spellings(name.aliases, languages)
        ]
        return tantivy.Query.disjunction_max_query(each) if each else None

    def _searcher(self, build: int) -> Any:  # noqa: ANN401 - tantivy has no type stubs
        """Return a searcher over what is committed, opened anew after something was written."""
        state = self._state()
        known, searcher = self._searchers.get(build, (None, None))
        if searcher is None or known != state:
            index = self._index(build)
            try:
                index.reload()
            except (OSError, ValueError) as error:
                raise self._damaged(build, error) from error
            searcher = index.searcher()
            self._searchers[build] = state, searcher
        return searcher

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

    def add(self, passages: Iterable[tuple[int, Passage, Iterable[int]]]) -> None:
        """Add passages with their numbers and the encoder's tokens."""
        for number, passage, tokens in passages:
            document = tantivy.Document()
            document.add_integer("id", number)
            document.add_text("tokens", " ".join(map(str, tokens)))
            document.add_text("sounds", " ".join(sounds_of_text(passage.text)))
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


@lru_cache(maxsize=1_000)
def _spellings(aliases: frozenset[str], languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the terms that each alias is in each language, each spelling once."""
    return tuple(sorted({tuple(terms(alias, language)) for alias in aliases for language in languages} - {()}))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("sounds", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _term(index: tantivy.Index, field: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(index.schema, field, value)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _idf(passages: int, holding: int) -> float:
    """Return a term's weight in BM25 as tantivy computes it."""
    return math.log1p((passages - holding + 0.5) / (holding + 0.5))


def _found(searcher: Any, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:  # noqa: ANN401 - no type stubs
    hits = searcher.search(query, limit=limit, count=False).hits
    numbers = searcher.fast_field_values("id", [address for _, address in hits])
    return [(int(number), float(score)) for number, (score, _) in zip(numbers, hits, strict=True)]
