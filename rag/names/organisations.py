"""Which international organisations a text names, by what each language calls them: *IMF*, *IWF*, *МВФ*."""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "organisations.json"
"""What each organisation is called, by hand; words of several may be cut before their endings: *Красн Крест*."""

_CASED = re.compile("[A-Za-zÀ-žА-яЀ-ӿ]")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that a text names.

    :param number: of its row in the table.
    :param text: ``text[start:end]``, what it is called there.
    """

    start: int
    end: int
    text: str
    number: int


@lru_cache(maxsize=5_000)
def organisations_in(text: str) -> tuple[Organisation, ...]:
    """Return the organisations that a text names, in order.

    >>> [one.text for one in organisations_in("Глава ООН и президент Международного валютного фонда")]
    ['ООН', 'Международного валютного фонда']
    """
    return tuple(
        Organisation(match.start(), match.end(), match[0], int(match.lastgroup[1:].split("_")[0]))
        for match in _pattern().finditer(text)
        if match.lastgroup
    )


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern, a group of it for each spelling's organisation; longer spellings come first."""
    rows: list[list[str]] = json.loads(TABLE.read_text(encoding="utf8"))
    spelled = sorted(
        ((name, number) for number, names in enumerate(rows) for name in names), key=lambda one: -len(one[0])
    )
    return re.compile("|".join(f"(?P<n{number}_{at}>{_spelling(name)})" for at, (name, number) in enumerate(spelled)))


def _spelling(name: str) -> str:
    if not _CASED.match(name):
        return re.escape(name)
    if name.isupper():
        return rf"\b{re.escape(name)}(?![^\W\d_])"
    return r"\b" + " ".join(re.escape(word) + r"\w{0,4}" for word in name.split())
