"""The one object a user holds: an archive of articles that can be added to, searched and asked."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rag.adding import Adding
from rag.answering import Answerer, stand_alone
from rag.answers import Answer, Hit, Statement
from rag.articles import Article, ArticleInfo, Passage, Span
from rag.citing import find_quote
from rag.encoders import Encoder, load_encoder
from rag.errors import ArchiveError, UnknownArticleError, UnknownQuoteError
from rag.exporting import Record, Report, verify
from rag.filters import EVERYTHING, Filters
from rag.index import Fingerprint, Index, check_fingerprint, fingerprint
from rag.ingest import SPLITTER_VERSION, detect_language, normalise, split
from rag.receipts import Progress, Receipt
from rag.retrieval import Search
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable


Hits = list[Hit]
ArticleInfos = list[ArticleInfo]
Passages = list[Passage]
"""Named here because :meth:`Archive.list` hides the built-in ``list`` inside the class."""


@dataclass(frozen=True, slots=True)
class Status:
    """What an archive holds and whether its parts agree.

    :param consistent: catalog, vectors and terms hold equally many passages, and a sample of the vectors is found.
    :param languages: articles by language; ``unknown`` where none was detected.
    :param indexed_with: encoder, passage size and versions the index was made with; empty before the first article.
    """

    directory: str
    articles: int
    passages: int
    vectors: int
    terms: int
    consistent: bool
    languages: dict[str, int]
    indexed_with: Fingerprint

    def as_dict(self) -> dict[str, Any]:
        """Return the tree that ``rag status --json`` prints."""
        return asdict(self)


class Archive:
    """An archive of articles in a folder. Open it with :meth:`open`; use it as a context manager.

    Any number of archives may read one folder at a time, one may write; several threads may share one object.
    """

    def __init__(self, directory: Path, settings: Settings) -> None:
        self.directory = directory
        self.settings = settings
        self._index = Index(directory)
        self._loading = threading.RLock()
        self._loaded_encoder: Encoder | None = None
        self._loaded_search: Search | None = None
        self._loaded_answerer: Answerer | None = None

    @classmethod
    def open(cls, directory: str | Path | None = None, settings: Settings | None = None) -> Self:
        """Open an archive, creating its folder if missing; a write that was cut off before is undone.

        :param directory: the archive's folder; None takes the one of the settings.
        :param settings: None reads them from ``RAG_*`` variables and ``rag.toml``.
        :raises ArchiveError: the folder cannot be used.
        :raises SettingsError: a setting cannot be used.
        """
        settings = settings or Settings()
        return cls(Path(directory).expanduser() if directory is not None else settings.archive, settings)

    def close(self) -> None:
        """Close every file of the archive."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # -- what goes in ------------------------------------------------------------------------------------------------

    def add(
        self,
        items: str | Path | Article | Iterable[str | Path | Article],
        progress: Callable[[Progress], None] | None = None,
    ) -> Receipt:
        """Add files, folders of files, and Article objects.

        :param progress: told of each entry of the receipt as soon as it is durable.
        :return: what became of each file and record; bad input is an entry with a reason, never an exception.
        :raises ArchiveLockedError: another process is writing; raised at once.
        :raises EncoderError: the archive was indexed with another encoder or passage size.
        """
        listed = (items,) if isinstance(items, str | Path | Article) else tuple(items)
        with self._index.writing(lambda: self._encoder, self._recipe) as writer:
            return Adding(self._index, writer, self.settings, progress).run(listed)

    def remove(self, article_ids: str | Iterable[str]) -> None:
        """Remove articles; when it returns no search finds them.

        :raises UnknownArticleError: an id is not in the archive; nothing is removed then.
        :raises ArchiveLockedError: another process is writing; raised at once.
        """
        ids = (article_ids,) if isinstance(article_ids, str) else tuple(article_ids)
        for article_id in ids:
            self.article(article_id)
        with self._index.removing() as remove:
            remove(ids)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Make passages, vectors and terms anew with the present settings; searches use the old ones until it is done.

        :param progress: told the number of articles done and of all.
        :raises ArchiveLockedError: another process is writing; raised at once.
        """
        total = self._index.catalog.counts()[0]
        made = self._index.rebuild(lambda: self._encoder, self._recipe, self._split)
        for done, _ in enumerate(made, start=1):
            if progress is not None:
                progress(done, total)

    # -- what comes out ----------------------------------------------------------------------------------------------

    def search(self, question: str, limit: int = 10, filters: Filters = EVERYTHING) -> Hits:
        """Return the passages that best match a question, in any language, best first.

        :param filters: which articles to search.
        :raises FilterError: the archive has none of a language or source that the filters name.
        :raises EncoderError: the archive was indexed with another encoder; ``rebuild`` mends it.
        :raises ArchiveError: vectors or terms are damaged; ``rebuild`` mends them.
        :raises ValueError: the limit is less than 1.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        question = normalise(question)
        while True:
            active = self._index.active_build()
            if active is None or not question.strip():
                return []
            build, found = active
            check_fingerprint(fingerprint(self._encoder, self._recipe), found)
            candidates = self.settings.candidates
            among = self._index.passing(filters) if filters else None
            try:
                hits = self._search(build, question, limit, candidates, among)
            except ArchiveError:
                if self._index.active_build() == active:
                    raise
            else:
                if self._index.active_build() == active:
                    return hits
            # A rebuild has put another build in this one's place meanwhile; search that.

    def ask(self, question: str, filters: Filters = EVERYTHING, earlier: Sequence[str] = ()) -> Answer:
        """Answer a question from the archive alone, or abstain.

        :param filters: which articles to search.
        :param earlier: the questions asked before, the last one last. A follow-up (*And when?*) is completed from them
            before it is searched; ``Answer.searched`` shows how.
        :raises EncoderError: the archive was indexed with another encoder; ``rebuild`` mends it.
        :raises FilterError: the archive has none of a language or source that the filters name.
        """
        *_, answer = self.stream(question, filters, earlier)
        return answer

    def stream(self, question: str, filters: Filters = EVERYTHING, earlier: Sequence[str] = ()) -> Iterator[Answer]:
        """Yield the answer as it grows; the last one is complete."""
        question = normalise(question)
        searched, spent = stand_alone(self.settings, question, tuple(map(normalise, earlier)))
        for answer in self._answerer.stream(searched, filters):
            usage = spent + answer.usage if spent and answer.usage else spent or answer.usage
            shown = None if searched == question else searched
            completed = replace(answer, question=question, searched=shown, usage=usage)
            yield completed if answer.hits else replace(completed, notice=self._nothing_found(filters) or answer.notice)

    def check(
        self, statement: str, article_id: str, start: int = 0, end: int | None = None, language: str | None = None
    ) -> Statement:
        """Judge a statement of one's own against characters ``start`` to ``end`` of an article, or all of it.

        :param language: of the statement, ISO 639-1; None guesses it.
        :return: the statement with the place as its citation, a verdict and its reasons.
        :raises UnknownArticleError: the article is not in the archive.
        :raises ValueError: the span is empty or does not lie in the article.
        """
        article = self.article(article_id)
        end = len(article.text) if end is None else end
        return self._answerer.check(normalise(statement), article, start, end, language or detect_language(statement))

    def find_quote(self, quote: str, article_id: str) -> Span:
        """Return where quoted words stand in an article, but for white space, punctuation and a few letters.

        :raises UnknownArticleError: the article is not in the archive.
        :raises UnknownQuoteError: they stand nowhere in it.
        """
        article = self.article(article_id)
        whole = Passage(article.id, 0, len(article.text), article.text)
        place = find_quote(normalise(quote), whole, (), {article.id: article})
        if place is None:
            raise UnknownQuoteError(f"The words “{quote}” stand nowhere in the article {article_id!r}.")
        return Span(article.id, place.start, place.end)

    def _nothing_found(self, filters: Filters) -> str | None:
        """Say why a search had nothing to look at, or None if it had."""
        if not self._index.catalog.counts()[0]:
            return f"The archive {self.directory} holds no articles yet. Add some with `rag add PATH`."
        if not filters or self._index.passing(filters):
            return None
        whenever = replace(filters, published_from=None, published_to=None)
        undated = sum(info.published is None for info in self.list(whenever))
        left_out = f" {undated} without a date were left out." if undated and filters != whenever else ""
        return f"No article of the archive is {filters}.{left_out}"

    def export(self, answer: Answer, filters: Filters = EVERYTHING) -> Record:
        """Return an answer with all that proves it, to be written with :func:`rag.exporting.write_export`.

        :param filters: those it was asked with.
        """
        active = self._index.active_build()
        return Record.of(answer, self.article, active[1] if active is not None else {}, filters)

    def verify(self, record: Record) -> Report:
        """Check every quote of an exported answer against the archive as it is now."""
        return verify(record, self.article)

    def chain(self) -> "Runnable[str, Answer]":
        """Return a LangChain runnable: question in, :class:`Answer` out; ``stream`` yields growing answers."""
        from rag.answering.chain import AnswerChain  # noqa: PLC0415 - most of a second of LangChain

        return AnswerChain(self.stream)

    def retriever(self, limit: int = 10) -> "BaseRetriever":
        """Return a LangChain retriever over this archive that gives up to ``limit`` documents."""
        from rag.retrieval.retriever import ArchiveRetriever  # noqa: PLC0415 - most of a second of LangChain

        return ArchiveRetriever(search=self.search, limit=limit)

    def article(self, article_id: str) -> Article:
        """Return an article with the normalised text that spans count in.

        :raises UnknownArticleError: it is not in the archive.
        """
        article = self._index.catalog.article(article_id)
        if article is None:
            raise UnknownArticleError(
                f"No article {article_id!r} in {self.directory}. `rag list` shows the ids that are there."
            )
        return article

    def list(self, filters: Filters = EVERYTHING) -> ArticleInfos:
        """Return what is known of each article that passes the filters, in the order they were added.

        :raises FilterError: the archive has none of a language or source that the filters name.
        """
        return self._index.infos(filters)

    def status(self) -> Status:
        """Count what is there and check that the parts agree."""
        counts = self._index.counts()
        languages: dict[str, int] = {}
        for info in self.list():
            language = info.language or "unknown"
            languages[language] = languages.get(language, 0) + 1
        return Status(
            directory=str(self.directory),
            articles=counts.articles,
            passages=counts.passages,
            vectors=counts.vectors,
            terms=counts.terms,
            consistent=counts.consistent,
            languages=dict(sorted(languages.items())),
            indexed_with=active[1] if (active := self._index.active_build()) is not None else {},
        )

    # -- plumbing ----------------------------------------------------------------------------------------------------

    @property
    def _encoder(self) -> Encoder:
        with self._loading:
            if self._loaded_encoder is None:
                self._loaded_encoder = load_encoder(self.settings)
            return self._loaded_encoder

    @property
    def _search(self) -> Search:
        with self._loading:
            if self._loaded_search is None:
                self._loaded_search = Search(self._index, self._encoder)
            return self._loaded_search

    @property
    def _answerer(self) -> Answerer:
        with self._loading:
            if self._loaded_answerer is None:
                self._loaded_answerer = Answerer(self.search, self.article, self._encoder, self.settings)
            return self._loaded_answerer

    @property
    def _recipe(self) -> Fingerprint:
        return {"splitter": SPLITTER_VERSION, "passage_chars": self.settings.passage_chars}

    def _split(self, article: Article) -> Passages:
        return split(article, self.settings.passage_chars)
