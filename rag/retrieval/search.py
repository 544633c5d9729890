"""A question becomes ranked passages: candidates from vectors and terms, fused, reranked by late interaction."""

import numpy as np
from numpy.typing import NDArray

from rag.answers import Hit
from rag.articles import Passage
from rag.encoders import Encoder, TokenEncoder
from rag.index import Index
from rag.retrieval.fusion import reciprocal_rank_fusion
from rag.retrieval.late_interaction import late_interaction

_MEANS = 0.5
"""Weight of the cosine beside late interaction. Of 0, 0.5 and 1 the best on the development questions (eval/gold/dev):
their passage is the first hit for .790, .802 and .778."""


def search(index: Index, build: int, encoder: Encoder, question: str, limit: int, candidates: int) -> list[Hit]:  # noqa: PLR0913, PLR0917
    """Return the passages that best match a question in any language, best first.

    :param build: the build of the index to search.
    :param limit: how many to return.
    :param candidates: how many each leg may propose, and how many are reranked; at least ``limit``.
    """
    candidates = max(candidates, limit)
    vector = encoder.encode_queries([question])[0]
    rankings = [[number for number, _ in index.nearest(build, vector, candidates)]] if vector.any() else []
    rankings += [[number for number, _ in ranked] for ranked in index.matching(build, question, candidates).values()]
    numbers = reciprocal_rank_fusion(rankings, candidates)
    found = index.passages(numbers)
    passages = [found[number] for number in numbers if number in found]
    scores = relevance(encoder, question, vector, passages)
    order = np.argsort(-scores, kind="stable")[:limit]
    return [Hit(float(scores[at]), passages[at]) for at in order]


def relevance(
    encoder: Encoder, question: str, vector: NDArray[np.float32], passages: list[Passage]
) -> NDArray[np.float32]:
    """Score passages against a question, shape (passages,): late interaction, and the cosine of the means.

    Late interaction sees which words are there, the means what the whole is about. An encoder without token vectors
    has the cosine alone.
    """
    texts = [passage.text for passage in passages]
    if not texts:
        return np.zeros(0, dtype=np.float32)
    cosines = encoder.encode_passages(texts) @ vector
    if not isinstance(encoder, TokenEncoder):
        return np.asarray(cosines, dtype=np.float32)
    asked, *read = [tokens.ids for tokens in encoder.tokenize([question, *texts])]
    return np.asarray(_MEANS * cosines + late_interaction(encoder, asked, read), dtype=np.float32)
