"""A bilingual lexicon: which words of two languages mean the same, by dictionaries and by translated sentences.

The encoder's vectors know a word's neighbourhood; a lexicon knows that *bail* is *Kaution* and not *Strafe*. Each entry
joins a term of some language with an English one, and two other languages meet in English. Terms are those of
:func:`rag.lexicon.terms`, kept as 32-bit numbers of language and term: of a million entries a hundred share theirs with
another, and none is ever shown.
"""

import zlib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.lexicon.analysis import terms

BUNDLED = Path(__file__).parent / "translations.npz"
LEAST = 0.05
"""Weight from which two terms are translations. Between .02 and .1 the development questions show no difference."""
_FULL = 255.0
Keys = NDArray[np.uint32]


class Lexicon:
    """Terms and their translations.

    :param path: what :mod:`rag.lexicon.build` has written; read when it is first needed.
    """

    def __init__(self, path: Path = BUNDLED) -> None:
        self._path = path

    def said(
        self, words: Sequence[str], language: str | None, texts: Sequence[str], languages: Sequence[str | None]
    ) -> NDArray[np.bool_]:
        """Tell which texts say which words, in any inflection or language, shape (texts, words).

        A word of which analysis makes several terms, as of a Chinese word of three characters, is said nowhere.

        :param language: of the words, ISO 639-1, or None where it is not known: they have no translations then.
        :param languages: of the texts.
        """
        found = np.zeros((len(texts), len(words)), dtype=np.bool_)
        each = [
            np.array([key(term, own) for term in set(terms(text, own))], dtype=np.uint32)
            for text, own in zip(texts, languages, strict=True)
        ]
        if not any(map(len, each)):
            return found
        keys = np.concatenate(each)
        text = np.repeat(np.arange(len(texts)), [len(one) for one in each])
        for column, word in enumerate(words):
            analysed = terms(word, language)
            if len(analysed) == 1:
                found[text[np.isin(keys, self.translations(analysed[0], language))], column] = True
        return found

    def translations(self, term: str, language: str | None) -> Keys:
        """Return the keys of a term and of its translations into every language, ascending."""
        own = np.uint32(key(term, language))
        english, weights = (np.array([own]), np.ones(1)) if language == "en" else self._to_english(own)
        keys, joint = self._from_english(english, weights)
        return np.unique(np.concatenate(([own], english, keys[joint >= LEAST])))

    def _to_english(self, own: np.uint32) -> tuple[Keys, NDArray[np.float64]]:
        """Return the English terms of a foreign one and their weights, 0 to 1."""
        foreign, english, weights = self._entries
        rows = _run(foreign, own)
        return english[rows], weights[rows] / _FULL

    def _from_english(self, english: Keys, weights: NDArray[np.float64]) -> tuple[Keys, NDArray[np.float64]]:
        """Return the foreign terms of several English ones, and their weights times those of the English ones."""
        foreign, _, back = self._entries
        order, ascending = self._by_english
        rows = [order[_run(ascending, one)] for one in english]
        joint = [weight * back[row] / _FULL for row, weight in zip(rows, weights, strict=True)]
        if not rows:
            return np.zeros(0, np.uint32), np.zeros(0)
        return foreign[np.concatenate(rows)], np.concatenate(joint)

    @cached_property
    def _entries(self) -> tuple[Keys, Keys, NDArray[np.uint8]]:
        """Foreign terms ascending, the English term of each, and how surely they are translations, 0 to 255."""
        with np.load(self._path) as read:
            return read["foreign"], read["english"], read["weights"]

    @cached_property
    def _by_english(self) -> tuple[NDArray[np.int64], Keys]:
        """The order of the entries by their English terms, and these."""
        order = np.argsort(self._entries[1], kind="stable")
        return order, self._entries[1][order]


def _run(ascending: Keys, own: np.uint32) -> slice:
    """Return where a key stands; of the same type as the keys, or numpy would turn a million of them into another."""
    return slice(int(np.searchsorted(ascending, own)), int(np.searchsorted(ascending, own, side="right")))


@cache
def bundled_lexicon() -> Lexicon:
    """Return the lexicon that comes with newsrag."""
    return Lexicon()


def key(term: str, language: str | None) -> int:
    """Return the number of a term of a language, below 2³²."""
    return zlib.crc32(f"{language or ''}:{term}".encode())
