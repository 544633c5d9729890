"""Late interaction: each word of a question finds its best match in a text (ColBERT, Khattab & Zaharia 2020).

What meets is words, not pieces: a word is the sum of its pieces' vectors, so that *Unabhängigkeitskrieg* is not also
every *-keit* and every *-krieg*.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.encoders import TokenEncoder, Words, unit

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Matches:
    """How texts match a question.

    :param words: the best cosine of each word of the question among each text's words, shape (texts, words).
    :param sentences: the same for each sentence, shape (sentences, words).
    :param of: the text that each sentence is of, shape (sentences,).
    :param wholes: the cosine between the sum of the question's words and that of each text's, shape (texts,).
    """

    words: Scores
    sentences: Scores
    of: NDArray[np.int64]
    wholes: Scores

    def best_sentences(self, weights: Scores) -> Scores:
        """Return the late interaction of each text's best sentence, shape (texts,)."""
        best = np.zeros(len(self.words), dtype=np.float32)
        np.maximum.at(best, self.of, late_interaction(self.sentences, weights))
        return best


def late_interaction(matches: Scores, weights: Scores) -> Scores:
    """Return the mean match of each text, weighted by how much each word of the question tells, shape (texts,).

    :param matches: the best cosine of each word in each text, shape (texts, words).
    :param weights: shape (words,).
    """
    total = float(weights.sum())
    if total <= 0.0:
        return np.zeros(len(matches), dtype=np.float32)
    return np.asarray(matches @ weights / total, dtype=np.float32)


class Texts:
    """Texts made ready to be matched with questions.

    A text's words are never put together as vectors: the dot product with a sum is the sum of the dot products.
    """

    def __init__(self, encoder: TokenEncoder, texts: Sequence[Words]) -> None:
        self._encoder, self._count = encoder, len(texts)
        self._filled = [number for number, text in enumerate(texts) if len(text.starts)]
        if not self._filled:
            return
        read = [texts[number] for number in self._filled]
        used, self._positions = _distinct(np.concatenate([text.pieces for text in read]))
        self._embeddings = encoder.token_embeddings(used)
        self._starts = _joined([text.starts for text in read], [len(text.pieces) for text in read])
        self._sizes = np.diff(self._starts, append=len(self._positions))
        self._sentences = _joined([text.sentences for text in read], [len(text.starts) for text in read])
        counts = [len(text.sentences) for text in read]
        self._first_sentences = np.cumsum([0, *counts[:-1]])
        self._of = np.repeat(np.array(self._filled, dtype=np.int64), counts)
        self._lengths = np.maximum(np.concatenate([text.lengths for text in read]), 1e-9)
        self._totals = np.maximum(np.array([text.length for text in read], dtype=np.float32), 1e-9)

    def match(self, question: Words) -> Matches:
        """Return how each text matches a question; a text or question without words matches nothing."""
        words = np.zeros((self._count, len(question.starts)), dtype=np.float32)
        wholes = np.zeros(self._count, dtype=np.float32)
        if not self._filled or not len(question.starts):
            return Matches(words, words[:0], np.zeros(0, dtype=np.int64), wholes)
        vectors = self._encoder.word_vectors(question)
        wanted = unit(np.vstack([vectors, vectors.sum(axis=0)]))
        sums = self._word_sums(np.take(self._embeddings @ wanted.T, self._positions, axis=0))
        cosines = np.maximum(sums[:, :-1], 0.0) / self._lengths[:, None]
        sentences = np.maximum.reduceat(cosines, self._sentences, axis=0)
        words[self._filled] = np.maximum.reduceat(sentences, self._first_sentences, axis=0)
        first_words = self._sentences[self._first_sentences]
        wholes[self._filled] = np.add.reduceat(sums[:, -1], first_words) / self._totals
        return Matches(words, sentences, self._of, wholes)

    def _word_sums(self, pieces: Scores) -> Scores:
        """Sum the rows of each word's pieces, shape (words, columns); four in five words are one piece."""
        sums = np.take(pieces, self._starts, axis=0)
        for place in range(1, int(self._sizes.max())):
            longer = np.flatnonzero(self._sizes > place)
            sums[longer] += pieces[self._starts[longer] + place]
        return sums


def _joined(places: Sequence[NDArray[np.int64]], sizes: Sequence[int]) -> NDArray[np.int64]:
    """Return places within each text as places in all texts one after another."""
    before = np.cumsum([0, *sizes[:-1]])
    return np.concatenate([own + start for own, start in zip(places, before, strict=True)])


def _distinct(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct numbers and where each of ``numbers`` stands among them, without sorting."""
    present = np.zeros(int(numbers.max()) + 1, dtype=np.bool_)
    present[numbers] = True
    used = np.flatnonzero(present)
    places = np.empty(len(present), dtype=np.int64)
    places[used] = np.arange(len(used))
    return used, places[numbers]
