"""What is known of each language's numbers, units and dates: ``tables/<language>.json``, made by ``build.py``."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

FOLDER = Path(__file__).with_name("tables")
NO_SPACES = frozenset({"zh", "ja"})
"""Languages that write no space between words."""
_FALLBACK = "en"
"""Whose signs (km, %, €) stand in where a language is unknown or has no table."""
_SIGNS = re.compile(r"[^a-z]+|[kcm]?m[²2]?|k?g|km/h|[a-z]{3}|[a-z]{1,2}\$")
Value = TypeVar("Value")


class Lexicon(Generic[Value]):
    """Words and phrases with what they mean, looked up at a place of a folded text; the longest one counts."""

    def __init__(self, entries: Mapping[str, Value], *, loose: bool = False) -> None:
        """Keep the entries.

        :param loose: whether a word may go on after an entry (endings of Turkish and Korean, Chinese without spaces).
        """
        self._entries = dict(entries)
        self._loose = loose
        self._after: dict[str, list[int]] = {}
        self._before: dict[str, list[int]] = {}
        for entry in self._entries:
            self._after.setdefault(entry[0], []).append(len(entry))
            self._before.setdefault(entry[-1], []).append(len(entry))
        for lengths in (self._after, self._before):
            for letter, found in lengths.items():
                lengths[letter] = sorted(set(found), reverse=True)

    def get(self, word: str) -> Value | None:
        """Return what the whole word means."""
        return self._entries.get(word)

    def at(self, text: str, start: int) -> tuple[int, Value] | None:
        """Return the end and the meaning of the longest entry that begins at ``start``, or None."""
        for length in self._after.get(text[start : start + 1], ()):
            end = start + length
            entry = text[start:end]
            if entry in self._entries and (self._ends(text, end) or not entry[-1].isalpha()):
                return end, self._entries[entry]
        return None

    def before(self, text: str, end: int) -> tuple[int, Value] | None:
        """Return the start and the meaning of the longest entry that ends at ``end``, or None."""
        for length in self._before.get(text[end - 1 : end], ()) if end else ():
            start = end - length
            if start < 0:
                continue
            entry = text[start:end]
            if entry in self._entries and (
                start == 0 or not entry[0].isalpha() or not text[start - 1].isalpha() or self._loose
            ):
                return start, self._entries[entry]
        return None

    def _ends(self, text: str, end: int) -> bool:
        return end >= len(text) or not text[end].isalpha() or self._loose


class Table:
    """All that is known of one language. Every word is folded as texts are."""

    def __init__(self, language: str, data: Mapping[str, Any]) -> None:
        self.language = language
        self.data = data
        self.unspaced = language in NO_SPACES
        loose = self.unspaced or data["loose"]
        self.decimal: str = data["decimal"]
        self.spaced_groups: bool = data["spaced_groups"]
        self.ambiguous_groups: bool = data["ambiguous_groups"]
        self.numbers = {word: Decimal(value) for word, value in data["numbers"].items()}
        self.ones = frozenset(data["ones"])
        self.multipliers = {word: Decimal(value) for word, value in data["multipliers"].items()}
        self.multiplier = Lexicon(self.multipliers)
        self.fractions = {word: Fraction(value) for word, value in data["fractions"].items()}
        self.ordinals: dict[str, int] = data["ordinals"]
        self.fractions_alone = frozenset(data["fractions_alone"])
        self.connectors = frozenset(data["and"])
        self.and_a_half = Lexicon(dict.fromkeys(data["and_a_half"], True), loose=loose)
        self.one_in = Lexicon(dict.fromkeys(data["one_in"], True))
        self.every = Lexicon(dict.fromkeys(data["every"], True))
        self.units = Lexicon[str](data["units"], loose=loose)
        self.currencies = Lexicon[str](data["currencies"], loose=loose)
        self.bounds = Lexicon[str](data["bounds"], loose=loose)
        self.bounds_after = Lexicon[str](data["bounds_after"], loose=loose)
        self.counters = Lexicon(dict.fromkeys(data["counters"], True), loose=True)
        self.glue = _glue(self.numbers, self.ones, self.multipliers, data["glued"])

    def atoms(self, word: str) -> tuple[Decimal, ...]:
        """Return the numbers a word is glued from: *vierhundertzwei* from 4, 100 and 2; nothing if it is none."""
        return _atoms(self.language, word)


def _glue(
    numbers: Mapping[str, Decimal], ones: frozenset[str], multipliers: Mapping[str, Decimal], glued: list[str] | None
) -> re.Pattern[str] | None:
    if glued is None:
        return None
    parts = {
        word
        for word in (*numbers, *ones, *glued, *(word for word, value in multipliers.items() if value in (100, 1000)))
        if word.isalpha()
    }
    either = "|".join(sorted(map(re.escape, parts), key=lambda part: (-len(part), part)))
    return re.compile(f"(?:{either})")


@lru_cache(maxsize=4096)
def _atoms(language: str, word: str) -> tuple[Decimal, ...]:
    known = table(language)
    if known.glue is None or len(word) > 80:  # noqa: PLR2004 - longer than any number's name
        return ()
    glued = known.data["glued"]

    def split(at: int) -> tuple[Decimal, ...] | None:
        if at == len(word):
            return ()
        for end in range(len(word), at, -1):
            part = word[at:end]
            if not known.glue or not known.glue.fullmatch(part):
                continue
            rest = split(end)
            if rest is None:
                continue
            value = known.numbers.get(part, known.multipliers.get(part))
            if value is None:
                value = Decimal(1) if part in known.ones and part not in glued else None
            return rest if value is None else (value, *rest)
        return None

    found = split(0)
    return found if found and len(found) > 1 else ()


@lru_cache(maxsize=64)
def table(language: str | None) -> Table:
    """Return a language's table; without one, that of the signs all languages share.

    :param language: ISO 639-1 code, or None.
    """
    path = FOLDER / f"{language}.json"
    if language and path.is_file():
        return Table(language, json.loads(path.read_text(encoding="utf-8")))
    data = json.loads((FOLDER / f"{_FALLBACK}.json").read_text(encoding="utf-8"))
    for name in ("units", "currencies", "bounds"):
        data[name] = {word: value for word, value in data[name].items() if _SIGNS.fullmatch(word)}
    for name in ("and_a_half", "one_in", "every", "fractions_alone", "clock_morning", "clock_evening"):
        data[name] = []
    for name in (
        "numbers",
        "ordinals",
        "fractions",
        "relative",
        "short_weekdays",
        "weekdays",
        "months",
        "multipliers",
        "short_months",
    ):
        data[name] = {}
    return Table(language or "", data | {"ones": [], "clock": [], "decimal": "", "order": ""})
