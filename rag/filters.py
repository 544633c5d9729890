"""Which articles a question is asked of: by language, by outlet, by date of publication."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rag.errors import FilterError

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article must be to be searched; what is not given lets every article pass.

    :param languages: ISO 639-1 codes, of which it has one.
    :param sources: outlets or authors, of which it has one, in upper or lower case.
    :param published_from: the first day of its publication, ``2024-11-08``, ``2024-11`` or ``2024``. An article without
        a date passes no filter by date. A time of day is left out: the day is the one that the outlet printed.
    :param published_to: the last day, in the same forms; of a month or a year its last day.
    :raises FilterError: a date cannot be used, or the first day is after the last.

    The fields hold trimmed codes in lower case, trimmed names, and whole days in ISO 8601.
    """

    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    published_from: str | None = None
    published_to: str | None = None

    def __post_init__(self) -> None:
        first = None if self.published_from is None else _day(self.published_from, _first_day)
        last = None if self.published_to is None else _day(self.published_to, _last_day)
        if first is not None and last is not None and first > last:
            raise FilterError(f"No day is from {first} to {last}. Give the earlier date first.")
        object.__setattr__(self, "languages", tuple(language.strip().lower() for language in self.languages))
        object.__setattr__(self, "sources", tuple(source.strip() for source in self.sources))
        object.__setattr__(self, "published_from", first)
        object.__setattr__(self, "published_to", last)

    def __bool__(self) -> bool:
        """Tell whether there is anything that an article must be."""
        return bool(self.languages or self.sources or self.published_from or self.published_to)

    def __str__(self) -> str:
        """Say what an article must be, as a person reads it: *in de or fr, by Reuters, published from 2024-01-01*."""
        said = []
        if self.languages:
            said.append(f"in {' or '.join(self.languages)}")
        if self.sources:
            said.append(f"by {' or '.join(self.sources)}")
        if self.published_from or self.published_to:
            days = [("from", self.published_from), ("up to", self.published_to)]
            said.append("published " + " ".join(f"{word} {day}" for word, day in days if day))
        return ", ".join(said)


EVERYTHING = Filters()
"""Lets every article pass."""


def _day(given: str, fill: Callable[[int, int | None], tuple[int, int]]) -> str:
    """Return a whole day, ISO 8601; what is left out of it is filled in."""
    match = _DATE.fullmatch(given.strip())
    try:
        if match is None:
            raise ValueError  # noqa: TRY301 - one message for both
        year, month, day = (None if part is None else int(part) for part in match.groups())
        assert year is not None  # noqa: S101 - for the type checker; the pattern wants it
        if day is None or month is None:
            month, day = fill(year, month)
        return date(year, month, day).isoformat()
    except ValueError:
        raise FilterError(
            f"{given!r} is not a date. Give a day (2024-11-08), a month (2024-11) or a year (2024)."
        ) from None


def _first_day(_: int, month: int | None) -> tuple[int, int]:
    return month or 1, 1


def _last_day(year: int, month: int | None) -> tuple[int, int]:
    month = 12 if month is None else month
    return month, calendar.monthrange(year, month)[1]
