"""The names of a statement, and whether what it cites has others in their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.citing.alignment import Alignment, Side
from rag.citing.spelling import holds
from rag.names import Name, names_in

_TRANSLATED, _SAME_WORD, _RIVAL = 0.36, 0.7, 0.5
"""Cosines from which a name of the table of places, another name, and a rival count as being on the other side too:
*Czech* – *czeskie* .37, *Bulgaria* – *Yunanistan* .2; words of unknown names share pieces, *Haddow* – *owner* .61."""
_BETWEEN = re.compile(r"[\s.'’\u00a0-]{1,3}")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence, of one word or several in a row.

    :param certain: whether it is surely a name: a capital shows it where capitals mean names, a table of places has it,
        or there are several words in a row.
    """

    start: int
    end: int
    text: str
    certain: bool
    parts: tuple[Name, ...]

    def stands_in(self, text: str) -> bool:
        """Tell whether a text has the name: its last word, which is the surname as a rule, or most of its words."""
        return holds(text, self.parts[-1]) or sum(holds(text, part) for part in self.parts) * 2 > len(self.parts)


def names_of(sentence: str, language: str | None) -> list[Named]:
    """Return the names of a sentence in order, and words that may be one; none that begins with a small letter.

    :param language: ISO 639-1; in German a capital alone shows nothing.
    """
    runs: list[list[Name]] = []
    for name in names_in(sentence):
        if name.text[0].islower():
            continue
        if runs and _BETWEEN.fullmatch(sentence, runs[-1][-1].end, name.start):
            runs[-1].append(name)
        else:
            runs.append([name])
    return [
        Named(
            start=run[0].start,
            end=run[-1].end,
            text=sentence[run[0].start : run[-1].end],
            certain=len(run) > 1 or (run[0].certain and (language != "de" or bool(run[0].aliases))),
            parts=tuple(run),
        )
        for run in runs
    ]


def other_name(
    statement: Side, source: Side, whole: str, context: str, known: Sequence[tuple[int, int]]
) -> tuple[str, str | None] | None:
    """Return a name of the statement that the source does not have, and the one that it has instead, if any; else None.

    A name that stands around the source is no other one, unless the source has one of its own there: *she* may be the
    minister whom the headline names, but where it says *Wilkosz*, a *Dębowiak* from the next paragraph is wrong.

    :param whole: all that is cited, of which the source is the part that is compared.
    :param context: what stands around the source.
    :param known: spans of the statement that are dates or numbers.
    """
    rivals: list[str] | None = None
    for name in names_of(statement.text, statement.language):
        if name.stands_in(whole) or any(name.start < end and start < name.end for start, end in known):
            continue
        listed = any(part.aliases for part in name.parts)
        if _cosine(statement.alignment, name) >= (_TRANSLATED if listed else _SAME_WORD):
            continue
        if rivals is None:
            rivals = [
                rival.text
                for rival in names_of(source.text, source.language)
                if rival.certain and not rival.stands_in(statement.text) and _cosine(source.alignment, rival) < _RIVAL
            ]
        if name.stands_in(context):
            unsure = not name.certain and (listed or statement.language == "de")
            if rivals and not unsure:
                return name.text, rivals[0]
        elif name.certain:
            return name.text, rivals[0] if rivals else None
    return None


def _cosine(alignment: Alignment, name: Named) -> float:
    """Return the best cosine of the words of a name's last part."""
    own = (alignment.spans[:, 0] >= name.parts[-1].start) & (alignment.spans[:, 0] < name.end)
    return float(alignment.cosines[own].max(initial=0.0))
