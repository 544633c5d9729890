"""The index of one archive: catalog, vectors and terms kept in step, whatever kills the process.

Write order: catalog rows ``pending`` → vectors → terms → rows ``indexed``. Whatever is not ``indexed`` when an archive
is opened belongs to a write that was cut off, and is undone; searches never see it, because every passage that Chroma
or tantivy proposes is looked up among the visible ones.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.articles import Article, ArticleInfo, Passage
from rag.encoders import Encoder, TokenEncoder
from rag.errors import ArchiveError, ArchiveLockedError, EncoderError
from rag.filters import Filters
from rag.index.catalog import Catalog, NewArticle, StoredPassage
from rag.index.lock import writer_lock
from rag.index.terms import TermIndex, TermWriter
from rag.index.vectors import VectorIndex
from rag.lexicon import ANALYSIS_VERSION
from rag.names import Name

logger = logging.getLogger(__name__)

Fingerprint = dict[str, str | int]
BATCH_PASSAGES = 512
"""Passages that are made durable together: small ones cost Chroma half its speed, large ones delay the receipt."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much each part of the index holds.

    :param findable: whether each of a sample of vectors is found by a search for itself.
    """

    articles: int
    passages: int
    vectors: int
    terms: int
    findable: bool

    @property
    def consistent(self) -> bool:
        """Whether catalog, vectors and terms hold equally many passages and the vectors can be found."""
        return self.passages == self.vectors == self.terms and self.findable


class Index:
    """Catalog, vectors and terms of one archive.

    :param directory: the archive's folder, created if missing.
    :raises ArchiveError: the folder cannot be used.
    """

    def __init__(self, directory: Path) -> None:
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(
                f"{directory} cannot be used as an archive's folder: {error.strerror}. Choose another (--archive)."
            ) from error
        self._directory = directory
        self.catalog = Catalog(directory / "catalog.sqlite")
        self._vectors = VectorIndex(directory / "vectors", self.catalog.version)
        self._terms = TermIndex(directory / "terms", self.catalog.state)
        if self.catalog.has_unfinished():
            try:
                with writer_lock(directory):
                    self._recover()
            except ArchiveLockedError:
                return  # that writer is at work on it
            except ArchiveError as error:  # nothing of it is visible; whoever searches or writes is told the same
                logger.warning("%s", error)

    def close(self) -> None:
        """Close every file."""
        self._vectors.close()
        self.catalog.close()

    # -- reading -----------------------------------------------------------------------------------------------------

    def active_build(self) -> tuple[int, Fingerprint] | None:
        """Return the build to search and what it was made with; None while nothing was ever added."""
        return self.catalog.active_build()

    def passing(self, filters: Filters) -> list[int]:
        """Return the numbers of the passages whose articles pass these filters: what ``among`` may be in a search.

        :raises FilterError: no article has a language or source of them.
        """
        return self.catalog.passing(filters)

    def nearest(
        self, build: int, vector: NDArray[np.float32], limit: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return passage numbers with their cosine to a vector of shape (dimension,), nearest first.

        :param among: the only passages to look at, here and in the other searches; None for all.
        """
        return self._vectors.nearest(build, vector, limit, among)

    def matching(
        self, build: int, question: str, limit: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return passage numbers with the share of the question's terms they hold, best first.

        The question is analysed as each language of the archive: in another one than its own, its words meet nothing
        but shared names.
        """
        return self._terms.search(build, question, self.catalog.languages(), limit, among)

    def translated(
        self, build: int, words: Sequence[Mapping[int, float]], limit: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return passage numbers by what they hold of each word's translations (see ``TermIndex``), best first."""
        return self._terms.translated(build, words, limit, among)

    def token_counts(self, build: int, tokens: Sequence[int]) -> tuple[NDArray[np.int64], int]:
        """Return in how many passages each of these tokens stands, shape (tokens,), and how many there are."""
        return self._terms.counts(build, tokens)

    def named(
        self, build: int, names: Sequence[Name], limit: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages that hold most of these names in any spelling, best first."""
        return self._terms.named(build, names, self.catalog.languages(), limit, among)

    def holding(self, build: int, names: Sequence[Name], among: Sequence[int]) -> dict[int, int]:
        """Return which of these names each of these passages holds in any spelling: bit 0 is the first name."""
        return self._terms.holding(build, names, self.catalog.languages(), among)

    def siblings(self, numbers: Sequence[int]) -> list[int]:
        """Return all passages of the articles that these passages are of, in order."""
        return self.catalog.siblings(numbers)

    def words(self, numbers: Sequence[int]) -> dict[int, tuple[str, str, bytes]]:
        """Return article, language and packed words of these passages; one that is not visible is left out."""
        return self.catalog.words(numbers)

    def sample(self, size: int) -> list[int]:
        """Return about ``size`` passage numbers spread evenly over the archive; some may not be visible."""
        return self.catalog.sample(size)

    def state(self) -> tuple[int, int]:
        """Return what changes whenever anything was written."""
        return self.catalog.state()

    def counts(self) -> Counts:
        """Count articles and passages in each part."""
        articles, passages = self.catalog.counts()
        active = self.catalog.active_build()
        if active is None:
            return Counts(articles, passages, 0, 0, findable=True)
        build = active[0]
        findable = self._vectors.findable(build, self.catalog.passage_numbers())
        return Counts(articles, passages, self._vectors.count(build), self._terms.count(build), findable)

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Return the passages of these numbers; one that is not visible (being written or removed) is left out."""
        return self.catalog.passages(numbers)

    def infos(self, filters: Filters) -> list[ArticleInfo]:
        """Return what a list shows of each article that passes these filters.

        :raises FilterError: no article has a language or source of them.
        """
        return self.catalog.infos(filters)

    # -- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self, load_encoder: Callable[[], Encoder], recipe: Fingerprint) -> Iterator["IndexWriter"]:
        """Hold the writer lock and offer what writes.

        :param load_encoder: gives the encoder, which must be the one the index was made with; called with the lock
            held, so that a second writer is told at once and not after loading a model.
        :param recipe: what else passages depend on, such as their size.
        :raises ArchiveLockedError: another process is writing; raised at once.
        :raises EncoderError: the index was made with another encoder or another passage size.
        """
        with writer_lock(self._directory):
            self._recover()
            encoder = load_encoder()
            wanted = fingerprint(encoder, recipe)
            active = self.catalog.active_build()
            if active is None:
                build = self._start_build(wanted)
                self.catalog.activate_build(build)
            else:
                build = active[0]
                check_fingerprint(wanted, active[1])
            writer = IndexWriter(self.catalog, self._vectors, self._terms.writer(build), build, encoder)
            try:
                yield writer
            finally:
                writer.close()

    @contextmanager
    def removing(self) -> Iterator[Callable[[Sequence[str]], None]]:
        """Hold the writer lock and offer a function that removes articles by id."""
        with writer_lock(self._directory):
            self._recover()

            def remove(article_ids: Sequence[str]) -> None:
                self.catalog.mark_removing(article_ids)
                self._recover()

            yield remove

    def rebuild(
        self, load_encoder: Callable[[], Encoder], recipe: Fingerprint, split: Callable[[Article], list[Passage]]
    ) -> Iterator[Article]:
        """Make passages, vectors and terms anew from the catalog beside the old ones; yield each article once read.

        Searches use the old ones until all is done, and then the new ones at once.

        :raises ArchiveLockedError: another process is writing; raised at once.
        """
        with writer_lock(self._directory):
            self._recover(mend=False)
            encoder = load_encoder()
            build = self._start_build(fingerprint(encoder, recipe))
            writer = IndexWriter(self.catalog, self._vectors, self._terms.writer(build), build, encoder)
            try:
                waiting: list[StoredPassage] = []
                for revision, article in self.catalog.articles():
                    waiting += self.catalog.insert_passages(revision, build, split(article))
                    if len(waiting) >= BATCH_PASSAGES:
                        writer.index(waiting)
                        waiting = []
                    yield article
                writer.index(waiting)
                writer.flush()
            finally:
                writer.close()
            self.catalog.activate_build(build)
            self._recover(mend=False)

    def _start_build(self, wanted: Fingerprint) -> int:
        build = self.catalog.start_build(wanted)
        self._vectors.create(build, wanted)
        self._terms.create(build)
        return build

    def _recover(self, *, mend: bool = True) -> None:
        """Undo what a cut-off write left and delete what removed articles and retired builds left.

        :param mend: False leaves the vectors and terms of the active build alone, which a rebuild is about to replace.
        :raises ArchiveError: the vectors or terms of the active build are damaged.
        """
        if not self.catalog.has_unfinished():
            return
        for build in self.catalog.unused_builds():
            self._vectors.drop(build)
            self._terms.drop(build)
            self.catalog.forget_build(build)
        active = self.catalog.active_build()
        gone = self.catalog.unfinished_passages()
        if mend and active is not None and gone:
            terms = self._terms.writer(active[0])
            try:
                _delete_passages(self._vectors, terms, active[0], gone)
            finally:
                terms.close()
        self.catalog.forget_unfinished()


class IndexWriter:
    """Writes articles in durable batches; made by :meth:`Index.writing`."""

    def __init__(self, catalog: Catalog, vectors: VectorIndex, terms: TermWriter, build: int, encoder: Encoder) -> None:
        self._catalog, self._vectors, self._terms = catalog, vectors, terms
        self._build, self._encoder = build, encoder

    def add(self, articles: Sequence[NewArticle]) -> None:
        """Write articles, replacing those of the same ids; when it returns they are durable and findable."""
        revisions, stored = self._catalog.insert_pending(articles, self._build)
        self.index(stored)
        self.flush()
        self._catalog.publish(revisions)
        self._purge()

    def remove(self, article_ids: Iterable[str]) -> None:
        """Remove articles; when it returns no search can find them."""
        self._catalog.mark_removing(article_ids)
        self._purge()

    def index(self, stored: Sequence[StoredPassage]) -> None:
        """Write the vectors and terms of numbered passages; the terms are durable after :meth:`flush`."""
        if not stored:
            return
        numbers, texts = [item.id for item in stored], [item.passage.text for item in stored]
        self._vectors.upsert(self._build, numbers, self._encoder.encode_passages(texts))
        tokens: list[list[int]] = [[] for _ in texts]
        if isinstance(self._encoder, TokenEncoder):
            words = self._encoder.words([_sentences(item.passage) for item in stored])
            self._catalog.keep_words(zip(numbers, map(self._encoder.pack, words), strict=True))
            tokens = [of_text.pieces.tolist() for of_text in words]
        self._terms.add((item.id, item.passage, own) for item, own in zip(stored, tokens, strict=True))

    def flush(self) -> None:
        """Make the terms durable."""
        self._terms.commit()

    def close(self) -> None:
        """Free the term index."""
        self._terms.close()

    def _purge(self) -> None:
        gone = self._catalog.unfinished_passages()
        if gone:
            _delete_passages(self._vectors, self._terms, self._build, gone)
        self._catalog.forget_unfinished()


def _delete_passages(vectors: VectorIndex, terms: TermWriter, build: int, numbers: Sequence[int]) -> None:
    """Delete passages from the vectors and terms of a build, durably; their rows may be forgotten afterwards."""
    vectors.delete(build, numbers)
    terms.delete(numbers)
    terms.commit()


def _sentences(passage: Passage) -> list[str]:
    return [passage.text[start - passage.start : end - passage.start] for start, end in passage.sentences]


def fingerprint(encoder: Encoder, recipe: Fingerprint) -> Fingerprint:
    """Return everything that vectors, passages and terms depend on."""
    return {**encoder.fingerprint, **recipe, "analysis": ANALYSIS_VERSION}


def check_fingerprint(wanted: Fingerprint, found: Fingerprint) -> None:
    """Compare what the settings ask for with what the index was made with.

    :raises EncoderError: they differ; the message names each difference and the remedy.
    """
    differences = [
        f"{key} {found.get(key)!r} there, {wanted.get(key)!r} here"
        for key in sorted(wanted.keys() | found.keys())
        if wanted.get(key) != found.get(key)
    ]
    if differences:
        raise EncoderError(
            f"The archive was indexed with other settings ({'; '.join(differences)}). "
            "Run `rag rebuild` to index it with the present ones, or set back what was changed."
        )
