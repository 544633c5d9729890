"""Numbers in words: a run of a language's number words, read from left to right."""

import re
from decimal import Decimal
from fractions import Fraction

from rag.citing.values.tables import Table

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \-]+")
_PHRASE = 4
"""Words of the longest number below a hundred: *quatre-vingt-dix-sept*."""
_HUNDRED = 100


def read(  # noqa: C901, PLR0911, PLR0912 - one rule of the grammar a line
    text: str, start: int, limit: int, known: Table
) -> tuple[int, Decimal, str] | None:
    """Return end, value and kind (cardinal, ordinal or article) of the number in words that begins at ``start``.

    :param text: folded.
    :param limit: where the next date begins; no number goes past it.
    """
    run = _Run(known)
    at, end = start, start
    first = _WORD.match(text, start)
    if first is None:
        return None
    article = first[0].rstrip(".") in known.ones
    ordinal = _ordinal(text, start, limit, known)
    while at < limit:
        step = _atoms(text, at, limit, known)
        if step is None or not run.take(step[1]):
            break
        end = step[0]
        gap = _GAP.match(text, end)
        if gap is None:
            break
        at = gap.end()
        joined = _WORD.match(text, at)
        if joined and joined[0] in known.connectors:
            after = _GAP.match(text, joined.end())
            if after is None:
                break
            at = after.end()
        elif known.language == "ar" and joined and joined[0][0] == "و" and joined[0][1:] in known.numbers:
            at += 1
    alone = _fraction(text, start, limit, known, None) if end == start else None
    if alone and ordinal and alone[0] > ordinal[0]:  # la tercera parte
        return alone
    if ordinal and ordinal[0] >= end:
        return ordinal[0], Decimal(ordinal[1]), "ordinal"
    if end == start:
        return alone
    value = run.value()
    fraction = _fraction(text, end, limit, known, value)
    if fraction:
        return fraction
    if first.end() >= end and article and value == 1:
        return end, value, "article"
    if first[0].rstrip(".") in known.multipliers and end <= first.end() and not _alone(first[0], known):
        return None
    return end, value, "cardinal"


def multiply(  # noqa: PLR0913, PLR0917 - the number and what it stands in
    text: str, end: int, limit: int, value: Decimal, known: Table, of_money: bool
) -> tuple[int, Decimal] | None:
    """Return the end and the product of the multipliers after a number: a billion in *12.5 bn*; None without any.

    :param of_money: whether a currency stands before it, after which a glued *m* means million.
    """
    factor, found = Decimal(1), end
    while found < limit:
        suffix = re.compile(r"'[^\W\d_]{2,3}(?= )").match(text, found) if known.language == "tr" else None  # 1,5'er
        gap = re.compile(r"[ \-]?").match(text, suffix.end() if suffix else found)
        at = gap.end() if gap else found
        if at == found and of_money and re.compile(r"m(?![^\W\d_])").match(text, at):
            return at + 1, factor * 10**6
        unit = known.multiplier.at(text, at)
        if unit is None or (len(text[at : unit[0]]) == 1 and at != found):
            of = re.compile(r" (?:de|di) ").match(text, found)
            unit = known.multiplier.at(text, of.end()) if of and factor > 1 else None
        if unit is None or (unit[1] == 1000 and value >= 1000 and factor == 1 and " " not in text[end:at]):  # noqa: PLR2004
            break
        if text[at : unit[0]] == "m" and not of_money and not _money_follows(text, unit[0], known):
            break
        found, factor = unit[0], factor * unit[1]
        if text[found : found + 1] == "." and text[at:found] + "." in known.multipliers:
            found += 1
    return (found, factor) if found > end else None


def native_korean(word: str, known: Table) -> Decimal | None:
    """Return the value of a native Korean number: 스물다섯 is 25."""
    if word in known.numbers:
        return known.numbers[word]
    tens = known.numbers.get(word[:2]) or known.numbers.get(word[:1])
    rest = word[2:] if word[:2] in known.numbers else word[1:]
    ones = known.numbers.get(rest)
    if tens and ones and tens % 10 == 0 and ones < 10:  # noqa: PLR2004
        return tens + ones
    return None


def _money_follows(text: str, end: int, known: Table) -> bool:
    return known.currencies.at(text, end + (text[end : end + 1] == " ")) is not None


def _alone(word: str, known: Table) -> bool:
    """Tell whether a multiplier is a number by itself: *hundert*, *mille*, *сто*; *million* and *dozens* are not."""
    value = known.multipliers.get(word)
    return value in (100, 1000) and word in known.data["alone"]


def _ordinal(text: str, start: int, limit: int, known: Table) -> tuple[int, int] | None:
    for end in reversed(_phrase_ends(text, start, limit)):
        phrase = _GAP.sub(" ", text[start:end])
        for form in dict.fromkeys((phrase, phrase[:-1] if known.language == "de" and phrase[-1:] in "nrs" else phrase)):
            if form in known.ordinals:
                return end, known.ordinals[form]
    return None


def _phrase_ends(text: str, start: int, limit: int) -> list[int]:
    ends: list[int] = []
    at = start
    while len(ends) < _PHRASE:
        word = _WORD.match(text, at)
        if word is None or word.end() > limit:
            break
        ends.append(word.end() - (word[0][-1] == "."))
        gap = _GAP.match(text, ends[-1])
        if gap is None:
            break
        at = gap.end()
    return ends


def _atoms(text: str, start: int, limit: int, known: Table) -> tuple[int, tuple[Decimal, ...]] | None:
    """Return the end and the numbers of the longest phrase at ``start`` that stands in a number."""
    for end in reversed(_phrase_ends(text, start, limit)):
        phrase = _GAP.sub(" ", text[start:end])
        value = known.numbers.get(phrase)
        if value is None:
            value = known.multipliers.get(phrase)
        if value is not None:
            return end, (value,)
        if " " not in phrase:
            if phrase in known.ones:
                return end, (Decimal(1),)
            glued = known.atoms(phrase)
            if glued:
                return end, glued
    return None


def _fraction(
    text: str, start: int, limit: int, known: Table, above: Decimal | None
) -> tuple[int, Decimal, str] | None:
    """Return what a fraction's name at ``start`` makes of the number before it: *two thirds*, *half a million*."""
    gap = _GAP.match(text, start) if above is not None else None
    at = gap.end() if gap else start
    for end in reversed(_phrase_ends(text, at, limit)):
        part = known.fractions.get(_GAP.sub(" ", text[at:end]))
        if part is None:
            continue
        if above is None and part != Fraction(1, 2) and _GAP.sub(" ", text[at:end]) not in known.fractions_alone:
            return None
        if above is not None and (above != int(above) or above > 10):  # noqa: PLR2004 - tenths are the smallest
            return None
        value = Decimal(part.numerator) * (above or 1) / Decimal(part.denominator)
        article = re.compile(r"[ -](?:an? )?").match(text, end)
        scale = known.multiplier.at(text, article.end()) if article else None
        if scale and scale[1] >= _HUNDRED:
            return scale[0], value * scale[1], "cardinal"
        return end, value if value == round(value, 10) else round(value, 10), "cardinal"
    return None


class _Run:
    """Adds up numbers as they are spoken: *two hundred and three thousand and four* from 2, 100, 3, 1000, 4."""

    def __init__(self, known: Table) -> None:
        self._reversed = known.language == "ar"
        self._least_tens = 10 if known.language == "tr" else 20
        self._total = Decimal(0)
        self._group: Decimal | None = None
        self._last = Decimal(10) ** 30

    def take(self, values: tuple[Decimal, ...]) -> bool:
        """Take the numbers of one word, all or none of them."""
        kept = (self._total, self._group, self._last)
        for value in values:
            if not self._take(value):
                self._total, self._group, self._last = kept
                return False
        return True

    def value(self) -> Decimal:
        return self._total + (self._group or 0)

    def _take(self, value: Decimal) -> bool:  # noqa: PLR0911 - one rule of the grammar a line
        group = self._group
        if (value >= 1000 and value != int(value)) or value in (2000, 2000000, 2000000000):  # noqa: PLR2004 - Arabic duals
            if group is not None or self._total:
                return False
            self._total, self._last = value, value / 2
            return True
        if value >= 1000:  # noqa: PLR2004 - thousand, million …
            if value > self._last:
                self._total = (self._total + (group or 0)) * value
            else:
                self._total += (1 if group is None else group) * value
            self._group, self._last = None, value
            return True
        if group is None:
            self._group = value
            return True
        if value == _HUNDRED and 1 <= group < _HUNDRED:
            self._group = group * value
            return True
        if value in (12, 10, 15, 20, 30, 40, 50) and group == 1 and not self._reversed:
            self._group = value
            return True
        if self._reversed and group < 10 <= value < _HUNDRED and value % 10 == 0:  # noqa: PLR2004 - three and twenty
            self._group = group + value
            return True
        room = (group % _HUNDRED == 0 and value < _HUNDRED) or (
            group % 10 == 0 and group % _HUNDRED >= self._least_tens and 0 < value < 10  # noqa: PLR2004 - tens
        )
        if room and group == int(group):
            self._group = group + value
        return room
