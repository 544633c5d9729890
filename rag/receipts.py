"""The receipt: what became of every file and record that was to be added. Nothing is lost silently."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of one file or record."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a receipt.

    :param origin: the file's path (``news.jsonl:3`` for a record of it), or ``article <id>`` for an Article object.
    :param reason: one line saying why, for everything but a plain success.
    :param article_id: the article it became, where it became one.
    :param passages: how many passages were indexed.
    """

    origin: str
    outcome: Outcome
    reason: str | None = None
    article_id: str | None = None
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every entry of one ``Archive.add``, in the order of the files."""

    entries: tuple[Entry, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many entries have this outcome."""
        return sum(entry.outcome is outcome for entry in self.entries)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries have each outcome, every outcome named."""
        return {outcome.value: self.count(outcome) for outcome in Outcome}

    @property
    def nothing_added(self) -> bool:
        """True when nothing of the request is in the archive now."""
        return all(entry.article_id is None or entry.outcome is Outcome.FAILED for entry in self.entries)

    def as_dict(self) -> dict[str, Any]:
        """Return the tree that ``rag add --json`` prints."""
        return {"counts": self.counts, "entries": [asdict(entry) for entry in self.entries]}


@dataclass(frozen=True, slots=True)
class Progress:
    """Told after each entry whose outcome is final and, if it was added, durable.

    :param done: files (and Article objects) finished so far.
    :param total: files (and Article objects) that were found.
    """

    done: int
    total: int
    entry: Entry
