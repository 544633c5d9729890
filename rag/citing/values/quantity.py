"""Numbers and amounts in a text, with what they count."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rag.citing.values import date, digits, ideographs, spelled
from rag.citing.values.folding import fold
from rag.citing.values.tables import Table, table

Bound = Literal["", "about", "over", "under", "nearly"]
PERCENT = "%"
ORDINAL = "ordinal"
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}
_TOKEN = re.compile(
    r"(?P<digits>\d)|(?P<vulgar>[½¼¾⅓⅔⅕⅛])|(?P<han>[〇零一二两兩三四五六七八九十百千万萬亿億兆廿半])|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
)
_TOKEN_UNSPACED = re.compile(_TOKEN.pattern.split("|(?P<word>")[0])
_GAP = re.compile(r"[ \u200e\u200f\u061c]?-?[ ]?")
_OF = re.compile(r" ?(?:(?:de|di|do|da|of|от|van) (?:an? |un[ea]? )?|d'(?:un[ea]? )?|an? )")
_CODE = re.compile(r"[A-Z]{3}")
_TAIL = re.compile(r"(?:-|')?[^\W\d_]+")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra|fra|между|між|między|tussen|mellan|mezi) ?$")
_AND = re.compile(r"and|und|et|y|e|и|і|та|й|i|en|och|a")
_BELOW_ZERO = re.compile(
    r" (?:celsius )?(?:below zero|unter null|sous zéro|bajo cero|sotto zero|abaixo de zero|onder nul|poniżej zera"
    r"|ниже нуля|нижче нуля)\b"
)
_HALF = Decimal("0.5")
_SCALES = tuple(Decimal(10) ** power for power in (12, 9, 6, 3))
_HALF_HAN = re.compile(r"半数|半數|半(?:个|個)?(?=小时|小時|年|天|月)")
_ONE_OF_TURKISH = re.compile(r"(?:'?[dt][ea]| [^\W\d_]+[dt][ea]n) biri?(?:ni|nin|ne)?(?![^\W\d_])")
_ELISION, _ELIDING = re.compile(r"[^\W\d_]{1,5}'(?=un)"), frozenset({"fr", "it", "ca"})
"""*d'un tiers*"""
_MOST_IN = 1000
_HOLD_A_NUMBER = frozenset({"quarter-hour", "half-hour", "half-year", "decade", "century"})
"""Units that say how many of another they are: *полгода*."""
_TENTHS = re.compile(r"([一二三四五六七八九])成(?![立员員为為功本果长長交都])")
_SIGNED_UNITS = frozenset({"celsius", "fahrenheit", "degree"})
_ROOM_BEFORE = 26
"""Characters before a number in which *not more than* stands."""
_RANGE_BELOW = 1000
"""A first number as big as this is not short for millions: *from 900,000 to 2 million*."""
_MOST_FALL = 20
"""How many times the second number the first may be: *from 12 to 9 million*."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts: ``text == whole_text[start:end]``.

    :param unit: ``%``, ``percentage point``, ``ordinal``, a currency's ISO 4217 code, a unit of measurement
        (``kilometre``), or None for a bare number and for things counted (308 people).
    :param approximate: whether the text says that it is rounded or a bound.
    :param bound: how: about, over (more than), under (at most) or nearly; empty for an exact number.
    :param other: the value read the other way, where the language's countries disagree about 1.234.
    :param claimed: False for an article before a unit, which may or may not count (*an hour*).
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None = None
    approximate: bool = False
    bound: Bound = ""
    other: Decimal | None = None
    claimed: bool = True


def quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    """Return the quantities of a text in their order. Dates, years, times of day and articles are none.

    :param text: NFC, as all texts of articles are.
    :param language: ISO 639-1 code; without one, or without a table of it, digits and signs are still read.

    >>> [(str(found.value), found.unit) for found in quantities("Rund 12,5 Mrd. Euro, die Hälfte in 2024", "de")]
    [('12500000000.0', 'EUR'), ('0.5', None)]
    """
    folded, known = fold(text), table(language)
    return tuple(one for one in find(text, folded, known, date.find(text, folded, known, None)) if one.claimed)


def find(text: str, folded: str, known: Table, dated: Iterable[date.Date]) -> tuple[Quantity, ...]:
    """Return the quantities of a text that is folded already and whose dates are known."""
    taken = sorted((one.start, one.end) for one in dated)
    found: list[Quantity] = []
    at = 0
    token = _TOKEN_UNSPACED if known.unspaced else _TOKEN
    while match := token.search(folded, at):
        start = match.start()
        while taken and taken[0][1] <= start:
            taken.pop(0)
        if taken and taken[0][0] <= start:
            at = taken[0][1]
            continue
        limit = taken[0][0] if taken else len(folded)
        one = _Reader(text, folded, known, limit).read(match)
        if one is None:
            at = _after_digits(folded, match)
        else:
            found.append(one)
            at = one.end
    return tuple(_one_in(one, folded, known) for one in _shared(found, folded))


def _one_in(one: Quantity, folded: str, known: Table) -> Quantity:
    """Read *one in four* and *every fourth* as a quarter; the other reading is four."""
    if one.value != int(one.value) or not 2 <= one.value <= _MOST_IN or one.unit not in {None, ORDINAL}:  # noqa: PLR2004
        return one
    words = folded[max(0, one.start - 40) : one.start].split()
    if one.unit == ORDINAL:
        part = known.every.before(" ".join(words), len(" ".join(words))) is not None
    else:
        # "one in", and with a noun inside: "one child in", "one child out of"
        ways = (" ".join(way) for way in (words, [*words[:-2], *words[-1:]], [*words[:-3], *words[-2:]]))
        part = any(known.one_in.before(way, len(way)) for way in ways) or (
            known.language == "tr" and _ONE_OF_TURKISH.match(folded, one.end) is not None
        )
    return replace(one, value=round(1 / one.value, 10), unit=None, other=one.value) if part else one


def _after_digits(folded: str, match: re.Match[str]) -> int:
    literal = digits.LITERAL.match(folded, match.start()) if match["digits"] else None
    return literal.end() if literal else match.end()


def _shared(found: list[Quantity], folded: str) -> list[Quantity]:
    """Give *5* of *5–6 million euros* the scale and unit of the second number."""
    for index in range(len(found) - 1):
        first, second = found[index], found[index + 1]
        between = folded[first.end : second.start].strip()
        ranges = re.fullmatch(
            r"[-–—~〜～]|bis|auf|to|à|a|su|do|на|до|naar|tot|till|إلى|من|[到至]|[增升降]至", between
        ) or (_AND.fullmatch(between) and _BETWEEN.search(folded, 0, first.start))
        if first.unit is not None or not ranges:
            continue
        scale = _scale(second)
        wanted = first.value * scale if first.value < _RANGE_BELOW and scale > 1 else first.value
        if wanted <= second.value or (scale > 1 and wanted <= _MOST_FALL * second.value):
            found[index] = replace(first, value=wanted, unit=second.unit)
    return found


def _scale(quantity: Quantity) -> Decimal:
    """Return the multiplier a number was written with: a million in *5.5 million*."""
    if not quantity.text[:1].isdigit():
        return Decimal(1)
    for power in (12, 9, 6, 3):
        scale = Decimal(10) ** power
        if (
            quantity.value >= scale
            and not re.match(r"\d+(?:[., '’\u00a0\u202f]\d{3})+(?!\d)", quantity.text)
            and not re.match(r"\d{4}", quantity.text)
        ):
            return scale
    return Decimal(1)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one number of a text, from its first character on."""

    text: str
    folded: str
    known: Table
    limit: int

    def read(self, match: re.Match[str]) -> Quantity | None:
        if match["digits"]:
            return self._digits(match.start())
        if match["vulgar"]:
            value = Fraction(_VULGAR[match[0]])
            return self._finish(match.start(), match.end(), _decimal(value), None)
        if match["han"]:
            return self._ideographs(match.start())
        if self.known.language == "ko":
            return self._korean(match.start())
        elided = _ELISION.match(match[0]) if self.known.language in _ELIDING else None
        return self._words(match.start() + elided.end() if elided else match.start())

    def _digits(self, start: int) -> Quantity | None:  # noqa: PLR0911 - one form of writing after the other
        folded, known = self.folded, self.known
        if self._in_a_name(start):
            return None
        if known.unspaced or known.language == "ko":
            pattern = ideographs.HAN if known.unspaced else ideographs.KOREAN
            run = pattern.match(folded, start)
            if run and any(not (letter.isdigit() or letter in ",. ") for letter in run[0]):
                number = ideographs.read(run[0].strip(), known)
                return self._finish(start, start + len(run[0].rstrip(",. ")), number[0], None) if number else None
        literal = digits.LITERAL.match(folded, start)
        if literal is None:
            return None
        end = digits.literal_end(self.text, folded, literal, known)
        number = digits.read(folded[start:end], known)
        if number is None:
            return None
        value, other = number
        if folded[end : end + 1] in _VULGAR:
            value, end = value + _decimal(Fraction(_VULGAR[folded[end]])), end + 1
        elif folded[end : end + 1] == "/" and folded[end + 1 : end + 2].isdigit():
            below = re.compile(r"\d{1,2}(?![\d/])").match(folded, end + 1)
            if below and value < int(below[0]) <= 10:  # noqa: PLR2004 - 2/3 is a fraction, 24/7 is not
                return self._finish(start, below.end(), _decimal(Fraction(int(value), int(below[0]))), None)
        ordinal = self._ordinal_end(start, end)
        if ordinal:
            return Quantity(start, ordinal, self.text[start:ordinal], value, ORDINAL)
        return self._finish(start, end, value, other)

    def _in_a_name(self, start: int) -> bool:
        """Tell the digits of F-16, Covid-19, G7 and iPhone15 from numbers."""
        before = self.folded[start - 1 : start]
        if before == "-" and start > 1:
            before = self.folded[start - 2]
            return before.isalpha() and before.isascii() and not self._is_currency(start - 1)
        if not before.isalpha() or self.known.unspaced or self.known.language == "ko":
            return before.isalpha() and before.isascii() and not self._is_currency(start)
        return not self._is_currency(start) and not (self.known.language == "ar" and before in "وبلف")

    def _is_currency(self, end: int) -> bool:
        return self.known.currencies.before(self.folded, end) is not None

    def _ordinal_end(self, start: int, end: int) -> int | None:
        folded, known = self.folded, self.known
        for tail in known.data["ordinal_tails"]:
            after = end + len(tail)
            if folded.startswith(tail, end) and not folded[after : after + 1].isalpha():
                return after
        if folded[start - 1 : start] in {"第", "제"}:
            return end
        dotted = known.data["dotted_days"] and end - start <= 2 and re.compile(r"\. ?[^\W\d_]").match(folded, end)  # noqa: PLR2004
        return end + 1 if dotted else None

    def _ideographs(self, start: int) -> Quantity | None:  # noqa: C901, PLR0911, PLR0912 - each guard is a word that is no number
        if self.folded[start] == "半":
            return self._half_han(start)
        run = ideographs.HAN.match(self.folded, start)
        if run is None or not self.known.unspaced:
            return None
        folded, end = self.folded, start + len(run[0].rstrip(",."))
        if any(folded.startswith(word, start) for word in self.known.data["not_numbers"]):
            return None
        if folded.startswith("一半", start):
            return self._bounded(start, start + 2, _HALF, None)
        if folded[start - 1 : start] in {"数", "數", "几", "幾", "第", "星", "礼", "周", "週"}:
            if folded[start - 1] == "第":
                number = ideographs.read(folded[start:end], self.known)
                return Quantity(start, end, self.text[start:end], number[0], ORDINAL) if number else None
            return None
        if folded[end : end + 1] in {"几", "幾", "数", "數"}:
            return None
        number = ideographs.read(folded[start:end], self.known)
        if number is None:
            return None
        tenths = _TENTHS.match(folded, start)
        if tenths:
            return self._bounded(start, tenths.end(), number[0] * 10, PERCENT)
        fraction = re.compile(r"分之([一二三四五六七八九十百\d]+)").match(folded, end)
        if fraction:
            above = ideographs.read(fraction[1], self.known)
            if above and number[0]:
                if folded[start:end] == "百":
                    return self._bounded(start, fraction.end(), above[0], PERCENT)
                return self._finish(start, fraction.end(), round(above[0] / number[0], 10), None)
        counted = (
            self.known.counters.at(folded, end)
            or self.known.units.at(folded, end)
            or self.known.currencies.at(folded, end)
        )
        half = (counted is not None and folded[counted[0] : counted[0] + 1] == "半") or folded[end : end + 2] == "个半"
        if number[0] == 1 and not half and not (counted and folded[start:end] != "一"):
            return None
        if not counted and not (ideographs.magnitude(folded[start:end]) and end - start > 1):
            return None
        return self._finish(start, end, number[0], None)

    def _half_han(self, start: int) -> Quantity | None:
        """Read the Chinese half of a unit of time, or of those who are counted."""
        half = _HALF_HAN.match(self.folded, start)
        if half is None or not self.known.unspaced:
            return None
        unit = self.known.units.at(self.folded, half.end())
        return self._bounded(start, unit[0] if unit else half.end(), _HALF, unit[1] if unit else None)

    def _korean(self, start: int) -> Quantity | None:
        folded = self.folded
        if start and folded[start - 1].isalnum():
            return None
        run = ideographs.KOREAN.match(folded, start)
        if run and ideographs.magnitude(run[0].strip()):
            end = start + len(run[0].rstrip(",. "))
            number = ideographs.read(folded[start:end], self.known)
            if number and self._counted(end):
                return self._finish(start, end, number[0], None)
        word = re.compile(r"[가-힣]+").match(folded, start)
        for end in range(min(start + 4, word.end() if word else start), start, -1):
            value = spelled.native_korean(folded[start:end], self.known)
            if value and value > 1 and self._counted(end):
                return self._finish(start, end, value, None)
        return None

    def _counted(self, end: int) -> bool:
        at = end + (self.folded[end : end + 1] == " ")
        known = self.known
        return any(lexicon.at(self.folded, at) for lexicon in (known.counters, known.units, known.currencies))

    def _words(self, start: int) -> Quantity | None:  # noqa: PLR0911 - each guard is a word that is no number
        known = self.known
        unit = known.units.at(self.folded, start)
        if unit and unit[1] == PERCENT and " " not in self.folded[start : unit[0]] and known.language == "tr":
            return None
        if unit and unit[1] in _HOLD_A_NUMBER:
            return Quantity(start, unit[0], self.text[start : unit[0]], Decimal(1), unit[1], claimed=False)
        found = spelled.read(self.folded, start, self.limit, known)
        if found is None:
            return None
        end, value, kind = found
        if unicodedata.combining(self.folded[end : end + 1] or " "):
            return None  # an Arabic vowel sign: the word goes on
        if kind == "ordinal":
            if start == 0 or self.folded.startswith(" minist", end):  # Secondo (according to) …, le premier ministre
                return None
            return Quantity(start, end, self.text[start:end], value, ORDINAL)
        if kind != "article":
            return self._finish(start, end, value, None)
        one = self._finish(start, end, value, None)
        if one is None or one.unit is None:
            return None
        sure = one.unit == PERCENT or self.folded[start:end] in known.data["one"]
        return replace(one, claimed=sure)

    def _finish(self, start: int, end: int, value: Decimal, other: Decimal | None) -> Quantity | None:
        """Add what stands around a number: sign, multipliers, currency or unit, bounds."""
        folded, known = self.folded, self.known
        start, currency = self._currency_before(start)
        start, value = self._signed(start, value)
        multiplied = spelled.multiply(folded, end, self.limit, value, known, currency is not None)
        if multiplied:
            end, factor = multiplied
            value, other = value * factor, other * factor if other is not None else None
        half = self._and_a_half(end, value, multiplied[1] if multiplied else Decimal(1))
        if half:
            end, value, other = *half, None
        percent = known.data["percent_before"]
        if any(folded.endswith(word, 0, start) for word in percent):
            return self._bounded(start, end, value, PERCENT, other)
        if known.language == "tr":
            lead = re.search(r"(?:%|yüzde) ?$", folded[max(0, start - 7) : start])
            if lead:
                return self._bounded(start - len(lead[0]), end, value, PERCENT, other)
        if currency:
            return self._bounded(start, end, value, currency, other)
        unit = self._unit_after(end, half is not None or multiplied is not None or value < 1)
        if unit:
            return self._measured(start, unit, value, other)
        if folded[end : end + 1].isalpha() and folded[end : end + 1].isascii():
            return None  # 5G, 4x4, 1990er
        return self._bounded(start, end, value, None, other)

    def _measured(self, start: int, unit: tuple[int, str], value: Decimal, other: Decimal | None) -> Quantity:
        """Add what stands behind a unit: *a year* and a half, *31 degrees* below zero."""
        end, name = unit
        if half := self._and_a_half(end, value, Decimal(1)):
            return self._bounded(start, half[0], half[1], name)
        if name in _SIGNED_UNITS and (below := _BELOW_ZERO.match(self.folded, end)):
            return self._bounded(start, below.end(), -abs(value), name)
        return self._bounded(start, end, value, name, other)

    def _and_a_half(self, end: int, value: Decimal, factor: Decimal) -> tuple[int, Decimal] | None:
        """Return the end and the sum where *and a half* stands behind a number, with a scale of its own or without.

        :param factor: the scale that the number has already: *two million and a half*.
        """
        folded = self.folded
        half = self.known.and_a_half.at(folded, end + (folded[end : end + 1] == " "))
        if half is None:
            return None
        end = half[0]
        after = end + len(" ال") if folded.startswith(" ال", end) else end
        scale = spelled.multiply(folded, after, self.limit, Decimal(1), self.known, False)
        if scale is None:
            if factor == 1:  # a scale in words: *deux millions et demi*
                factor = next((power for power in _SCALES if value >= power and value % power == 0), factor)
            return end, value + _HALF * factor
        return scale[0], value + _HALF * scale[1] if value >= scale[1] else (value + _HALF) * scale[1]

    def _currency_before(self, start: int) -> tuple[int, str | None]:
        at = start - (self.folded[start - 1 : start] == " ") if start else start
        sign = self.known.currencies.before(self.folded, at)
        if sign is None:
            return start, None
        word = self.text[sign[0] : at]
        if word[-1].isalpha() and not _CODE.fullmatch(word):
            return start, None
        return sign[0], sign[1]

    def _signed(self, start: int, value: Decimal) -> tuple[int, Decimal]:
        before = self.folded[start - 1 : start] if start else ""
        if before in {"-", "−"} and (start == 1 or self.folded[start - 2] in " (" or before == "−"):
            return start - 1, -value
        words = re.search(
            r"\b(?:minus|moins|menos|meno|минус|мінус|零下|マイナス|영하) ?$", self.folded[max(0, start - 7) : start]
        )
        return (start - len(words[0]), -value) if words else (start, value)

    def _unit_after(self, end: int, multiplied: bool) -> tuple[int, str] | None:
        folded, known = self.folded, self.known
        gap = _GAP.match(folded, end)
        at = gap.end() if gap else end
        places = [at]
        of = _OF.match(folded, end)
        if of:
            places.append(of.end())
        for place in places:
            if place > self.limit:
                continue
            for lexicon in (known.currencies, known.units):
                unit = lexicon.at(folded, place)
                if unit is None:
                    continue
                word = self.text[place : unit[0]]
                if (
                    lexicon is known.currencies
                    and word.isascii()
                    and word.isalpha()
                    and len(word) == 3  # noqa: PLR2004 - of ISO 4217
                    and not word.isupper()
                    and word.lower() == unit[1].lower()
                ):
                    continue  # *try* is a code only as TRY
                if unit[1] == "metre" and word == "m" and place == end and multiplied:
                    continue
                if place != at and lexicon is known.units and not multiplied:
                    continue
                return unit
        return None

    def _bounded(
        self, start: int, end: int, value: Decimal, unit: str | None, other: Decimal | None = None
    ) -> Quantity:
        """Add whether words around the number call it rounded or a bound."""
        bounds, folded = self.known.bounds, self.folded
        at = start
        while at and folded[at - 1] in " (":
            at -= 1
        found = bounds.before(folded, at)
        if found is None and at > 2 and self.known.ones:  # noqa: PLR2004 - "over the 300", "plus de l'..."
            article = re.search(r"[ ](?:the|die|der|den|les|los|las|i|gli|le|de)$", folded[max(0, at - 5) : at])
            found = bounds.before(folded, at - len(article[0])) if article else None
        bound = found[1] if found else ""
        if not bound:
            after = end + (folded[end : end + 1] == " ")
            counter = (
                self.known.counters.at(folded, end) if self.known.unspaced or self.known.language == "ko" else None
            )
            places = [after, counter[0]] if counter else [after]
            if self.known.language == "tr":
                suffix = re.compile(r"'?[^\W\d_]* ").match(folded, end)
                places += [suffix.end()] if suffix else []
            for place in places:
                later = self.known.bounds_after.at(folded, place)
                if later:
                    bound = later[1]
                    break
        return Quantity(start, end, self.text[start:end], value, unit, bool(bound), bound, other)  # type: ignore[arg-type]


def _decimal(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact if exact == round(exact, 10) else round(exact, 10)
