"""Retrieved passages become ranked evidence sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.answers import Hit
from rag.encoders import Encoder, TokenEncoder
from rag.retrieval import late_interaction

_CONTEXT = 1.0
"""Weight of the passage's score beside the sentence's: *He declined* is about whoever the passage speaks of."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer.

    :param start: where it starts in the article's text; ``end`` where it ends.
    :param score: how well it matches the question; compares only within one question.
    """

    hit: Hit
    start: int
    end: int
    text: str
    score: float


def rank_sentences(encoder: Encoder, question: str, hits: Sequence[Hit]) -> list[Evidence]:
    """Return the sentences of the passages, best first."""
    found = [
        (number, start, end, hit.passage.text[start - hit.passage.start : end - hit.passage.start])
        for number, hit in enumerate(hits)
        for start, end in hit.passage.sentences
    ]
    if not found:
        return []
    of_passage = _scores(encoder, question, [hit.passage.text for hit in hits])
    scores = _scores(encoder, question, [text for *_, text in found])
    scores = scores + _CONTEXT * of_passage[[number for number, *_ in found]]
    ranked = [
        Evidence(hits[number], start, end, text, float(score))
        for (number, start, end, text), score in zip(found, scores, strict=True)
    ]
    return sorted(ranked, key=lambda evidence: -evidence.score)


def _scores(encoder: Encoder, question: str, texts: list[str]) -> np.ndarray:
    if not isinstance(encoder, TokenEncoder):
        return encoder.encode_passages(texts) @ encoder.encode_queries([question])[0]
    asked, *read = [tokens.ids for tokens in encoder.tokenize([question, *texts])]
    return late_interaction(encoder, asked, read)
