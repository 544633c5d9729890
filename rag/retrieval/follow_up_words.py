"""The words that follow-up questions are known by; ``follow_ups.toml`` lists them and says what each list is for."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("follow_ups.toml")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """The words of one language, as ``follow_ups.toml`` explains them; ``listed`` is every single word of them."""

    openers: frozenset[Phrase]
    idioms: frozenset[Phrase]
    closers: frozenset[str]
    pronouns: frozenset[str]
    neuter: frozenset[str]
    pointing: frozenset[str]
    ambiguous: frozenset[str]
    asking: frozenset[str]
    listed: frozenset[str]


@cache
def follow_up_words() -> dict[str, FollowUpWords]:
    """Return the words by ISO 639-1 code."""
    with _TABLE.open("rb") as file:
        return {language: _read(table) for language, table in tomllib.load(file).items()}


def _read(table: dict[str, str | list[str]]) -> FollowUpWords:
    def phrases(key: str) -> frozenset[Phrase]:
        return frozenset(tuple(phrase.split()) for phrase in table.get(key, ()))

    words = {key: frozenset(value.split()) for key, value in table.items() if isinstance(value, str)}
    none: frozenset[str] = frozenset()
    openers = phrases("openers")
    return FollowUpWords(
        openers=openers,
        idioms=phrases("idioms"),
        closers=words.get("closers", none),
        pronouns=words["pronouns"],
        neuter=words.get("neuter", none),
        pointing=words.get("pointing", none),
        ambiguous=words.get("ambiguous", none),
        asking=words["asking"],
        listed=none.union(*words.values(), (opener[0] for opener in openers if len(opener) == 1)),
    )
