"""Retrieved passages become ranked evidence sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rag.answering.answer_type import AnswerType, AnswerTypes
from rag.answering.ranking import WEIGHTS, sentence_signs, sentences_of, wanted_type
from rag.answers import Hit
from rag.encoders import Encoder, TokenEncoder

RANKED_PASSAGES = 20
"""Passages that are looked for and put in order by what their sentences say. Of 10, 20 and 40 the development questions
about stories have their evidence in the first three in .83, .84 and .85; 40 take twice as long as 20."""
_PASSAGES = 10
"""The best of them, whose sentences are evidence, and that a chat model is given."""
_SENTENCE = 4.83
"""Weight of a passage's best sentence beside the passage's own score, fitted by :mod:`eval.fit_ranking`."""
_SHARPNESS = 10.0
"""Factor of the cosine that a transformer gives, so that its scores spread as the ranking's do."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer.

    :param hit: the passage it stands in.
    :param start: where it starts in the article's text; ``end`` where it ends.
    :param score: how well it answers, in log-odds against another sentence; compares only within one question.
    :param cosine: cosine between the means of the question and of the sentence.
    :param fits: whether it holds the amount or time that the question wants; True where it wants neither.
    """

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    cosine: float
    fits: bool = True


class SentenceRanker:
    """Ranks the sentences of retrieved passages by how likely they answer a question.

    :param encoder: one without token vectors (a transformer) ranks them by the cosine alone.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return the sentences of the passages, best first."""
        sentences = sentences_of(hits)
        if not sentences:
            return []
        if isinstance(self._encoder, TokenEncoder):
            signs = sentence_signs(self._encoder, self._types, question, hits, sentences)
            cosines, scores = signs.cosine, signs.matrix() @ np.array(WEIGHTS, dtype=np.float32)
            anything = wanted_type(self._encoder, self._types, question) is AnswerType.ANY
            fits = np.ones(len(sentences), dtype=np.bool_) if anything else signs.wanted > 0
        else:
            texts = [sentence.text for sentence in sentences]
            cosines = self._encoder.encode_passages(texts) @ self._encoder.encode_queries([question])[0]
            scores, fits = _SHARPNESS * cosines, np.ones(len(sentences), dtype=np.bool_)
        ranked = [
            Evidence(hits[found.passage], found.start, found.end, found.text, float(score), float(cosine), bool(fit))
            for found, score, cosine, fit in zip(sentences, scores, cosines, fits, strict=True)
        ]
        return sorted(ranked, key=lambda evidence: -evidence.score)

    @cached_property
    def _types(self) -> AnswerTypes:
        assert isinstance(self._encoder, TokenEncoder)  # noqa: S101 - for the type checker; callers have looked
        return AnswerTypes(self._encoder)


def best_passages(hits: Sequence[Hit], evidence: Sequence[Evidence]) -> tuple[tuple[Hit, ...], list[Evidence]]:
    """Return the passages that most likely answer, those first whose best sentence does, and their sentences.

    :param evidence: the sentences of these passages, best first, as they are returned; a passage without one comes
        last.
    """
    best: dict[int, float] = {}
    for sentence in evidence:
        best.setdefault(id(sentence.hit), sentence.score)
    last = min(best.values(), default=0.0)
    scored = [(hit.score + _SENTENCE * best.get(id(hit), last), hit) for hit in hits]
    chosen = sorted(scored, key=lambda pair: -pair[0])[:_PASSAGES]
    kept = {id(hit) for _, hit in chosen}
    return (
        tuple(Hit(score, hit.passage) for score, hit in chosen),
        [sentence for sentence in evidence if id(sentence.hit) in kept],
    )
