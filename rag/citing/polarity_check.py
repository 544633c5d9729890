"""Whether a source denies what a statement says, or says what it denies."""

import re

from rag.citing.alignment import Side
from rag.citing.polarity import OPPOSITE, Negation, concepts, negations

_SPOKEN_OF = 0.3
"""Share of what a clause says, by weight, that the other side must speak of for its negation to matter."""
_WORD = re.compile(r"[^\W\d_]+")
Span = tuple[int, int]


def denied(statement: Side, source: Side) -> str | None:
    """Return why two texts say the opposite of each other, or None if nothing shows it."""
    pair = _opposites(statement, source)
    ours = _counting(statement, pair and pair[0])
    theirs = _counting(source, pair and pair[1])
    if pair is not None and not ours and not theirs:
        one, other = (side[slice(*span)] for side, span in zip((statement.text, source.text), pair, strict=True))
        return f"The source says “{other}”, the statement the opposite, “{one}”."
    if pair is not None or bool(ours) == bool(theirs):
        return None
    if theirs:
        return f"The source says “{theirs[0].text}”, the statement does not."
    return f"The statement says “{ours[0].text}”, the source does not."


def _opposites(statement: Side, source: Side) -> tuple[Span, Span] | None:
    """Return where two opposites stand, one on each side, if neither side says both."""
    ours, theirs = _told(statement), _told(source)
    for concept, span in ours.items():
        opposite = OPPOSITE.get(concept)
        if opposite in theirs and concept not in theirs and opposite not in ours:
            return span, theirs[opposite]
    return None


def _told(side: Side) -> dict[str, Span]:
    """Return which of the opposite concepts a text speaks of, and where."""
    return {
        concept: match.span()
        for match in _WORD.finditer(side.text)
        for concept in sorted(concepts(match[0], side.language))
    }


def _counting(side: Side, pair: Span | None) -> list[Negation]:
    """Return the negations of what the other side speaks of too; a word that is one of two opposites is none."""
    alignment = side.alignment
    kept = []
    for one in negations(side.text, side.language):
        if pair is not None and one.start < pair[1] and pair[0] < one.end:
            continue
        own = (alignment.spans[:, 0] >= one.scope_start) & (alignment.spans[:, 1] <= one.scope_end)
        own &= ~((alignment.spans[:, 0] < one.end) & (alignment.spans[:, 1] > one.start))
        weights = alignment.weights[own]
        if not len(weights) or float(weights @ alignment.cosines[own]) >= _SPOKEN_OF * float(weights.sum()):
            kept.append(one)
    return kept
