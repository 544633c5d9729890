"""Does a text speak of what a question asks? Each word of the question finds its nearest word in the text.

Words are compared by the mean vector of their pieces, which is what the encoder was trained on for words, phrases and
names across languages and scripts; pieces alone would let *Xi* pass for *Taxi*.
"""

import itertools
import re
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rag.encoders import TokenEncoder, unit

_MAX_UNIT = 4
"""Tokens in the longest run of a text that may stand for one word of the question: *call* – *Telefon|gesprä|che*."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Scripts that put no space between words; each token counts as a word there, and runs of tokens are tried too."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question.

    :param text: its letters as they stand in the question.
    :param start: where it starts in the question.
    :param ids: the tokens it is made of, shape (tokens,).
    :param spaced: False in scripts without spaces, where a token is taken for a word.
    """

    text: str
    start: int
    ids: NDArray[np.int64]
    spaced: bool


def question_words(encoder: TokenEncoder, question: str) -> list[Word]:
    """Return the words of a question in order; punctuation is left out."""
    tokens = encoder.tokenize([question])[0]
    pieces = [
        (int(word), int(start), int(end), int(number))
        for word, (start, end), number in zip(tokens.words, tokens.offsets, tokens.ids, strict=True)
        if any(letter.isalnum() for letter in question[start:end])
    ]
    words = []
    for _, group in itertools.groupby(pieces, key=lambda piece: piece[0]):
        run = list(group)
        spaced = not _UNSPACED.search(question[run[0][1] : run[-1][2]])
        for part in [run] if spaced else [[piece] for piece in run]:
            start, end = part[0][1], part[-1][2]
            words.append(Word(question[start:end], start, np.array([piece[3] for piece in part]), spaced))
    return words


def word_weights(encoder: TokenEncoder, words: list[Word]) -> NDArray[np.float32]:
    """Return how much each word tells, shape (words,), summing to 1: the weight of its weightiest token."""
    weights = np.array([encoder.token_weights(word.ids).max() for word in words], dtype=np.float32)
    return np.asarray(weights / max(float(weights.sum()), 1e-9), dtype=np.float32)


def word_vectors(encoder: TokenEncoder, words: list[Word]) -> NDArray[np.float32]:
    """Return the unit vector of each word, shape (words, dimension)."""
    return unit(np.stack([_sum(encoder, [word]) for word in words]))


def coverage(encoder: TokenEncoder, words: list[Word], text: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how well a text covers each word of a question: its best cosine there, shape (words,), 0 to 1.

    :param text: token ids of the text.
    """
    found = np.zeros(len(words), dtype=np.float32)
    if not len(text) or not words:
        return found
    units = word_runs(words)
    wanted = unit(np.stack([_sum(encoder, words[first:end]) for first, end in units]))
    embeddings = encoder.token_embeddings(text)
    best = np.zeros(len(units), dtype=np.float32)
    for length in range(1, min(_MAX_UNIT, len(text)) + 1):
        runs = sliding_window_view(embeddings, length, axis=0).sum(axis=-1)
        best = np.maximum(best, (wanted @ unit(runs).T).max(axis=1))
    for cosine, (start, end) in zip(best, units, strict=True):
        found[start:end] = np.maximum(found[start:end], cosine)
    return found


def word_runs(words: list[Word]) -> list[tuple[int, int]]:
    """Return what may be one word, as (first, one past the last): each word, and up to four written without spaces."""
    units = []
    for first in range(len(words)):
        units.append((first, first + 1))
        for end in range(first + 2, min(first + _MAX_UNIT, len(words)) + 1):
            before, last = words[end - 2], words[end - 1]
            if before.spaced or last.spaced or before.start + len(before.text) != last.start:
                break
            units.append((first, end))
    return units


def _sum(encoder: TokenEncoder, words: list[Word]) -> NDArray[np.float32]:
    """Return the sum of the vectors of all tokens of these words, shape (dimension,)."""
    return np.asarray(encoder.token_embeddings(np.concatenate([word.ids for word in words])).sum(axis=0))
