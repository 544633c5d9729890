"""A question as retrieval sees it: its words, what each tells, and which of them are names."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.encoders import TokenEncoder, Words
from rag.names import Name, names_in

_NAME, _PERHAPS_NAME = 2.0, 1.5
"""How many times more a name's words tell than others as rare, and words that may be a name: who and where decide which
article it is. Found on development questions: 1 to 3 were tried, and 2 put most of their passages first."""


_ASIDE = 0.3
"""What a word in a parenthesis at the end weighs: there stand the names that a follow-up is completed with, and its own
come first."""
_PARENTHESIS = re.compile(r"[(（][^()（）]*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    :param weights: how much each word tells, shape (words,).
    :param names: its names, with the words that each is made of, bool of shape (words,).
    """

    words: Words
    weights: NDArray[np.float32]
    names: tuple[tuple[Name, NDArray[np.bool_]], ...]

    @classmethod
    def read(cls, encoder: TokenEncoder, text: str) -> "Question":
        """Read a question."""
        words = encoder.words([[text]])[0]
        weights = encoder.word_weights(words)
        begins = encoder.tokenize([text])[0].offsets[words.starts, 0]
        names = tuple((name, (begins >= name.start) & (begins < name.end)) for name in names_in(text))
        for name, own in names:
            weights[own] *= _NAME if name.certain else _PERHAPS_NAME
        return cls(words, weights * aside_weights(text, begins), names)


def aside_weights(text: str, begins: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return 1 for each word of a question, and less for those in a parenthesis at its end, shape (words,).

    :param begins: where each word begins, shape (words,).
    """
    found = _PARENTHESIS.search(text)
    inside = begins >= (found.start() if found is not None else len(text))
    return np.where(inside, _ASIDE, 1.0).astype(np.float32)
