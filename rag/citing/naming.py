"""The names of a statement, and whether what it cites has others in their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.citing.alignment import Alignment, Side
from rag.citing.listed_names import other_listed_name, people_in_han, strange_acronym
from rag.citing.spelling import holds, holds_han, spells
from rag.names import Name, aliases, english_name, names_in, nations_in, organisations_in, seat_or_country

_TRANSLATED, _SAME_WORD, _RIVAL = 0.36, 0.7, 0.5
"""Cosines from which a word that the encoder knows whole, another name, and a rival count as being on the other side:
*Czech* – *czeskie* .37, *Bulgaria* – *Yunanistan* .2; unknown names share pieces with words, *Haddow* – *owner* .61."""
_MOST_PIECES = 2
_ALIKE_WORD, _SAME_INSTITUTION = 0.35, 0.6
"""Cosines of an institution's words, all of them common, with those of its name in another language: of most of them,
and of the likest: *Obersten Gerichtshof* – *Tribunal Supremo*."""
_PARTICLES = frozenset({"van", "von", "de", "den", "der", "di", "da", "la", "le", "el", "al", "para"})
"""Words that begin names, and sentences too: *Van de 430 …*."""
_INSTITUTIONS = frozenset({"état", "etat", "estado", "stato", "gobierno", "ejecutivo", "governo", "gouvernement"})
"""Words that have a capital and name nobody in particular."""
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
        if len(run) > 1 or _ELISION.sub("", run[0].text).casefold() not in _PARTICLES | _INSTITUTIONS
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


def other_name(  # noqa: C901, PLR0913, PLR0917 - two texts, what is around them, and what in them is no name
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
    known = [*known, *_listed_in_both(statement, source.language, whole)]
    for name in _outside(known, names_of(statement.text, statement.language)):
        if name.stands_in(whole):
            place = _other_place(name, statement, source, whole)
            if place is not None:
                return name.text, place
            continue
        if _translated(statement.alignment, name):
            continue
        if _same_institution(statement.alignment, name) or _called_in_full(name, whole, context):
            continue
        if rivals is None:
            rivals = _rivals(statement, source, dates)
        if name.stands_in(context.text) or _translated(context.alignment, name):
            if rivals and _sure(name, statement, context):
                return name.text, rivals[0]
        elif name.certain:
            return name.text, rivals[0] if rivals else None
    acronym = strange_acronym(statement, source, context)
    if acronym is not None:
        rivals = _rivals(statement, source, dates) if rivals is None else rivals
        return (acronym, rivals[0]) if rivals else None
    return None


def _listed_in_both(statement: Side, language: str | None, whole: str) -> list[tuple[int, int]]:
    """Return where a statement names organisations and countries of the tables that a text speaks of too."""
    theirs = {one.number for one in organisations_in(whole)}
    return [
        *((one.start, one.end) for one in organisations_in(statement.text) if one.number in theirs),
        *(
            (one.start, one.end)
            for one in nations_in(statement.text, statement.language)
            if any(other.code == one.code for other in nations_in(whole, language)) and not seat_or_country(one.text)
        ),
    ]


def _called_in_full(name: Named, whole: str, context: Side) -> bool:
    """Tell whether what stands around gives a name in full, of which the source has the rest: *Philippa*, *Tarrant*."""
    last = name.parts[-1]
    return any(
        len(full.parts) > 1
        and any(holds(last.text, part) for part in full.parts)
        and any(holds(whole, part) and not holds(name.text, part) for part in full.parts)
        for full in names_of(context.text, context.language)
        if full.certain
    )


def _same_institution(alignment: Alignment, name: Named) -> bool:
    """Tell whether a name is all of common words, most of which the source has in its language: *National Court*."""
    if len(name.parts) == 1 or any(part.aliases for part in name.parts[1:]):
        return False
    words = [
        (alignment.spans[:, 0] >= part.start) & (alignment.spans[:, 0] < part.end)
        for part in name.parts
        if part.text.casefold() not in _PARTICLES
    ]
    if not words or any((alignment.pieces[word] > _MOST_PIECES).any() for word in words):
        return False
    likest = [float(alignment.cosines[word].max(initial=0.0)) for word in words]
    return max(likest) >= _SAME_INSTITUTION and 2 * sum(each >= _ALIKE_WORD for each in likest) > len(likest)


def _outside(spans: Sequence[tuple[int, int]], names: Sequence[Named]) -> list[Named]:
    """Return the names that overlap none of the spans."""
    return [name for name in names if not any(name.start < end and start < name.end for start, end in spans)]


def _rivals(statement: Side, source: Side, dates: Sequence[str]) -> list[str]:
    """Return the names of a source that the statement does not have."""
    ours = {one.number for one in organisations_in(statement.text)}
    theirs = [(one.start, one.end) for one in organisations_in(source.text) if one.number in ours]
    found = [
        rival.text
        for rival in _outside(theirs, names_of(source.text, source.language))
        if rival.certain
        and not any(rival.text in date for date in dates)
        and not rival.stands_in(statement.text)
        and _cosine(source.alignment, rival) < _RIVAL
    ]
    if source.language == "zh":
        found += [one for one in people_in_han(source.text) if not holds_han(statement.text, one)]
    return found


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
