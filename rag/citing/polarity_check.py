"""Whether a source denies what a statement says, or says what it denies."""

import re
from itertools import pairwise

from rag.citing.alignment import Side
from rag.citing.polarity import OPPOSITE, Negation, concepts, denials, says_before

_COUNTS = 0.1
"""Mean cosine, weighted, that the words of a clause have on the other side for its negation to be counted. Chosen, as
are the four below, on the development pairs, of which 124 of 149 negated ones are found."""
_EXCUSES = 0.2
"""The same for a word that denies only by what it means (*unanswered*): the other side may say it with a particle or
without one, so nothing is held against either."""
_SAID_TOO = 0.5
"""Best cosine from which the other side itself has a word that only implies a denial: it explains nothing then."""
_OUTRIGHT = 0.9
"""Mean cosine from which the other side says outright what a negation denies: no word of another meaning excuses it."""
_SPOKEN_OF = 0.15
"""The same for the negation that a reason names."""
_AS_THE_REST = 0.35
"""Part of the mean cosine of the whole text that its clause must have too: of a clause that a copied sentence leaves
out the other side does not speak."""
_WORD = re.compile(r"[^\W\d_]+")
_DENYING = frozenset({"ban", "close", "deny", "end", "failure", "first", "oppose", "reject"})
"""Concepts that a negation of something else may stand for: *closed* is *no longer runs*, *the first since* is *none
since*."""
Span = tuple[int, int]


def denied(statement: Side, source: Side) -> str | None:
    """Return why two texts say the opposite of each other, or None if nothing shows it."""
    pair = _opposites(statement, source)
    ours, theirs = _cues(statement, pair and pair[0]), _cues(source, pair and pair[1])
    ours, theirs = _unshared(ours, theirs), _unshared(theirs, ours)
    if pair is not None:
        if _counts_beside(statement, ours) or _counts_beside(source, theirs):
            return None
        one, other = (side.text[slice(*span)] for side, span in zip((statement, source), pair, strict=True))
        return f"The source says “{other}”, the statement the opposite, “{one}”."
    here, there = _counted(statement, ours), _counted(source, theirs)
    if not _one_negates_the_others_words(statement, source, here, there) and (
        _agree(here, there, ours, theirs) or _agree_by_words(statement, source, (here, ours), (there, theirs))
    ):
        return None
    if (denied_there := next((cue for cue in theirs if _matters(source, cue)), None)) is not None:
        return f"The source says “{denied_there.text}”, the statement does not."
    if (denied_here := next((cue for cue in ours if _matters(statement, cue)), None)) is not None:
        return f"The statement says “{denied_here.text}”, the source does not."
    return None


def _one_negates_the_others_words(statement: Side, source: Side, here: list[Negation], there: list[Negation]) -> bool:
    """Tell whether a single negation stands before what the other side says in the same words: *is no longer in*."""
    sides = ((statement, here), (source, there))
    plain = [(side, cue) for side, cues in sides for cue in cues if not (cue.lexical or _hints(cue))]
    return len(plain) == 1 and not plain[0][1].limited and _spoken_of(*plain[0]) >= _OUTRIGHT


def _agree(here: list[Negation], there: list[Negation], ours: list[Negation], theirs: list[Negation]) -> bool:
    """Tell whether as many negations stand on both sides, but for two or for what one side may have left out.

    Where both deny something, a negation more counts only in one clause with another: *did not refuse*.

    :param here: the counted ones of the statement; :param ours: all of it. The others are the source's.
    """
    if any(cue.lexical for cue in (*here, *there)):
        return True
    one, two = ([cue for cue in cues if not _hints(cue)] for cues in (here, there))
    if (len(one) + len(two)) % 2 == 0 or _implied(here, ours, there, theirs) or _implied(there, theirs, here, ours):
        return True
    return bool(one and two) and not _doubled(max(one, two, key=len))


def _hints(cue: Negation) -> bool:
    """Tell whether a word is no negation itself, and only bears on one."""
    return cue.implied or cue.harm


def _implied(
    cues: list[Negation], all_cues: list[Negation], others: list[Negation], all_others: list[Negation]
) -> bool:
    """Tell whether a negation is said on the other side by a word that implies it, or undoes such a word beside it.

    *Was not shut* is *stayed open*, but not *was closed*; *not affected* is *spared*, but not *damaged*.
    """
    undone = _undone(cues, all_cues)
    if any(cue.implied for cue in others):
        return any(not _hints(cue) for cue in cues) and not any(cue.implied for cue in undone)
    return bool(undone) and not any(_hints(cue) for cue in all_others)


def _undone(cues: list[Negation], all_cues: list[Negation]) -> list[Negation]:
    """Return the words that imply a denial, or are of harm, with a negation in their clause: *was not shut*."""
    denying = [cue for cue in cues if not _hints(cue)]
    return [
        cue for cue in all_cues if _hints(cue) and any(one.scope_start <= cue.start < one.scope_end for one in denying)
    ]


def _agree_by_words(
    statement: Side,
    source: Side,
    here: tuple[list[Negation], list[Negation]],
    there: tuple[list[Negation], list[Negation]],
) -> bool:
    """Tell whether one side needs no negation to say what the other denies; only one of them has any.

    :param here: the counted negations of the statement, and all of it; :param there: the source's.
    """
    if _limits(here[0], source) or _limits(there[0], statement):
        return True
    return (_plain(*here, there[0]) and _denies_by_word(source, statement)) or (
        _plain(*there, here[0]) and _denies_by_word(statement, source)
    )


def _plain(cues: list[Negation], all_cues: list[Negation], others: list[Negation]) -> bool:
    """Tell whether only one side negates, and not a word that itself implies a denial or is of harm."""
    return not any(not _hints(cue) for cue in others) and not _undone(cues, all_cues)


def _doubled(counted: list[Negation]) -> bool:
    """Tell whether two negations stand in one clause: *did not refuse*. In two clauses the other side left one out."""
    return any(one.scope_start < two.scope_end and two.scope_start < one.scope_end for one, two in pairwise(counted))


def _denies_by_word(side: Side, other: Side) -> bool:
    """Tell whether a side says by a word that the other lacks, such as *closed*, what the other says by a particle."""
    theirs = frozenset(_told(other))
    words = ((concepts(match[0], side.language), match.span()) for match in _WORD.finditer(side.text))
    return any(said & _DENYING and not said & theirs and not _said_too(side, *span) for said, span in words)


def _limits(counted: list[Negation], other: Side) -> bool:
    """Tell whether a negation says no more than a limit, *not before May*, which *in May at the earliest* says too."""
    return any(cue.limited for cue in counted) and not says_before(other.text, other.language)


def _counts_beside(side: Side, cues: list[Negation]) -> bool:
    """Tell whether a negation may turn round one of two opposites."""
    return any(_spoken_of(side, cue) >= _EXCUSES if cue.lexical else _matters(side, cue) for cue in cues)


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
        cue for cue in denials(side.text, side.language) if pair is None or cue.end <= pair[0] or pair[1] <= cue.start
    ]


def _unshared(cues: list[Negation], others: list[Negation]) -> list[Negation]:
    """Return the cues but for those that only imply a denial and stand on the other side too: *受影响* has *影响*."""
    hints = [cue.text.casefold() for cue in others if _hints(cue)]
    return [
        cue
        for cue in cues
        if not (_hints(cue) and any(one in cue.text.casefold() or cue.text.casefold() in one for one in hints))
    ]


def _counted(side: Side, cues: list[Negation]) -> list[Negation]:
    """Return the negations of clauses that the other side has at least a little of.

    A word that denies by its meaning counts only in a clause not much less spoken of than those of the particles, and
    one that only implies a denial only if the other side lacks it.
    """
    spoken = [(cue, _spoken_of(side, cue)) for cue in cues if not (_hints(cue) and _said_too(side, cue.start, cue.end))]
    least = max((much for cue, much in spoken if not (cue.lexical or _hints(cue))), default=0.0) / 2
    return [cue for cue, much in spoken if much >= (max(_EXCUSES, least) if cue.lexical or _hints(cue) else _COUNTS)]


def _said_too(side: Side, start: int, end: int) -> bool:
    """Tell whether the other side has the word at a place, too."""
    words = side.alignment
    own = (words.spans[:, 0] < end) & (words.spans[:, 1] > start)
    return float(words.cosines[own].max(initial=0.0)) >= _SAID_TOO


def _matters(side: Side, cue: Negation) -> bool:
    """Tell whether the other side speaks of what is negated, so that a reason can name it."""
    return not (cue.lexical or _hints(cue)) and _spoken_of(side, cue) >= max(
        _SPOKEN_OF, _AS_THE_REST * side.alignment.coverage
    )


def _spoken_of(side: Side, cue: Negation) -> float:
    """Return the mean cosine, weighted, that the words of a cue's clause have on the other side; 1 for no words."""
    words = side.alignment
    own = (words.spans[:, 0] >= cue.scope_start) & (words.spans[:, 1] <= cue.scope_end)
    own &= ~((words.spans[:, 0] < cue.end) & (words.spans[:, 1] > cue.start))
    weights = words.weights[own]
    total = float(weights.sum())
    return float(weights @ words.cosines[own]) / total if total else 1.0
