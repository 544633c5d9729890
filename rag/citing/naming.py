"""The names of a statement: which of them stand in what it cites, in any script and spelling."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.names import Name, key_of, likeness, names_in

_ALIKE = 0.75
"""Likeness from which two words of one sound are one name: *Levchyshyn* – *Левчишин* 1, *Musk* – *Macron* 0."""
_LEAST_STEM, _MOST_ENDING = 4, 3
"""Letters that two forms of a name share at least, and that one has more at most: *Kolasa* – *Kolasy*."""
_INFLECTED = 6
"""Letters of a name whose last one may be its ending."""
_LEAST_ALIAS = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_BETWEEN = re.compile(r"[\s.'’\u00a0-]{1,3}")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a statement, of one word or several in a row.

    :param certain: whether a capital shows it where capitals mean names, or a table of places has it.
    :param in_text: whether the cited sentences have it; ``in_context`` whether what stands around them has.
    """

    start: int
    end: int
    text: str
    certain: bool
    in_text: bool
    in_context: bool


def named(statement: str, text: str, context: str) -> list[Named]:
    """Return the names of a statement in order; of several words in a row one that is found is enough."""
    runs: list[list[Name]] = []
    for name in names_in(statement):
        if runs and _BETWEEN.fullmatch(statement, runs[-1][-1].end, name.start):
            runs[-1].append(name)
        else:
            runs.append([name])
    return [
        Named(
            start=run[0].start,
            end=run[-1].end,
            text=statement[run[0].start : run[-1].end],
            certain=any(name.certain for name in run),
            in_text=any(_holds(text, name) for name in run),
            in_context=any(_holds(context, name) for name in run),
        )
        for run in runs
    ]


def held(statement: str, text: str) -> list[tuple[int, int]]:
    """Return the spans of the statement's names that a text has, each of one word or one entry of the table."""
    return [(name.start, name.end) for name in names_in(statement) if _holds(text, name)]


@lru_cache(maxsize=10_000)
def _holds(text: str, name: Name) -> bool:
    """Tell whether a text has a name in any spelling of the table, or a word that sounds and is written much like it."""
    key = _key(text)
    for alias in {name.text, *name.aliases}:
        spelled = key_of(alias)
        unspaced = any("\u3040" <= letter <= "\u9fff" for letter in spelled)
        if (unspaced and spelled in key) or (len(spelled) >= _LEAST_ALIAS and f" {spelled} " in key):
            return True
    parts = _WORD.findall(name.text)
    words = _names_of(text)
    return bool(parts) and all(any(_alike(part, word) for word in words) for part in parts)


@lru_cache(maxsize=2_000)
def _key(text: str) -> str:
    return f" {key_of(text)} "


@lru_cache(maxsize=2_000)
def _names_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that may be names: with a capital, or in a script that has none."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(text) if not word.islower()))


@lru_cache(maxsize=100_000)
def _alike(one: str, two: str) -> bool:
    short, long = sorted((one.casefold(), two.casefold()), key=len)
    stem = short[:-1] if len(short) >= _INFLECTED else short
    if len(stem) >= _LEAST_STEM and len(long) - len(short) <= _MOST_ENDING and long.startswith(stem):
        return True
    return short == long or likeness(one, two) >= _ALIKE
