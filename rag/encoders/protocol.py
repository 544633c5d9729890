"""What the other rooms need of an encoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text as tokens.

    :param ids: vocabulary numbers, shape (tokens,).
    :param words: for each token the number of the word it is a piece of, shape (tokens,), never decreasing.
    :param offsets: for each token its characters (start, end) in the text, shape (tokens, 2).
    """

    ids: NDArray[np.int64]
    words: NDArray[np.int64]
    offsets: NDArray[np.int64]


class Encoder(Protocol):
    """Turns questions and passages into unit vectors whose dot product says how near they are."""

    @property
    def fingerprint(self) -> dict[str, str | int]:
        """What the vectors depend on: two encoders with equal fingerprints give equal vectors."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question, shape (texts, dimension)."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a passage, shape (texts, dimension)."""


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that also has a vector for each token, as late interaction needs."""

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text; unknown ones are left out."""

    def encode_tokens(self, groups: Sequence[NDArray[np.int64]]) -> Vectors:
        """Return one unit vector a group of token ids, such as the pieces of a word, shape (groups, dimension)."""

    def token_vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the unit vectors of these tokens, shape (tokens, dimension); a token without a vector gets zeros."""

    def token_weights(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much each token tells, shape (tokens,): its vector's norm times its background rarity."""
