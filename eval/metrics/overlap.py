"""When a retrieved passage or a cited sentence counts as the evidence."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol


class Characters(Protocol):
    """Characters ``start`` to ``end`` (exclusive) of an article: a span, a passage or a citation."""

    @property
    def article_id(self) -> str:
        """The article."""

    @property
    def start(self) -> int:
        """Offset of the first character, in code points."""

    @property
    def end(self) -> int:
        """Offset after the last character."""


def shared(one: Characters, other: Characters) -> int:
    """Return how many characters two spans have in common."""
    if one.article_id != other.article_id:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def holds(passage: Characters, evidence: Characters) -> bool:
    """Return whether a passage has the evidence: all of it, or at least half of its characters.

    Half, because evidence may be a run of sentences that the splitter has put into two passages.
    """
    common = shared(passage, evidence)
    return common > 0 and 2 * common >= evidence.end - evidence.start


def cites(citation: Characters, evidence: Characters) -> bool:
    """Return whether a citation is the evidence: they share at least half of the shorter of the two spans.

    Of the shorter, because one sentence of evidence may be cited within a run, or one of an evidence run cited alone.
    """
    common = shared(citation, evidence)
    # An empty span shares "half" of its no characters with everything.
    return common > 0 and 2 * common >= min(citation.end - citation.start, evidence.end - evidence.start)


def first_rank(
    found: Iterable[Characters],
    evidence: Sequence[Characters],
    counts: Callable[[Characters, Characters], bool],
) -> int | None:
    """Return the 1-based rank of the first span that counts as any one of the alternatives, None if none does."""
    for rank, span in enumerate(found, start=1):
        if any(counts(span, alternative) for alternative in evidence):
            return rank
    return None
