"""Whether a source denies what a statement says, or says what it denies."""

import re

from rag.citing.alignment import Side
from rag.citing.polarity import OPPOSITE, Negation, concepts, negations

_COUNTS = 0.1
"""Mean cosine, weighted, that the words of a clause have on the other side for its negation to be counted. Chosen, as
are the three below, on the development pairs, of which 39 of 44 negated ones are found, and one of 204 true ones
called wrong."""
_EXCUSES = 0.2
"""The same for a word that denies only by what it means (*unanswered*): the other side may say it with a particle or
without one, so nothing is held against either."""
_SPOKEN_OF = 0.15
"""The same for the negation that a reason names."""
_AS_THE_REST = 0.35
"""Part of the mean cosine of the whole text that its clause must have too: of a clause that a copied sentence leaves
out the other side does not speak."""
_WORD = re.compile(r"[^\W\d_]+")
Span = tuple[int, int]


def denied(statement: Side, source: Side) -> str | None:
    """Return why two texts say the opposite of each other, or None if nothing shows it."""
    pair = _opposites(statement, source)
    ours = _cues(statement, pair and pair[0])
    theirs = _cues(source, pair and pair[1])
    if pair is not None:
        if ours or theirs:
            return None
        one, other = (side.text[slice(*span)] for side, span in zip((statement, source), pair, strict=True))
        return f"The source says “{other}”, the statement the opposite, “{one}”."
    counted = [*_counted(statement, ours), *_counted(source, theirs)]
    if any(cue.lexical for cue in counted) or len(counted) % 2 == 0:
        return None
    if (there := next((cue for cue in theirs if _matters(source, cue)), None)) is not None:
        return f"The source says “{there.text}”, the statement does not."
    if (here := next((cue for cue in ours if _matters(statement, cue)), None)) is not None:
        return f"The statement says “{here.text}”, the source does not."
    return None


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


def _cues(side: Side, pair: Span | None) -> list[Negation]:
    """Return the negations of a text; a word that is one of two opposites is none."""
    return [
        cue for cue in negations(side.text, side.language) if pair is None or cue.end <= pair[0] or pair[1] <= cue.start
    ]


def _counted(side: Side, cues: list[Negation]) -> list[Negation]:
    """Return the negations of clauses that the other side has at least a little of."""
    return [cue for cue in cues if _spoken_of(side, cue) >= (_EXCUSES if cue.lexical else _COUNTS)]


def _matters(side: Side, cue: Negation) -> bool:
    """Tell whether the other side speaks of what is negated, so that a reason can name it."""
    return not cue.lexical and _spoken_of(side, cue) >= max(_SPOKEN_OF, _AS_THE_REST * side.alignment.coverage)


def _spoken_of(side: Side, cue: Negation) -> float:
    """Return the mean cosine, weighted, that the words of a cue's clause have on the other side; 1 for no words."""
    words = side.alignment
    own = (words.spans[:, 0] >= cue.scope_start) & (words.spans[:, 1] <= cue.scope_end)
    own &= ~((words.spans[:, 0] < cue.end) & (words.spans[:, 1] > cue.start))
    weights = words.weights[own]
    total = float(weights.sum())
    return float(weights @ words.cosines[own]) / total if total else 1.0
