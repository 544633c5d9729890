"""The names of a statement, and whether what it cites has others in their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.citing.alignment import Alignment, Side
from rag.citing.listed_names import other_listed_name
from rag.citing.spelling import holds, spells
from rag.names import Name, aliases, english_name, names_in, nations_in, seat_or_country

_TRANSLATED, _SAME_WORD, _RIVAL = 0.36, 0.7, 0.5
"""Cosines from which a word that the encoder knows whole, another name, and a rival count as being on the other side:
*Czech* – *czeskie* .37, *Bulgaria* – *Yunanistan* .2; unknown names share pieces with words, *Haddow* – *owner* .61."""
_BETWEEN = re.compile(r"[\s.'’\u00a0-]{1,3}")
_ACRONYM = re.compile(r"[A-ZÀ-ÞА-Я]{2,5}")
"""What every language abbreviates in its own way: EU, AB, ЕС."""
_ELISION = re.compile(r"^\w{1,2}['’](?=\w)")
_OPENED, _CLOSED = '„“”«»‹›"「《', '“”"«»‹›」》'
_BLANK = re.compile(r"\s")


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
    """Return the names of a sentence in order, and words that may be one; no acronym, none with a small first letter.

    :param language: ISO 639-1; in German a capital alone shows nothing.
    """
    runs: list[list[Name]] = []
    for name in names_in(sentence):
        if _ELISION.sub("", name.text)[0].islower() or _ACRONYM.fullmatch(name.text):
            continue
        together = runs and name.text[0].isupper() and _BETWEEN.fullmatch(sentence, runs[-1][-1].end, name.start)
        if together:
            runs[-1].append(name)
        else:
            runs.append([name])
    return [
        Named(
            start=run[0].start,
            end=run[-1].end,
            text=sentence[run[0].start : run[-1].end],
            certain=_certain(sentence, run, language),
            parts=tuple(run),
        )
        for run in runs
    ]


def _certain(sentence: str, run: Sequence[Name], language: str | None) -> bool:
    """Tell whether words in a row are surely a name; in quotation marks they are that of a newspaper, a film, a ship.

    In German every noun has a capital: there two must stand in a row, or the table of places must have the word.
    """
    before, after = sentence[: run[0].start][-1:], sentence[run[-1].end :][:1]
    if before and after and before in _OPENED and after in _CLOSED:
        return True
    if language != "de":
        return any(name.certain for name in run)
    blanks = any(_BLANK.search(sentence, one.end, two.start) for one, two in pairwise(run))
    return blanks or any(name.certain and name.aliases for name in run)


def other_name(  # noqa: PLR0913, PLR0917 - two texts, what is around them, and what in them is no name
    statement: Side,
    source: Side,
    whole: str,
    context: Side,
    known: Sequence[tuple[int, int]],
    dates: Sequence[str] = (),
) -> tuple[str, str | None] | None:
    """Return a name of the statement that the source does not have, and the one that it has instead, if any; else None.

    A name that stands around the source is no other one, unless the source has one of its own there: *she* may be the
    minister whom the headline names, but where it says *Wilkosz*, a *Dębowiak* from the next paragraph is wrong.

    :param whole: all that is cited, of which the source is the part that is compared.
    :param context: what stands around the source; its alignment is that of the statement's words in it.
    :param known: spans of the statement that are dates or numbers.
    :param dates: the source's words that are dates, which are no names either.
    """
    listed = other_listed_name(statement, source, whole, context)
    if listed is not None:
        return listed
    rivals: list[str] | None = None
    for name in _outside(known, names_of(statement.text, statement.language)):
        if name.stands_in(whole):
            place = _other_place(name, statement, source, whole)
            if place is not None:
                return name.text, place
            continue
        if _translated(statement.alignment, name):
            continue
        if rivals is None:
            rivals = _rivals(statement, source, dates)
        if name.stands_in(context.text) or _translated(context.alignment, name):
            if rivals and _sure(name, statement, context):
                return name.text, rivals[0]
        elif name.certain:
            return name.text, rivals[0] if rivals else None
    return None


def _outside(spans: Sequence[tuple[int, int]], names: Sequence[Named]) -> list[Named]:
    """Return the names that overlap none of the spans."""
    return [name for name in names if not any(name.start < end and start < name.end for start, end in spans)]


def _rivals(statement: Side, source: Side, dates: Sequence[str]) -> list[str]:
    """Return the names of a source that the statement does not have."""
    return [
        rival.text
        for rival in names_of(source.text, source.language)
        if rival.certain
        and not any(rival.text in date for date in dates)
        and not rival.stands_in(statement.text)
        and _cosine(source.alignment, rival) < _RIVAL
    ]


def _sure(name: Named, statement: Side, context: Side) -> bool:
    """Tell whether what stands in the context too is surely a name: in German where another language writes it so."""
    if name.certain:
        return True
    if any(part.aliases for part in name.parts) or not _unknown(statement.alignment, name):
        return False
    copied = context.language != "de" and re.search(rf"\b{re.escape(name.text)}\b", context.text) is not None
    return statement.language != "de" or copied


def _other_place(name: Named, statement: Side, source: Side, whole: str) -> str | None:
    """Return the place that a source names where a capital stands in the statement beside its country; else None.

    A capital is said for its country, but not where both are said: *Poland's Tusk announced in Warsaw*.
    """
    capital = name.text
    spellings = seat_or_country(capital)
    if not spellings or spells(whole, name.parts[-1].aliases) or nations_in(capital, statement.language):
        return None
    if not any(spellings & aliases(english_name(each.code)) for each in nations_in(statement.text, statement.language)):
        return None
    return next(
        (
            rival.text
            for rival in names_of(source.text, source.language)
            if rival.certain
            and rival.parts[-1].aliases
            and not nations_in(rival.text, source.language)
            and not rival.stands_in(statement.text)
        ),
        None,
    )


def _translated(alignment: Alignment, name: Named) -> bool:
    """Tell whether the other side has the last word of a name in its own language: *Czech* – *czeskie*."""
    own = _own(alignment, name)
    known = bool((alignment.pieces[own] == 1).all()) or any(part.aliases for part in name.parts)
    return _cosine(alignment, name) >= (_TRANSLATED if known else _SAME_WORD)


def _unknown(alignment: Alignment, name: Named) -> bool:
    """Tell whether the encoder does not know the last word of a name whole, which hardly happens to common words."""
    return bool((alignment.pieces[_own(alignment, name)] > 1).any())


def _cosine(alignment: Alignment, name: Named) -> float:
    """Return the best cosine of the words of a name's last part."""
    return float(alignment.cosines[_own(alignment, name)].max(initial=0.0))


def _own(alignment: Alignment, name: Named) -> NDArray[np.bool_]:
    last = name.parts[-1]
    elided = _ELISION.match(last.text)
    return (alignment.spans[:, 0] >= last.start + (elided.end() if elided else 0)) & (alignment.spans[:, 0] < name.end)
