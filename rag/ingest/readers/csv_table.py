"""CSV: a header row, then one article a row."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from rag.errors import ReadError
from rag.ingest.readers.draft import Draft
from rag.ingest.readers.fields import TEXT, draft_of
from rag.ingest.readers.lines import Lines
from rag.ingest.sizes import MEGABYTE
from rag.settings import Settings

DELIMITERS = ",;\t|"


def read_csv(file: BinaryIO, settings: Settings) -> Iterator[tuple[int, Draft | ReadError]]:
    """Yield the line a row begins on and its article, or why there is none. Blank rows are passed over.

    The columns have the same names as the keys of a ``.jsonl`` file. The delimiter is the one of ``, ; tab |`` that
    finds a column for the text in the header.

    :raises ReadError: the file is not text, or no column can be the text.
    """
    rows = _Rows(Lines(file, settings), settings)
    delimiter, header = _header(rows.first_line())
    for line, row in rows.parse(delimiter):
        if isinstance(row, ReadError):
            yield line, row
        elif len(row) != len(header):
            # A field more is a delimiter or a quotation mark that should have been quoted: the text would be cut there.
            yield line, ReadError(f"the row has {len(row)} fields, the header {len(header)}; quote fields as CSV does")
        else:
            try:
                yield line, draft_of(dict(zip(header, row, strict=True)))
            except ReadError as error:
                yield line, error


def _header(line: str) -> tuple[str, list[str]]:
    """Return the delimiter and the lower-case names of the columns."""
    best, columns = ",", list[str]()
    for delimiter in DELIMITERS:
        names = [name.strip().casefold() for name in next(csv.reader([line], delimiter=delimiter), [])]
        if any(name in TEXT for name in names) and len(names) > len(columns):
            best, columns = delimiter, names
    if not columns:
        raise ReadError(f"no column is named 'text', 'body' or 'content'; the header is {line.strip()[:100]!r}")
    return best, columns


class _TooLongError(Exception):
    """The row being read is longer than an article may be."""


class _Rows:
    """Feeds lines to the csv module, keeping account of the row that it is reading."""

    def __init__(self, lines: Lines, settings: Settings) -> None:
        self._lines = lines
        self._megabytes = settings.max_article_mb
        self._limit = settings.max_article_mb * MEGABYTE
        self._size = 0
        self._quotes = 0
        # A limit of the whole process, 128 KiB by default, less than a long article; rows are limited here instead.
        csv.field_size_limit(max(csv.field_size_limit(), self._limit + 1))

    def __iter__(self) -> "_Rows":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._size += len(line.text)
        self._quotes += line.quotes
        if line.too_long or self._size > self._limit:
            raise _TooLongError
        return line.text

    def first_line(self) -> str:
        """Return the header: the first line that is not blank."""
        for line in self._lines:
            if line.text.strip():
                return line.text
        raise ReadError("there are no records in the file")

    def parse(self, delimiter: str) -> Iterator[tuple[int, list[str] | ReadError]]:
        """Yield the line each row begins on and its fields, or why it cannot be parsed."""
        # Strict, or else a quotation mark that is never closed would silently swallow the rest of the file.
        reader = csv.reader(self, delimiter=delimiter, strict=True)
        while True:
            self._size = self._quotes = 0
            line = self._lines.number + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except _TooLongError:
                self._skip_quoted()
                reader = csv.reader(self, delimiter=delimiter, strict=True)
                yield line, ReadError(f"the row is longer than {self._megabytes} MB; raise RAG_MAX_ARTICLE_MB")
            except csv.Error as error:
                last = self._lines.number
                yield line, ReadError(f"not valid CSV{f' up to line {last}' if last > line else ''}: {error}")
            else:
                if row:
                    yield line, row

    def _skip_quoted(self) -> None:
        """Skip the rest of a field that is too long: up to the line with which its quotation mark is closed."""
        while self._quotes % 2:
            line = next(self._lines, None)
            if line is None:
                return
            self._quotes += line.quotes
