"""Fits how sentences and passages are ranked, on development questions, and prints the weights.

    python -m eval.fit_ranking

Conditional logits (McFadden 1974): the weights make the evidence likely among all sentences retrieved, and its passage
among all passages. What is printed goes into :mod:`rag.answering.ranking` and :mod:`rag.answering.evidence`, by hand
and on purpose; the figures are of questions left out of six fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from eval.development import archive_of, read_development, retrieved
from eval.gold_set import Question
from eval.metrics.overlap import cites, holds
from rag.answering.answer_type import AnswerTypes
from rag.answering.evidence import RANKED_PASSAGES
from rag.answering.ranking import NAMES, Sentence, sentence_signs, sentences_of
from rag.answers import Hit
from rag.articles import Span
from rag.encoders import BUNDLED, StaticEncoder

_RIDGE = 0.02
_FOLDS = 6
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """What was retrieved for one question.

    :param story: the article or story it is about; those of one are fitted and left out together.
    :param signs: of the sentences, shape (sentences, signs).
    :param right: which sentences are evidence, shape (sentences,).
    :param of: the passage of each sentence, shape (sentences,).
    :param scores: of the passages as they were found, shape (passages,).
    :param holding: which passages hold evidence, shape (passages,).
    """

    story: str
    signs: Matrix
    right: NDArray[np.bool_]
    of: NDArray[np.int64]
    scores: Matrix
    holding: NDArray[np.bool_]

    def passages(self, weights: Matrix) -> Matrix:
        """Return each passage's own score beside its best sentence's by these weights, shape (passages, 2)."""
        best = np.full(len(self.scores), (self.signs @ weights).min())
        np.maximum.at(best, self.of, self.signs @ weights)
        return np.column_stack([self.scores, best])


Choice = tuple[Matrix, NDArray[np.bool_]]
"""Signs of what may be chosen, shape (choices, signs), and which are right."""


def samples() -> Iterator[tuple[int, Sample]]:
    """Yield what is retrieved for the answerable questions, each with the number of its set."""
    encoder = StaticEncoder(BUNDLED)
    types = AnswerTypes(encoder)
    for number, (questions, files) in enumerate(read_development()):
        with archive_of(files) as (archive, ids):
            for question in questions:
                hits = retrieved(archive, question, RANKED_PASSAGES)
                sentences = sentences_of(hits)
                if question.answerable and sentences:
                    signs = sentence_signs(encoder, types, question.question, hits, sentences).matrix()
                    yield number, _sample(question, ids, hits, sentences, signs.astype(np.float64))


def _sample(
    question: Question, ids: dict[str, str], hits: Sequence[Hit], sentences: Sequence[Sentence], signs: Matrix
) -> Sample:
    evidence = [Span(ids[found.article], found.start, found.end) for found in question.evidence]
    spans = [Span(hits[found.passage].passage.article_id, found.start, found.end) for found in sentences]
    return Sample(
        question.id.rpartition("-")[0],
        signs,
        np.array([any(cites(span, one) for one in evidence) for span in spans]),
        np.array([sentence.passage for sentence in sentences]),
        np.array([hit.score for hit in hits]),
        np.array([any(holds(hit.passage, one) for one in evidence) for hit in hits]),
    )


def fit(choices: Sequence[Choice]) -> Matrix:
    """Return the weights, shape (signs,): penalised maximum likelihood."""
    choices = [(signs, right) for signs, right in choices if right.any()]
    every = np.concatenate([signs for signs, _ in choices])
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-9
    scaled = [((signs - mean) / deviation, right) for signs, right in choices]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for signs, right in scaled:
            utility = np.exp(signs @ weights - (signs @ weights).max()) + 1e-300
            everyone, good = utility / utility.sum(), utility * right / (utility * right).sum()
            total -= float(np.log(everyone[right].sum())) / len(scaled)
            gradient = gradient + (everyone - good) @ signs / len(scaled)
        return total, gradient

    found = minimize(loss, np.zeros(every.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / deviation)


def fit_both(train: Sequence[Sample]) -> tuple[Matrix, float]:
    """Return the weights of the sentences' signs, and that of a passage's best sentence beside its own score."""
    weights = fit([(sample.signs, sample.right) for sample in train])
    own, best = fit([(sample.passages(weights), sample.holding) for sample in train])
    return weights, float(best / own)


def rank(scores: Matrix, right: NDArray[np.bool_]) -> float:
    """Return the rank of the first that is right, from 1; infinite if none is."""
    found = np.flatnonzero(right[np.argsort(-scores, kind="stable")])
    return float(found[0]) + 1 if len(found) else np.inf


def main() -> None:
    """Fit and print."""
    read = list(samples())
    stories = sorted({sample.story for _, sample in read})
    folds = dict(zip(stories, np.random.default_rng(0).permutation(len(stories)) % _FOLDS, strict=True))
    ranks: dict[int, list[tuple[float, float]]] = {}
    for fold in range(_FOLDS):
        weights, best = fit_both([sample for _, sample in read if folds[sample.story] != fold])
        for number, sample in read:
            if folds[sample.story] == fold:
                sentence = rank(sample.signs @ weights, sample.right)
                passage = rank(sample.passages(weights) @ np.array([1.0, best]), sample.holding)
                ranks.setdefault(number, []).append((sentence, passage))
    for number, found in sorted(ranks.items()):
        for name, column in zip(("sentence", "passage"), np.array(found).T, strict=True):
            first, three = ((column <= most).mean() for most in (1, 3))
            typer.echo(
                f"set {number}: {len(column)} questions, {name} first {first:.3f}, in the first three {three:.3f}"
            )
    weights, best = fit_both([sample for _, sample in read])
    typer.echo(f"# {', '.join(NAMES)}")
    typer.echo(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})")
    typer.echo(f"_SENTENCE = {best:.2f}")


if __name__ == "__main__":
    typer.run(main)
