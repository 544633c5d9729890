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


@dataclass(frozen=True, slots=True)
class Words:
    """One text as words, each the sum of its pieces' vectors: what late interaction compares.

    :param pieces: vocabulary numbers in order, punctuation and unknown signs left out, shape (pieces,).
    :param starts: the place among ``pieces`` where each word begins, shape (words,).
    :param sentences: the place among the words where each sentence begins, shape (sentences,).
    :param lengths: the length of each word's vector, shape (words,).
    :param length: the length of the sum of all of them.
    """

    pieces: NDArray[np.int64]
    starts: NDArray[np.int64]
    sentences: NDArray[np.int64]
    lengths: NDArray[np.float32]
    length: float


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

    def words(self, texts: Sequence[Sequence[str]]) -> list[Words]:
        """Return the words of each text, which is given as its sentences."""

    def pack(self, words: Words) -> bytes:
        """Return words as bytes to be stored; :meth:`unpack` brings them back."""

    def unpack(self, packed: bytes) -> Words:
        """Return what :meth:`pack` was given, lengths in half precision."""

    def token_embeddings(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the vectors of these tokens, not normalised, shape (tokens, dimension)."""

    def word_vectors(self, words: Words) -> Vectors:
        """Return the vector of each word, not normalised, shape (words, dimension)."""

    def token_weights(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much each token tells, shape (tokens,): its vector's norm times its background rarity."""

    def word_weights(self, words: Words) -> NDArray[np.float32]:
        """Return how much each word tells, shape (words,): the sum over its pieces."""

    def translations(self, vectors: Vectors, limit: int) -> tuple[list[NDArray[np.int64]], list[NDArray[np.float32]]]:
        """Return up to ``limit`` tokens nearest to each vector, with their cosines, nearest first.

        :param vectors: shape (words, dimension).
        """


def unit(vectors: Vectors) -> Vectors:
    """Scale each row to length 1; rows of zeros stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
