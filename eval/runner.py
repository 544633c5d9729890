"""Runs gold questions against an archive: one that is made for it and thrown away, or one that is there already."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from eval.gold_set import Question
from eval.json_lines import GoldError
from eval.pool import add_files, temporary
from eval.row_store import RowStore
from eval.rows import Row
from rag.answers import Answer, Citation
from rag.archive import Archive
from rag.articles import Article, Span
from rag.errors import UnknownArticleError
from rag.filters import Filters
from rag.progress import Advance
from rag.receipts import Outcome

Ask = Callable[[Question], Answer]
"""Answers a gold question: the archive, or a baseline that stands beside it. ``Answer.hits`` are the ten passages it
retrieved: hit@5 needs five, the rest tells a miss of retrieval from one of choice."""

ArticleIds = Mapping[str, str]
"""Ids of the archive's articles by the names that gold questions use."""


@contextmanager
def temporary_archive(
    articles: Path, progress: Advance | None = None, among: Sequence[Path] = ()
) -> Iterator[tuple[Archive, ArticleIds]]:
    """Offer a new archive of a folder's articles, and their ids by file name; it is deleted afterwards.

    :param progress: told the number of files added and of all.
    :param among: files of other articles that are put beside them; they get no name.
    :raises GoldError: there is no such folder, a file of it could not be added, or nothing of one of ``among``.
    """
    if not articles.is_dir():
        raise GoldError(f"{articles} is not a folder of articles.")
    with temporary() as archive:
        receipt = archive.add(articles, lambda step: progress(step.done, step.total) if progress else None)
        for entry in receipt.entries:
            if entry.outcome is Outcome.FAILED:
                raise GoldError(f"The article {entry.origin} could not be added: {entry.reason}.")
        add_files(archive, among, progress)
        yield archive, _by_file_name((entry.origin, entry.article_id) for entry in receipt.entries)


@contextmanager
def existing_archive(directory: Path) -> Iterator[tuple[Archive, ArticleIds]]:
    """Offer an archive as it stands, with nothing added, and its articles' ids by id and by file name.

    :raises GoldError: there is no such folder.
    """
    if not directory.is_dir():  # Archive.open would make an empty one
        raise GoldError(f"There is no archive in {directory}.")
    with Archive.open(directory) as archive:
        infos = archive.list()
        names = _by_file_name((info.origin, info.id) for info in infos)
        yield archive, {**names, **{info.id: info.id for info in infos}}


def run(  # noqa: PLR0913, PLR0917 - the last three may be left out
    archive: Archive,
    questions: Sequence[Question],
    ids: ArticleIds,
    progress: Advance | None = None,
    ask: Ask | None = None,
    store: RowStore | None = None,
) -> tuple[Row, ...]:
    """Ask every question, in order.

    :param archive: whose articles the evidence stands in.
    :param progress: told the number of questions done and of all.
    :param ask: who is asked, such as a baseline; None asks the archive itself.
    :param store: takes each row as it is made; questions that it has rows of are not asked again.
    :raises GoldError: before any is asked: the archive lacks an article that is evidence, or has other words there.
    """
    texts = _Texts(archive)
    evidence = [_spans(question, ids, texts) for question in questions]
    asked = ask or asking(archive)
    done = store.rows if store else {}
    rows: list[Row] = []
    for question, spans in zip(questions, evidence, strict=True):
        row = done.get(question.id)
        if row is None:
            started = perf_counter()
            answer = asked(question)
            seconds = perf_counter() - started
            languages = {one.article: texts.language_of(ids[one.article]) for one in question.evidence}
            row = Row(question, spans, answer, seconds, _inexact(answer, texts), languages)
            if store is not None:
                store.add(row)
        rows.append(row)
        if progress is not None:
            progress(len(rows), len(questions))
    return tuple(rows)


def asking(archive: Archive) -> Ask:
    """Return what asks an archive, each question on its day."""
    return lambda question: archive.ask(question.question, Filters(published_to=question.as_of))


def _by_file_name(articles: Iterable[tuple[str | None, str | None]]) -> ArticleIds:
    """Map file names to ids, given origins and ids; a name that several articles share, as in a table, names none."""
    ids: dict[str, set[str]] = {}
    for origin, article_id in articles:
        if origin is not None and article_id is not None:
            ids.setdefault(Path(origin).name, set()).add(article_id)
    return {name: found.pop() for name, found in ids.items() if len(found) == 1}


class _Texts:
    """The archive's articles, each fetched once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[str, Article | None] = {}

    def of(self, article_id: str) -> str | None:
        """Return an article's normalised text, None if the archive does not have it."""
        article = self._article(article_id)
        return article.text if article else None

    def language_of(self, article_id: str) -> str | None:
        """Return an article's language, None if the archive does not have it or know it."""
        article = self._article(article_id)
        return article.language if article else None

    def _article(self, article_id: str) -> Article | None:
        if article_id not in self._known:
            try:
                self._known[article_id] = self._archive.article(article_id)
            except UnknownArticleError:
                self._known[article_id] = None
        return self._known[article_id]

    def has(self, span: Span | Citation, quote: str) -> bool:
        """Return whether the words stand at the span, character for character."""
        text = self.of(span.article_id)
        # Python would read a negative start from the end of the text.
        return text is not None and 0 <= span.start < span.end and text[span.start : span.end] == quote


def _spans(question: Question, ids: ArticleIds, texts: _Texts) -> tuple[Span, ...]:
    spans = []
    for evidence in question.evidence:
        if evidence.article not in ids:
            raise GoldError(
                f"{question.where}: no article {evidence.article!r} in the archive; is it in another folder?"
            )
        span = Span(ids[evidence.article], evidence.start, evidence.end)
        if not texts.has(span, evidence.quote):
            raise GoldError(
                f"{question.where}: {evidence.article} has other words at {evidence.start} to {evidence.end}"
                f" than the quote {evidence.quote!r}."
            )
        spans.append(span)
    return tuple(spans)


def _inexact(answer: Answer, texts: _Texts) -> tuple[Citation, ...]:
    return tuple(
        citation
        for statement in answer.statements
        for citation in statement.citations
        if not texts.has(citation, citation.quote)
    )
