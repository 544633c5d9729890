"""Does a text speak of what a question asks? Each word of the question finds its nearest word in the text.

Words are compared by the mean vector of their pieces, which is what the encoder was trained on for words, phrases and
names across languages and scripts; pieces alone would let *Xi* pass for *Taxi*.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rag.encoders import TokenEncoder, Tokens, unit

_MAX_UNIT = 4
"""Tokens in the longest unit of a text that may stand for one word of the question: Звонок – Telefon|gespräch."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question.

    :param spans: characters (start, end) of each word in the question, shape (words, 2).
    :param weights: how much each word tells, shape (words,), summing to 1.
    :param units: token ids to look for, each standing for some words.
    :param unit_words: for each unit the numbers of the words it covers.
    """

    spans: NDArray[np.int64]
    weights: NDArray[np.float32]
    units: tuple[NDArray[np.int64], ...]
    unit_words: tuple[tuple[int, ...], ...]


def question_words(encoder: TokenEncoder, question: str) -> Words:
    """Split a question into words and the units to look for: each word, and runs of words written without spaces."""
    tokens = encoder.tokenize([question])[0]
    numbers, first = np.unique(tokens.words, return_index=True)
    ends = np.append(first[1:], len(tokens.ids))
    spans = np.array([(tokens.offsets[a][0], tokens.offsets[b - 1][1]) for a, b in zip(first, ends, strict=True)])
    all_weights = encoder.token_weights(tokens.ids)
    weights = np.array([all_weights[a:b].max() for a, b in zip(first, ends, strict=True)], dtype=np.float32)
    units, unit_words = [], []
    for begin in range(len(numbers)):
        for end in range(begin + 1, min(begin + _MAX_UNIT, len(numbers)) + 1):
            if end - begin > 1 and not _unspaced(question, spans[begin:end]):
                break
            units.append(tokens.ids[first[begin] : ends[end - 1]])
            unit_words.append(tuple(range(begin, end)))
    total = float(weights.sum()) or 1.0
    return Words(spans.reshape(-1, 2), weights / total, tuple(units), tuple(unit_words))


def coverage(encoder: TokenEncoder, words: Words, texts: Sequence[Tokens]) -> NDArray[np.float32]:
    """Return how well each text covers each word of the question: best cosine, shape (texts, words), at least 0."""
    found = np.zeros((len(texts), len(words.weights)), dtype=np.float32)
    if not words.units:
        return found
    wanted = unit(np.stack([encoder.token_embeddings(ids).sum(axis=0) for ids in words.units]))
    for number, tokens in enumerate(texts):
        best = np.zeros(len(words.units), dtype=np.float32)
        embeddings = encoder.token_embeddings(tokens.ids)
        for length in range(1, min(_MAX_UNIT, len(tokens.ids)) + 1):
            runs = sliding_window_view(embeddings, length, axis=0).sum(axis=-1)
            best = np.maximum(best, (wanted @ unit(runs).T).max(axis=1))
        for cosine, covered in zip(best, words.unit_words, strict=True):
            found[number, list(covered)] = np.maximum(found[number, list(covered)], cosine)
    return found


def _unspaced(question: str, spans: NDArray[np.int64]) -> bool:
    """Tell whether words stand side by side, each a single character, as Chinese and Japanese are tokenised."""
    touching = all(a[1] == b[0] for a, b in zip(spans[:-1], spans[1:], strict=True))
    return touching and all(end - start == 1 and question[start:end].isalpha() for start, end in spans)
