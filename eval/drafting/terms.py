"""The numbers, dates and names of a text that a question can ask for, and the articles that hold them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rag.archive import Archive
from rag.citing import dates
from rag.names import names_in

Kind = Literal["number", "date", "name"]
_NUMBER = re.compile(r"(?<![A-Za-z\d.,:/-])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,:]\d+)*(?![A-Za-z\d/-])")
_DASHES = ("– ", "— ", "- ")
_LEAST_NAME = 3
"""Letters: initials and particles identify nobody."""
_LONGEST_CAPITALS = 3
"""Letters of an acronym; longer words in capitals are datelines."""
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, slots=True)
class Term:
    """A number, date or name: ``text == whole_text[start:end]``."""

    kind: Kind
    start: int
    end: int
    text: str

    def shifted(self, by: int) -> "Term":
        """Return the term as it stands in a text in which so much comes before."""
        return replace(self, start=self.start + by, end=self.end + by)


def terms_in(text: str, language: str | None) -> tuple[Term, ...]:
    """Return the terms of a sentence in order, none overlapping another.

    A name is what the writing shows to be one; in German, where every noun has a capital, there are none.
    """
    days = dates(text, language)
    taken = [(day.start, day.end) for day in days]
    found = [
        Term("date", day.start, day.end, day.text)
        for day in days
        if (day.year or day.day) and any(map(str.isdigit, day.text))
    ]
    for kind, spans in (("number", _numbers(text)), ("name", [] if language == "de" else _names(text))):
        free = [(a, b) for a, b in spans if not any(a < end and start < b for start, end in taken)]
        found += [Term("name" if kind == "name" else "number", a, b, text[a:b]) for a, b in free]
        taken += free
    return tuple(sorted(found, key=lambda term: term.start))


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _NUMBER.finditer(text))


def _names(text: str) -> list[tuple[int, int]]:
    """Return the spans of certain names; words of one that stand side by side are one."""
    spans: list[tuple[int, int]] = []
    for name in names_in(text):
        after_dash = text[: name.start].endswith(_DASHES)
        capitals = name.text.isupper() and len(name.text) > _LONGEST_CAPITALS
        if not name.certain or after_dash or capitals:
            continue
        if spans and text[spans[-1][1] : name.start] in {" ", "-"}:
            spans[-1] = spans[-1][0], name.end
        else:
            spans.append((name.start, name.end))
    return [(start, end) for start, end in spans if end - start >= _LEAST_NAME]


def holders(archive: Archive, values: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the ids of the articles in whose text each value stands, also as a part of a longer word.

    Every article is read once.
    """
    found: dict[str, set[str]] = {value: set() for value in values}
    for info in archive.list():
        text = archive.article(info.id).text
        for value, ids in found.items():
            if value in text:
                ids.add(info.id)
    return {value: frozenset(ids) for value, ids in found.items()}


def spread(count: int) -> list[int]:
    """Return 0 to ``count - 1`` in an order whose every beginning is spread evenly over all of them.

    It is by the fractional parts of multiples of the golden ratio, whose gaps are as equal as can be.

    >>> spread(5)
    [0, 2, 4, 1, 3]
    """
    return sorted(range(count), key=lambda index: index * _GOLDEN % 1)
