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
        """What the vectors depend on: another fingerprint means other vectors."""

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
        """Return the tokens of each text; punctuation and unknown signs are left out."""

    def token_embeddings(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the vectors of these tokens, not normalised, shape (tokens, dimension)."""

    def token_weights(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much each token tells, shape (tokens,): its vector's norm times its background rarity."""


def unit(vectors: Vectors) -> Vectors:
    """Scale each row to length 1; rows of zeros stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
