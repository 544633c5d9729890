"""What kind of answer a question wants, and which sentences hold one: *how many* wants a number, *when* a time.

Interrogatives, numbers and units of time are recognised by their vectors: in every language they lie near the English
words below, which needs no list of words a language.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.answering.coverage import Word
from rag.citing import dates
from rag.encoders import TokenEncoder, unit

_ASKS = {
    "amount": ("how many", "how much", "how long"),
    "time": ("when", "what year", "what day"),
    "other": ("how", "what", "which", "who", "whom", "where", "why", "that"),
}
_NUMBERS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
    "hundred",
    "thousand",
    "million",
    "billion",
    "dozen",
)
_UNITS = ("day", "week", "month", "year", "hour", "minute", "percent", "dollars", "euros", "kilometers", "tons")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIMES = (
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "yesterday",
    "today",
    "tomorrow",
    "morning",
    "evening",
    "night",
    "day",
    "week",
    "month",
    "year",
)
_NEAR = 0.6
"""Cosine from which a word counts as one of these: *zwölf* – *twelve* .81, *Freitag* – *Friday* .85, *Krieg* .15."""
_ASKS_NEAR = 0.5
"""The same for interrogatives, which have more forms: *ile* – *how many* .51, *ne kadar* .62, *combien* .73."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")


class AnswerType(StrEnum):
    """What a question wants to know."""

    AMOUNT = "amount"
    TIME = "time"
    ANY = "any"


class AnswerTypes:
    """Recognises what questions want and which texts hold it.

    :param encoder: whose vectors are compared.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._encoder = encoder

    def wanted(self, vectors: NDArray[np.float32], words: list[Word]) -> AnswerType:
        """Return what a question wants.

        :param vectors: the unit vectors of its words, shape (words, dimension).
        """
        pairs = [np.concatenate((one.ids, two.ids)) for one, two in pairwise(words)]
        units = [vectors]
        if pairs:
            units.append(unit(np.stack([self._encoder.token_embeddings(ids).sum(axis=0) for ids in pairs])))
        near = {kind: (np.vstack(units) @ prototypes.T).max(axis=1) for kind, prototypes in self._asks.items()}
        for kind in (AnswerType.AMOUNT, AnswerType.TIME):
            others = np.max([values for name, values in near.items() if name != kind], axis=0)
            if ((near[kind] >= _ASKS_NEAR) & (near[kind] > others)).any():
                return kind
        return AnswerType.ANY

    def interrogative(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Tell which words of a question only ask, shape (words,)."""
        return np.asarray((vectors @ np.vstack(list(self._asks.values())).T).max(axis=1) >= _NEAR)

    def holds(self, texts: Sequence[str], wanted: AnswerType, languages: Sequence[str | None]) -> NDArray[np.bool_]:
        """Tell which texts hold a number or length (amount), or a day, date or time of day (time), shape (texts,).

        :param languages: of the texts, whose dates are no amounts.
        """
        if wanted is AnswerType.ANY:
            return np.ones(len(texts), dtype=np.bool_)
        if wanted is AnswerType.AMOUNT:
            texts = [_without_dates(text, language) for text, language in zip(texts, languages, strict=True)]
        words = [_WORD.findall(text) for text in texts]
        says = self._says(sorted({word for found in words for word in found}), wanted)
        return np.array(
            [
                any(wanted is AnswerType.TIME or not _YEAR.fullmatch(numeral) for numeral in _NUMERAL.findall(text))
                or not says.isdisjoint(found)
                for text, found in zip(texts, words, strict=True)
            ],
            dtype=np.bool_,
        )

    def _says(self, words: list[str], wanted: AnswerType) -> set[str]:
        """Return those of these words that tell a time, or a number or unit and no day."""
        if not words:
            return set()
        vectors = self._encoder.encode_queries(words)
        if wanted is AnswerType.TIME:
            right = (vectors @ self._times.T).max(axis=1) >= _NEAR
        else:
            amounts = (vectors @ self._amounts.T).max(axis=1)
            right = (amounts >= _NEAR) & (amounts > (vectors @ self._days.T).max(axis=1))
        return {word for word, holds in zip(words, right, strict=True) if holds}

    @cached_property
    def _asks(self) -> dict[str, NDArray[np.float32]]:
        return {kind: self._encoder.encode_queries(words) for kind, words in _ASKS.items()}

    @cached_property
    def _amounts(self) -> NDArray[np.float32]:
        return self._encoder.encode_queries(_NUMBERS + _UNITS)

    @cached_property
    def _days(self) -> NDArray[np.float32]:
        return self._encoder.encode_queries(_DAYS)

    @cached_property
    def _times(self) -> NDArray[np.float32]:
        return self._encoder.encode_queries(_DAYS + _TIMES)


def _without_dates(text: str, language: str | None) -> str:
    """Return a text without its dates."""
    for date in reversed(dates(text, language)):
        text = text[: date.start] + text[date.end :]
    return text
