"""One ``Archive.add``: items are read, compared with what is there, written in durable batches; each gets an entry."""

from collections.abc import Callable, Sequence
from pathlib import Path

from rag.articles import Article
from rag.errors import ReadError
from rag.index import BATCH_PASSAGES, Index, IndexWriter, NewArticle, digest
from rag.ingest import Record, find_files, prepare, read_file, split
from rag.receipts import Entry, Outcome, Progress, Receipt
from rag.settings import Settings


class Adding:
    """Adds one list of items and keeps the receipt.

    Entries of articles wait until their batch is durable, and later entries wait behind them, so that the receipt is in
    the order of the files and never calls an article added that a crash could still lose.
    """

    def __init__(
        self, index: Index, writer: IndexWriter, settings: Settings, progress: Callable[[Progress], None] | None
    ) -> None:
        self._catalog, self._writer, self._settings, self._progress = index.catalog, writer, settings, progress
        self._entries: list[Entry] = []
        self._waiting: list[tuple[Entry, NewArticle | None]] = []
        self._waiting_keys: set[str] = set()
        self._waiting_passages = 0
        self._done = self._total = 0

    def run(self, items: Sequence[str | Path | Article]) -> Receipt:
        """Add every item and return the receipt."""
        paths = [Path(item) for item in items if not isinstance(item, Article)]
        objects = [item for item in items if isinstance(item, Article)]
        found = list(find_files(paths))
        self._total = len(found) + len(objects)
        for article in objects:
            self._add_object(article)
        for file in found:
            if isinstance(file, Record):
                self._note(file)
            else:
                self._add_file(file)
        self._flush()
        return Receipt(tuple(self._entries))

    def _add_object(self, article: Article) -> None:
        origin = f"article {article.id}"
        try:
            self._take(Record(origin, prepare(article)), file=None)
        except ReadError as error:
            self._note(Record(origin, None, str(error)))
        self._done += 1

    def _add_file(self, path: Path) -> None:
        """Add a file's articles; those it held before and holds no more are removed, if all of it could be read."""
        file = str(path.resolve())
        seen, failed = set(), False
        for record in read_file(path, self._settings):
            if record.article is None:
                self._note(record)
                failed = True
            else:
                seen.add(record.article.id)
                self._take(record, file)
        if not failed:
            for gone in sorted(self._catalog.ids_of_origin(file) - seen):
                self._flush()
                self._writer.remove([gone])
                self._wait(Entry(str(path), Outcome.REPLACED, "no longer in the file, removed", gone))
        self._done += 1

    def _note(self, record: Record) -> None:
        """Put what cannot be added into the receipt."""
        self._wait(Entry(record.origin, Outcome.SKIPPED if record.skipped else Outcome.FAILED, record.reason))

    def _take(self, record: Record, file: str | None) -> None:
        """Write an article unless the archive has it already."""
        article = record.article
        assert article is not None  # noqa: S101 - for the type checker; callers have looked
        same = digest(article)
        if self._waiting_keys & {article.id, same}:
            self._flush()
        there = self._catalog.digest_of(article.id)
        twin = self._catalog.id_of_digest(same) if file is not None and there is None else None
        if there == same:
            self._wait(Entry(record.origin, Outcome.UNCHANGED, "the archive has it", article.id))
        elif twin is not None:
            self._wait(Entry(record.origin, Outcome.SKIPPED, f"the same article is there as {twin}", twin))
        else:
            passages = split(article, self._settings.passage_chars)
            if not passages:
                self._wait(Entry(record.origin, Outcome.FAILED, "no passage: the text has no words", article.id))
                return
            outcome = Outcome.ADDED if there is None else Outcome.REPLACED
            reason = None if there is None else "its content has changed"
            entry = Entry(record.origin, outcome, reason, article.id, len(passages))
            self._wait(entry, NewArticle(article, passages, same, file))

    def _wait(self, entry: Entry, new: NewArticle | None = None) -> None:
        self._waiting.append((entry, new))
        if new is not None:
            self._waiting_keys |= {new.article.id, new.digest}
            self._waiting_passages += len(new.passages)
        if not self._waiting_keys or self._waiting_passages >= BATCH_PASSAGES:
            self._flush()

    def _flush(self) -> None:
        """Make what waits durable, then report it."""
        articles = [new for _, new in self._waiting if new is not None]
        if articles:
            self._writer.add(articles)
        entries = [entry for entry, _ in self._waiting]
        self._waiting.clear()
        self._waiting_keys.clear()
        self._waiting_passages = 0
        for entry in entries:
            self._entries.append(entry)
            if self._progress is not None:
                self._progress(Progress(self._done, self._total, entry))
