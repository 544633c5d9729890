"""What a statement counts or dates otherwise than its source."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import combinations, permutations
from typing import Literal

from rag.citing.values import date as dating
from rag.citing.values import quantity as counting
from rag.citing.values.date import Date, day_of
from rag.citing.values.folding import fold
from rag.citing.values.quantity import ORDINAL, PERCENT, Quantity
from rag.citing.values.tables import table

ROUNDING = Decimal("0.05")
"""How far a number that is called rounded may be from the other, as a share of the larger one."""
_SIGNED = frozenset({"celsius", "fahrenheit", "degree"})
"""What may be below zero; *fell by 5 %* and *−5 %* are the same."""
_PARTS = ("year", "month", "day", "weekday")
_YEARS = range(1900, 2100)
_IN_SMALLER = {
    "century": ("month", 1200),
    "decade": ("month", 120),
    "year": ("month", 12),
    "week": ("day", 7),
    "hour": ("minute", 60),
    "half-year": ("month", 6),
    "quarter": ("month", 3),
    "half-hour": ("minute", 30),
    "quarter-hour": ("minute", 15),
    "GBP": ("penny", 100),
}
"""Units of time with how many of a smaller one they are: *18 months* are *one and a half years*."""
_NEAR_PERCENT = Decimal("0.7")
"""How far a percentage may be from a fraction: *33 percent* and *67 percent* from thirds."""
_NOON = 12
_DATE_LINE = re.compile(r"^([^\n–—]{8,60}?)[ ]?[–—]", re.MULTILINE)
"""What stands before the dash that ends a date line."""
_TELLING = 12
"""A whole number up to this is too common to count as the difference of two others."""
Kind = Literal["number", "date"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A number or date of a statement that its source does not hold.

    :param said: the statement's own words.
    :param found: what the source has instead, of the same unit or kind, nearest first.
    :param in_context: whether what stands around the source holds it.
    """

    kind: Kind
    said: str
    found: tuple[str, ...]
    in_context: bool = False

    def reason(self) -> str:
        """Return the difference as one line a person reads.

        >>> Difference("number", "380", ("308",)).reason()
        'the source says 308, the statement 380'
        """
        if self.found:
            return f"the source says {self.found[0]}, the statement {self.said}"
        return f"the source gives no {self.kind} for “{self.said}”"


@dataclass(frozen=True, slots=True)
class _Values:
    dates: tuple[Date, ...]
    quantities: tuple[Quantity, ...]


def differences(  # noqa: PLR0913, PLR0917 - two texts, their languages, and what they are read with
    statement: str,
    statement_language: str | None,
    source: str,
    source_language: str | None,
    published: str | None = None,
    context: str = "",
) -> tuple[Difference, ...]:
    """Return what a statement counts or dates that its source does not, in the statement's order.

    Numbers agree if their values and units do; a bare number agrees with one of any unit but an ordinal. If either is
    called rounded they may be 5 % apart; *more than 300* is also right of 340, which it rounds, but not of 299. Dates
    agree if every part that both give does. A date that the source has no part of agrees with the day of publication.

    :param published: the source's date of publication, ISO 8601, which *yesterday* counts from.
    :param context: what stands around the source, in its language: it may hold what the source itself does not.
    """
    published = published or _date_line(_normalised(context), source_language)
    said = _values(_normalised(statement), statement_language, published)
    there = _values(_normalised(source), source_language, published)
    around = _values(_normalised(context), source_language, published) if context else _Values((), ())
    day = day_of(published)
    found: list[tuple[int, Difference]] = []
    for one in said.quantities:
        if not one.claimed or _held(one, there) or _worked_out(one, there):
            continue
        rivals = _rivals(one, there.quantities, said.quantities)
        if one.unit == ORDINAL and one.value == 1 and not rivals:
            continue  # *for the first time*, which other languages say without a number
        found.append((one.start, Difference("number", one.text, rivals, _held(one, around))))
    for when in said.dates:
        if _dated(when, there, day):
            continue
        in_context = any(_agree(when, other, day) for other in around.dates)
        found.append((when.start, Difference("date", when.text, _other_dates(when, there.dates), in_context)))
    return tuple(difference for _, difference in sorted(found, key=lambda pair: pair[0]))


@lru_cache(maxsize=256)
def _date_line(context: str, language: str | None) -> str | None:
    """Return the day that a report's date line gives, ISO 8601: *VALETTA, 3 June 2026 –*."""
    for line in _DATE_LINE.findall(context):
        for one in dating.find(line, fold(line), table(language), None):
            if one.year and one.month and one.day:
                return f"{one.year:04}-{one.month:02}-{one.day:02}"
    return None


def _normalised(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=256)
def _values(text: str, language: str | None, published: str | None) -> _Values:
    folded, known = fold(text), table(language)
    dates = dating.find(text, folded, known, published)
    return _Values(dates, counting.find(text, folded, known, dates))


def _held(said: Quantity, there: _Values) -> bool:
    if any(_same(said, other) for other in there.quantities):
        return True
    if said.unit is None and said.value == int(said.value) and int(said.value) in _YEARS:
        return any(one.year == said.value and one.month is None for one in there.dates)  # 2000 soldiers
    return False


def _worked_out(said: Quantity, there: _Values) -> bool:
    """Tell whether a number follows from two of the source's: *215* from half of 430, *half* from 215 of 430."""
    if said.unit == ORDINAL or (said.value == int(said.value) and abs(said.value) <= _TELLING):
        return False
    claimed = [one for one in there.quantities if one.claimed]
    if _as_percent(said) is not None and any(
        _same_share(said, replace(part, value=part.value * 100 / whole.value, unit=PERCENT, other=None))
        for part, whole in permutations(claimed, 2)
        if 0 < part.value < whole.value and whole.value > _TELLING and part.unit == whole.unit != PERCENT
    ):
        return True
    return any(
        _same(said, replace(one, value=one.value - two.value, other=None))
        for one, two in combinations(claimed, 2)
        if _comparable(one.unit, two.unit) and one.value != two.value
    ) or any(
        _same(said, replace(whole, value=whole.value * share / 100, other=None))
        for part, whole in permutations(claimed, 2)
        if (share := _as_percent(part)) is not None and whole.unit not in {ORDINAL, PERCENT} and whole.value > _TELLING
    )


def _in_smaller_unit(one: Quantity) -> Quantity:
    if one.unit not in _IN_SMALLER:
        return one
    unit, many = _IN_SMALLER[one.unit]
    return replace(one, value=one.value * many, unit=unit, other=None)


def _same(said: Quantity, other: Quantity) -> bool:
    if said.unit != other.unit and None not in (said.unit, other.unit):
        said, other = _in_smaller_unit(said), _in_smaller_unit(other)
    if not _comparable(said.unit, other.unit):
        return PERCENT in (said.unit, other.unit) and _same_share(said, other)
    signed = said.unit in _SIGNED and other.unit in _SIGNED
    return any(
        _same_value(said, mine if signed else abs(mine), other, its if signed else abs(its))
        for mine in (said.value, said.other)
        if mine is not None
        for its in (other.value, other.other)
        if its is not None
    ) or (None in (said.unit, other.unit) and PERCENT in (said.unit, other.unit) and _same_share(said, other))


def _comparable(mine: str | None, its: str | None) -> bool:
    return mine == its or (None in (mine, its) and ORDINAL not in (mine, its))


def _same_share(said: Quantity, other: Quantity) -> bool:
    """Tell whether a percentage and a fraction say the same, as far as a whole percentage can."""
    mine, its = _as_percent(said), _as_percent(other)
    if mine is None or its is None:
        return False
    if said.bound or other.bound:
        return _same_value(said, mine, other, its)
    return abs(mine - its) < _NEAR_PERCENT


def _as_percent(one: Quantity) -> Decimal | None:
    """Return *half* as 50; only fractions and percentages have one."""
    if one.unit == PERCENT:
        return one.value
    return one.value * 100 if one.unit is None and 0 < one.value < 1 else None


def _same_value(said: Quantity, mine: Decimal, other: Quantity, its: Decimal) -> bool:
    if mine == its:
        return True
    if not said.approximate and not other.approximate:
        return False
    near = abs(mine - its) <= ROUNDING * max(abs(mine), abs(its))
    if said.bound == "over" and not other.bound:
        return its >= mine and (near or _rounded(its, mine, ROUND_FLOOR) == mine)
    if said.bound == "under" and not other.bound:
        return its <= mine and (near or _rounded(its, mine, ROUND_CEILING) == mine)
    if said.bound == "nearly" and not other.bound:
        return near and its <= mine
    return near


def _rounded(exact: Decimal, rounded: Decimal, how: str) -> Decimal:
    """Return a number rounded to the last digit of another that is not zero: 340 to 300 as 300."""
    exponent = rounded.normalize().as_tuple().exponent
    return exact.quantize(Decimal(1).scaleb(int(exponent)), rounding=how)


def _rivals(said: Quantity, there: Sequence[Quantity], all_said: Sequence[Quantity]) -> tuple[str, ...]:
    """Return the source's numbers that may be meant, nearest first; those of the same unit if there are any."""
    unit = _in_smaller_unit(said).unit
    same_unit = [one for one in there if one.claimed and _in_smaller_unit(one).unit == unit]
    others = [one for one in there if one.claimed and one.unit != said.unit and _comparable(said.unit, one.unit)]
    rivals = same_unit or others or [one for one in there if one.claimed and one.value == said.value]
    free = [one for one in rivals if not any(_same(mine, one) for mine in all_said)]
    ordered = sorted(free, key=lambda one: abs(one.value - said.value))
    return tuple(dict.fromkeys(one.text for one in ordered))


def _dated(said: Date, there: _Values, published: date | None) -> bool:
    if any(_agree(said, other, published) for other in there.dates):
        return True
    if (
        said.year is not None
        and said.month is None
        and any(one.unit is None and one.value == said.year for one in there.quantities)
    ):
        return True
    if said.hour is not None:
        return said.minute == 0 and any(
            one.unit in {None, "hour"} and one.value in {said.hour, said.hour % _NOON} for one in there.quantities
        )
    return _agrees_with_publication(said, there.dates, published)


def _agree(said: Date, other: Date, published: date | None) -> bool:
    """Tell whether all parts that both give are the same, and there is one at least."""
    if (said.hour is None) != (other.hour is None):
        return False
    if said.hour is not None:
        return (said.hour, said.minute) == (other.hour, other.minute)
    return any(_parts_agree(one, two, published) for one in _readings(said) for two in _readings(other))


def _readings(one: Date) -> tuple[Date, ...]:
    return (one, replace(one, day=one.month, month=one.day)) if one.swapped else (one,)


def _parts_agree(said: Date, other: Date, published: date | None) -> bool:
    said, other = _completed(said, other, published), _completed(other, said, published)
    both = [
        (getattr(said, part), getattr(other, part))
        for part in _PARTS
        if getattr(said, part) is not None and getattr(other, part) is not None
    ]
    if not both or any(mine != its for mine, its in both):
        return False
    # A year or month that agrees says nothing of a day that only the statement gives
    return said.day is None or other.day is not None or other.weekday is not None


def _completed(one: Date, other: Date, published: date | None) -> Date:
    """Add the weekday of a whole date; where only the year is missing, take it from the other or the publication."""
    if one.weekday is not None or one.day is None or one.month is None:
        return one
    year = one.year or other.year or (published.year if published else None)
    if year is None:
        return one
    try:
        return replace(one, weekday=date(year, one.month, one.day).weekday())
    except ValueError:
        return one


def _agrees_with_publication(said: Date, there: Sequence[Date], published: date | None) -> bool:
    """Tell whether the day of publication has the parts that the statement gives and the source has none of."""
    if published is None or said.swapped:
        return False
    given = [part for part in ("year", "month", "day") if getattr(said, part) is not None]
    lacking = [part for part in given if all(getattr(one, part) is None for one in there)]
    if not given:
        return said.weekday == published.weekday() and not any(one.weekday is not None or one.day for one in there)
    return lacking == given and all(getattr(said, part) == getattr(published, part) for part in given)


def _other_dates(said: Date, there: Sequence[Date]) -> tuple[str, ...]:
    kind = [one for one in there if (one.hour is None) == (said.hour is None)]
    given = [part for part in _PARTS if getattr(said, part) is not None]
    ordered = sorted(kind, key=lambda one: -sum(getattr(one, part) == getattr(said, part) for part in given))
    if said.weekday is not None:
        given.append("day")
    shared = [one for one in ordered if said.hour is not None or any(getattr(one, part) is not None for part in given)]
    return tuple(dict.fromkeys(one.text for one in shared))
