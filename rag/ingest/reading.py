"""Read one file: open it safely, give it to its reader, name and prepare the articles that come out."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from rag.articles import Article
from rag.errors import ReadError
from rag.ingest.files import explain, refusal
from rag.ingest.identity import file_id, record_id
from rag.ingest.preparing import prepare
from rag.ingest.readers import DOCUMENT_READERS, RECORD_READERS, Draft
from rag.ingest.record import Record, shown
from rag.ingest.sizes import check_article
from rag.settings import Settings


def read_file(path: Path, settings: Settings) -> Iterator[Record]:
    """Yield what the file holds: one record, or one for each line of a ``.jsonl`` and each row of a ``.csv``.

    Bad input never raises: what cannot be read yields a Record with the reason. ``.jsonl`` and ``.csv`` files are
    streamed, one record in memory at a time.
    """
    origin = shown(path)
    try:
        # Asked before it is opened, since opening a device can do things; and again after, since it may have changed.
        if reason := refusal(path, path.stat().st_mode):
            yield Record.passed_over(origin, reason)
            return
        with _open(path) as file:
            status = os.fstat(file.fileno())
            if reason := refusal(path, status.st_mode):
                yield Record.passed_over(origin, reason)
            elif status.st_size == 0:
                yield Record.failed(origin, "the file is empty")
            elif path.suffix.lower() in RECORD_READERS:
                yield from _records(path, origin, file, settings)
            else:
                yield _document(path, origin, file, settings)
    except ReadError as error:
        yield Record.failed(origin, error)
    except (OSError, ValueError, RuntimeError) as error:
        # ValueError: a NUL in the path; RuntimeError: pathlib's word for a symlink loop.
        yield Record.failed(origin, explain(error))


def _open(path: Path) -> BinaryIO:
    """Open the file for reading; where it has become a pipe meanwhile, without waiting for somebody to write to it."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")


def _document(path: Path, origin: str, file: BinaryIO, settings: Settings) -> Record:
    try:
        draft = DOCUMENT_READERS[path.suffix.lower()](file, settings)
        return Record(origin, _article(draft, file_id(path), settings))
    except ReadError as error:
        return Record.failed(origin, error)


def _records(path: Path, origin: str, file: BinaryIO, settings: Settings) -> Iterator[Record]:
    prefix = file_id(path)
    lines: dict[str, int] = {}  # which line each record id was first seen on
    count = 0
    for line, found in RECORD_READERS[path.suffix.lower()](file, settings):
        count += 1
        place = f"{origin}:{line}"
        try:
            yield Record(place, _record_article(found, prefix, line, lines, settings))
        except ReadError as error:
            yield Record.failed(place, error)
    if count == 0:
        yield Record.failed(origin, "there are no records in the file")


def _record_article(
    found: Draft | ReadError, prefix: str, line: int, lines: dict[str, int], settings: Settings
) -> Article:
    if isinstance(found, ReadError):
        raise found
    article = _article(found, prefix, settings)
    own = record_id(found.own_id, found.url, article.text)
    first = lines.setdefault(own, line)
    if first != line:
        what = "id" if found.own_id is not None else "URL" if found.url is not None else "text"
        raise ReadError(f"same {what} as line {first}; the first one is kept")
    return replace(article, id=f"{prefix}:{own}")


def _article(draft: Draft, name: str, settings: Settings) -> Article:
    article = prepare(Article(name, draft.text, draft.title, draft.language, draft.published, draft.source, draft.url))
    check_article(len(article.text.encode()), settings)
    return article
