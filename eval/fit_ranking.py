"""Fits how sentences are ranked, on development questions, and prints the weights.

    python -m eval.fit_ranking

A conditional logit (McFadden 1974): the weights make the evidence likely among all sentences retrieved. What is printed
goes into :mod:`rag.answering.ranking`, by hand and on purpose; the figures are of questions left out of six fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from eval.development import archive_of, read_development
from eval.gold_set import Question
from eval.metrics.overlap import cites
from rag.answering.answer_type import AnswerTypes
from rag.answering.ranking import NAMES, Sentence, sentence_signs, sentences_of
from rag.answers import Hit
from rag.articles import Span
from rag.encoders import BUNDLED, StaticEncoder

_EVIDENCE_PASSAGES = 10
_RIDGE = 0.02
_FOLDS = 6
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """The sentences retrieved for one question.

    :param signs: shape (sentences, signs).
    :param right: which of them are evidence, shape (sentences,).
    """

    signs: Matrix
    right: NDArray[np.bool_]


def samples() -> Iterator[tuple[int, Sample]]:
    """Yield the answerable questions' sentences, each with the number of its set."""
    encoder = StaticEncoder(BUNDLED)
    types = AnswerTypes(encoder)
    for number, (questions, files) in enumerate(read_development()):
        with archive_of(files) as (archive, ids):
            for question in questions:
                hits = archive.search(question.question, _EVIDENCE_PASSAGES)
                sentences = sentences_of(hits)
                if question.answerable and sentences:
                    signs = sentence_signs(encoder, types, question.question, hits, sentences).matrix()
                    yield number, Sample(signs.astype(np.float64), _right(question, ids, hits, sentences))


def _right(
    question: Question, ids: dict[str, str], hits: Sequence[Hit], sentences: Sequence[Sentence]
) -> NDArray[np.bool_]:
    evidence = [Span(ids[found.article], found.start, found.end) for found in question.evidence]
    spans = [Span(hits[found.passage].passage.article_id, found.start, found.end) for found in sentences]
    return np.array([any(cites(span, one) for one in evidence) for span in spans])


def fit(train: Sequence[Sample]) -> Matrix:
    """Return the weights, shape (signs,): penalised maximum likelihood."""
    train = [sample for sample in train if sample.right.any()]
    every = np.concatenate([sample.signs for sample in train])
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-9
    scaled = [((sample.signs - mean) / deviation, sample.right) for sample in train]

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


def rank(sample: Sample, weights: Matrix) -> int | None:
    """Return the rank of the first sentence that is evidence, from 1; None if none is."""
    order = np.argsort(-(sample.signs @ weights), kind="stable")
    found = np.flatnonzero(sample.right[order])
    return int(found[0]) + 1 if len(found) else None


def main() -> None:
    """Fit and print."""
    read = list(samples())
    folds = np.random.default_rng(0).integers(0, _FOLDS, len(read))
    ranks: dict[int, list[int | None]] = {}
    for fold in range(_FOLDS):
        weights = fit([sample for (_, sample), own in zip(read, folds, strict=True) if own != fold])
        for (number, sample), own in zip(read, folds, strict=True):
            if own == fold:
                ranks.setdefault(number, []).append(rank(sample, weights))
    for number, found in sorted(ranks.items()):
        first, three = (np.mean([one is not None and one <= best for one in found]) for best in (1, 3))
        typer.echo(f"set {number}: {len(found)} questions, evidence first {first:.3f}, in the first three {three:.3f}")
    typer.echo(f"# {', '.join(NAMES)}")
    typer.echo(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in fit([sample for _, sample in read]))})")


if __name__ == "__main__":
    typer.run(main)
