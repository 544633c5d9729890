"""When the archive does not answer: the evidence does not speak of what the question asks.

A logistic regression over a few signs, each a number a person can follow. Within one language a word that is missing
is missing; across languages it may only be far from its translation, so each of the two has weights of its own. They
were fitted by :mod:`eval.fit_abstention` on development questions, never on those that measure it.
"""

from dataclasses import astuple, dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.answering.answer_type import AnswerTypes
from rag.answering.coverage import Word, coverage, question_words, word_runs, word_vectors, word_weights
from rag.answering.evidence import Evidence
from rag.encoders import Encoder, TokenEncoder
from rag.ingest import detect_language
from rag.names import capitals_mean_names, is_name, spelled_alike

SAME_LANGUAGE = (1.245, (-5.997, 0.000, -1.150, -2.217, 0.000))
ACROSS_LANGUAGES = (1.442, (-10.639, -1.010, -1.547, -1.206, 0.226))
"""Intercept, and weights of the fields of :class:`Signs` that are numbers, in their order."""
_ANSWERED = 0.5
"""Confidence from which a question is answered."""
_MISSING = 0.5
"""Cosine below which a word counts as not there."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against an answer.

    :param gravest: weight of the word that the best sentence's passage lacks most, times how much it lacks it, 0 to 1.
    :param shortfall: how much of the question that passage leaves uncovered, squared and weighted, 0 to 1.
    :param absent: weight of the words that no retrieved passage has, 0 to 1.
    :param missing_name: 1 if a name or number of the question is nowhere in the retrieved passages of the article.
    :param score: log-odds with which the best sentence was ranked (:mod:`rag.answering.ranking`).
    :param same_language: whether question and passage are in the same language.
    """

    gravest: float
    shortfall: float
    absent: float
    missing_name: float
    score: float
    same_language: bool

    @property
    def numbers(self) -> tuple[float, ...]:
        """The signs that have weights."""
        return astuple(self)[:-1]

    @property
    def logit(self) -> float:
        """Log-odds that the evidence answers, above 0 where it rather does."""
        intercept, weights = SAME_LANGUAGE if self.same_language else ACROSS_LANGUAGES
        return intercept + float(np.dot(weights, self.numbers))


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
        right = [sentence for sentence in evidence if sentence.fits]
        best = (right or evidence)[0]
        weights = word_weights(encoder, words)
        asks = self._types.interrogative(vectors)
        weights = np.where(asks, 0.0, weights) if not asks.all() else weights
        weights = weights / max(float(weights.sum()), 1e-9)
        passages = list({id(e.hit): e.hit.passage for e in evidence}.values())
        each = self._covered(encoder, words, [passage.text for passage in passages])
        of_article = [passage.article_id == best.hit.passage.article_id for passage in passages]
        passage, article = each[passages.index(best.hit.passage)], each[of_article].max(axis=0)
        cased = capitals_mean_names(question)
        named = [is_name(word.text, first=number == 0, cased=cased) for number, word in enumerate(words)]
        absent = tuple(
            word.text for word, name, there in zip(words, named, article, strict=True) if name and there < _MISSING
        )
        signs = Signs(
            gravest=float((weights * (1.0 - passage)).max()),
            shortfall=float(weights @ (1.0 - passage) ** 2),
            absent=float(weights[each.max(axis=0) < _MISSING].sum()),
            missing_name=float(bool(absent)),
            score=best.score,
            same_language=detect_language(question) == best.hit.passage.language,
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
