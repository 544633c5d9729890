"""Retrieved passages become ranked evidence sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answers import Hit
from rag.encoders import Encoder, TokenEncoder
from rag.retrieval import late_interaction


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer.

    :param hit: the passage it stands in.
    :param start: where it starts in the article's text; ``end`` where it ends.
    :param score: how well it and its passage match the question; compares only within one question.
    :param cosine: cosine between the means of the question and of the sentence.
    """

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    cosine: float


def rank_sentences(encoder: Encoder, question: str, hits: Sequence[Hit]) -> list[Evidence]:
    """Return the sentences of the passages, best first.

    A sentence counts by its own match and by its passage's, because *He declined* is about whoever the passage names.
    """
    found = [
        (number, start, end, hit.passage.text[start - hit.passage.start : end - hit.passage.start])
        for number, hit in enumerate(hits)
        for start, end in hit.passage.sentences
    ]
    if not found:
        return []
    texts = [text for *_, text in found]
    cosines = encoder.encode_passages(texts) @ encoder.encode_queries([question])[0]
    scores = cosines
    if isinstance(encoder, TokenEncoder):
        of_passage = _late(encoder, question, [hit.passage.text for hit in hits])
        scores = 0.5 * cosines + _late(encoder, question, texts) + of_passage[[number for number, *_ in found]]
    ranked = [
        Evidence(hits[number], start, end, text, float(score), float(cosine))
        for (number, start, end, text), score, cosine in zip(found, scores, cosines, strict=True)
    ]
    return sorted(ranked, key=lambda evidence: -evidence.score)


def _late(encoder: TokenEncoder, question: str, texts: list[str]) -> NDArray[np.float32]:
    asked, *read = [tokens.ids for tokens in encoder.tokenize([question, *texts])]
    return late_interaction(encoder, asked, read)
