"""What one file, or one record of a .jsonl or .csv file, became when it was read."""

import os
from dataclasses import dataclass
from pathlib import Path

from rag.articles import Article
from rag.errors import ReadError
from rag.ingest.text import one_line

REASON_CHARS = 300  # a reason is one line of a receipt; the libraries below us sometimes report whole stack dumps


@dataclass(frozen=True, slots=True)
class Record:
    """One file, or one record of a file that holds many, after reading.

    :param origin: shown in the receipt: the path as given, or ``news.jsonl:3`` for what begins on line 3 of it.
    :param article: text normalised, language detected, id set; None when it failed or was skipped.
    :param reason: one line saying why, when there is no article.
    :param skipped: True when it was passed over on purpose (unsupported type, hidden, not a regular file, seen before);
        False without an article means that it failed.
    """

    origin: str
    article: Article | None
    reason: str | None = None
    skipped: bool = False

    @classmethod
    def failed(cls, origin: str, reason: str | ReadError) -> "Record":
        """Return the record of something that cannot become an article."""
        return cls(origin, None, _short(str(reason)))

    @classmethod
    def passed_over(cls, origin: str, reason: str | ReadError) -> "Record":
        """Return the record of something that is skipped on purpose."""
        return cls(origin, None, _short(str(reason)), skipped=True)


def shown(path: Path) -> str:
    """Return the path as one printable line; bytes of its name that are not UTF-8 are shown as U+FFFD."""
    return one_line(os.fsencode(path).decode("utf-8", "replace")) or repr(str(path))


def _short(reason: str) -> str:
    line = one_line(reason) or "unknown reason"
    return line if len(line) <= REASON_CHARS else line[: REASON_CHARS - 1] + "…"
