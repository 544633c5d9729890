"""When the archive does not answer: the evidence does not speak of what the question asks.

A logistic regression over a few signs, each a number a person can follow. Its weights were fitted by
:mod:`eval.fit_abstention` on the development questions (``eval/gold/dev``), never on the questions that measure it.
"""

from dataclasses import astuple, dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.answering.answer_type import AnswerTypes
from rag.answering.coverage import Word, coverage, question_words, word_runs, word_vectors, word_weights
from rag.answering.evidence import Evidence
from rag.encoders import Encoder, TokenEncoder
from rag.names import capitals_mean_names, is_name, spelled_alike

INTERCEPT = 0.359
WEIGHTS = (-2.938, -1.516, 3.872, 2.620)
"""Of the fields of :class:`Signs`, in their order."""
_ANSWERED = 0.5
"""Confidence from which a question is answered."""
_MISSING = 0.5
"""Cosine below which a name or number counts as not there."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against an answer.

    :param shortfall: how much of the question the passage leaves uncovered, squared and weighted, 0 to 1.
    :param missing_name: 1 if a name or number of the question is nowhere in the retrieved passages of the article.
    :param type_gap: by how much the best sentence that holds what the question wants (a number, a time) scores below
        the best sentence, 0 or less.
    :param cosine: cosine between the means of the question and of the best sentence.
    """

    shortfall: float
    missing_name: float
    type_gap: float
    cosine: float

    @property
    def logit(self) -> float:
        """Log-odds that the evidence answers, above 0 where it rather does."""
        return INTERCEPT + float(np.dot(WEIGHTS, astuple(self)))


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether there is an answer.

    :param evidence: the sentences that may answer, best first; empty where none does.
    :param confidence: how likely the articles answer, 0 to 1; None where that cannot be told.
    :param reason: one line on what the articles do not speak of, where that can be named.
    """

    evidence: list[Evidence]
    confidence: float | None
    reason: str | None = None


class Abstention:
    """Decides whether evidence answers a question.

    :param encoder: gives the token vectors; with an encoder that has none, any evidence is taken for an answer.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def decide(self, question: str, evidence: list[Evidence]) -> Decision:
        """Return the sentences that may answer, those of the wanted type; none, and why, if none does."""
        if not isinstance(self._encoder, TokenEncoder):
            return Decision(evidence, None)
        right, signs, absent = self.examine(question, evidence)
        confidence = 0.0 if signs is None else 1.0 / (1.0 + float(np.exp(-signs.logit)))
        if right and confidence >= _ANSWERED:
            return Decision(right, confidence)
        named = " or ".join(f"“{word}”" for word in absent)
        return Decision([], confidence, f"The nearest article says nothing of {named}." if absent else None)

    def examine(self, question: str, evidence: list[Evidence]) -> tuple[list[Evidence], Signs | None, tuple[str, ...]]:
        """Return the sentences of the wanted type, the signs, and the names and numbers that the article lacks.

        There are no signs where there is nothing to examine.
        """
        encoder = self._encoder
        assert isinstance(encoder, TokenEncoder)  # noqa: S101 - for the type checker; callers have looked
        words = question_words(encoder, question)
        if not evidence or not words:
            return [], None, ()
        vectors = word_vectors(encoder, words)
        wanted = self._types.wanted(vectors, words)
        right = [
            sentence for sentence in evidence if self._types.holds(sentence.text, wanted, sentence.hit.passage.language)
        ]
        best = right[0] if right else evidence[0]
        weights = word_weights(encoder, words)
        weights = np.where(self._types.interrogative(vectors), 0.0, weights)
        weights = weights / max(float(weights.sum()), 1e-9)
        found = best.hit.passage
        texts = sorted({e.hit.passage.text for e in evidence if e.hit.passage.article_id == found.article_id})
        each = self._covered(encoder, words, texts)
        passage, article = each[texts.index(found.text)], each.max(axis=0)
        cased = capitals_mean_names(question)
        named = [is_name(word.text, first=number == 0, cased=cased) for number, word in enumerate(words)]
        absent = tuple(
            word.text for word, name, there in zip(words, named, article, strict=True) if name and there < _MISSING
        )
        signs = Signs(
            shortfall=float(weights @ (1.0 - passage) ** 2),
            missing_name=float(bool(absent)),
            type_gap=best.score - evidence[0].score if right else -1.0,
            cosine=best.cosine,
        )
        return right, signs, absent

    @cached_property
    def _types(self) -> AnswerTypes:
        assert isinstance(self._encoder, TokenEncoder)  # noqa: S101 - for the type checker; callers have looked
        return AnswerTypes(self._encoder)

    @staticmethod
    def _covered(encoder: TokenEncoder, words: list[Word], texts: list[str]) -> NDArray[np.float32]:
        """Return how well each text covers each word, shape (texts, words); a name's other spelling covers it."""
        each = np.stack([coverage(encoder, words, tokens.ids) for tokens in encoder.tokenize(texts)])
        names = [("".join(word.text for word in words[first:end]), first, end) for first, end in word_runs(words)]
        for row, text in zip(each, texts, strict=True):
            capitalised = {word for word in text.split() if word[:1].isupper()}
            for name, first, end in names:
                if any(spelled_alike(name, other) for other in capitalised):
                    row[first:end] = 1.0
        return each
