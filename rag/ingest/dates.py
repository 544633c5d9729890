"""Dates of publication in one form: ISO 8601. What cannot be read for certain is left out, not guessed."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")  # with dots the day comes first everywhere it is used
_DATE_ONLY = re.compile(r"\d{4}-?\d\d-?\d\d|\d{4}-?W\d\d-?\d")


def iso_date(value: object) -> str | None:
    """Return ``2024-11-08``, or ``2024-11-08T10:00:00+01:00`` if a time was given; None if it is not clearly a date.

    Understood are ISO 8601, RFC 2822 (``Fri, 08 Nov 2024 10:00:00 GMT``), ``2024/11/8`` and ``8.11.2024``.
    ``11/08/2024`` is a different day in different countries and therefore None.
    """
    if isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        return _parse(text)
    except (ValueError, OverflowError):
        return None


def _parse(text: str) -> str | None:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
        return datetime(year, month, day).date().isoformat()
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return datetime(year, month, day).date().isoformat()
    if text[:4].isdigit():
        moment = datetime.fromisoformat(text)
        return moment.date().isoformat() if _DATE_ONLY.fullmatch(text) else moment.isoformat()
    return parsedate_to_datetime(text).isoformat()
