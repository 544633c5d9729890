"""The terms that the encoder takes for translations of a question's words: its nearest tokens in the archive."""

import numpy as np

from rag.encoders import TokenEncoder
from rag.index import Index
from rag.retrieval.question import Question

_WORDS = 8
"""Words of a question that are translated, those that tell most; the others stand in half of all passages."""
_LOOKED_AT = 64
"""Nearest tokens in all languages of the encoder, of which the archive has some."""
_KEPT = 16
_NEAR = 0.35
"""Cosine below which a token is no translation."""


def translations(index: Index, build: int, encoder: TokenEncoder, question: Question) -> list[dict[int, float]]:
    """Return, for each word that tells much, tokens of the archive with their cosine times what the word tells."""
    weights = question.weights
    if not len(weights) or weights.sum() <= 0.0:
        return []
    chosen = np.argsort(-weights, kind="stable")[:_WORDS]
    near, cosines = encoder.translations(encoder.word_vectors(question.words)[chosen], _LOOKED_AT)
    tokens = np.unique(np.concatenate([row[c >= _NEAR] for row, c in zip(near, cosines, strict=True)]))
    counts, _ = index.token_counts(build, tokens.tolist())
    present = set(tokens[counts > 0].tolist())
    share = weights[chosen] / weights.sum()
    wanted = []
    for weight, row, likeness in zip(share.tolist(), near, cosines, strict=True):
        near_by = zip(row.tolist(), likeness.tolist(), strict=True)
        pairs = [(token, weight * cosine) for token, cosine in near_by if cosine >= _NEAR and token in present]
        wanted.append(dict(pairs[:_KEPT]))
    return wanted
