"""Late interaction: each question token finds its best match in a text (ColBERT, Khattab & Zaharia 2020)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.encoders import TokenEncoder, unit


def best_matches(
    encoder: TokenEncoder, question: NDArray[np.int64], texts: Sequence[NDArray[np.int64]]
) -> NDArray[np.float32]:
    """Return the best cosine of each question token among each text's tokens.

    :param question: token ids, shape (question tokens,).
    :param texts: token ids of each text.
    :return: shape (texts, question tokens); a text without tokens gets zeros.
    """
    matches = np.zeros((len(texts), len(question)), dtype=np.float32)
    filled = [number for number, ids in enumerate(texts) if len(ids)]
    if not filled or not len(question):
        return matches
    unique, positions = np.unique(np.concatenate([texts[number] for number in filled]), return_inverse=True)
    cosines = unit(encoder.token_embeddings(question)) @ unit(encoder.token_embeddings(unique)).T
    starts = np.cumsum([0, *(len(texts[number]) for number in filled[:-1])])
    matches[filled] = np.maximum.reduceat(cosines[:, positions], starts, axis=1).T
    return matches


def late_interaction(
    encoder: TokenEncoder, question: NDArray[np.int64], texts: Sequence[NDArray[np.int64]]
) -> NDArray[np.float32]:
    """Return the mean best cosine of each text, weighted by how much each question token tells, shape (texts,)."""
    weights = encoder.token_weights(question)
    total = float(weights.sum())
    if total <= 0.0:
        return np.zeros(len(texts), dtype=np.float32)
    return np.asarray(best_matches(encoder, question, texts) @ weights / total, dtype=np.float32)
