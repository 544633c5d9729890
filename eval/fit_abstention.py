"""Fits when the archive abstains, on development questions, and prints the weights and the risk–coverage curve.

    python -m eval.fit_abstention

Each article or story is tried alone and all of a set together in one archive, so that the weights serve small and large
ones; each is also asked what another one answers, which it does not. The printed figures are of the fitted weights on
the questions left out of ten fits. What is printed goes into :mod:`rag.answering.abstention`, by hand and on purpose.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from eval.development import about, archive_of, read_development, retrieved, subjects
from eval.gold_set import Question
from rag.answering.abstention import Abstention, Signs
from rag.answering.evidence import RANKED_PASSAGES, SentenceRanker, best_passages
from rag.encoders import BUNDLED, StaticEncoder

MAY_BE_REFUSED = 0.15
"""The share of answerable development questions that may be refused; the threshold is the strictest that keeps it.

Between .15 and .25 what is gained in refusing rightly is lost in refusing wrongly, one for one. A quoted sentence that
does not answer can be seen for what it is; an answer that is withheld cannot be seen at all."""
_RIDGE = 3.0
"""Penalty on the squared weights of standardised signs: with hundreds of samples it only guards against ties."""
_FOLDS = 10

Matrix = NDArray[np.float64]
Bound = tuple[float | None, float | None]
FREE: Bound = (None, None)
DIRECTIONS: tuple[Bound, ...] = (*[(None, 0.0)] * 4, (0.0, None))
"""What each of :class:`Signs` may say: what is lacking speaks against an answer, the ranking's score for it. Free
weights would learn from near misses, which have the article's words, to answer a question of which it says nothing."""


def signs_of(questions: Sequence[Question], files: Sequence[Path], encoder: StaticEncoder) -> Iterator[Signs | None]:
    """Yield the signs of each question asked of an archive of these files, None where there are none."""
    abstention, rank = Abstention(encoder), SentenceRanker(encoder)
    with archive_of(files) as (archive, _):
        for question in questions:
            hits = retrieved(archive, question, RANKED_PASSAGES)
            _, evidence = best_passages(hits, rank(question.question, hits))
            yield abstention.examine(question.question, evidence)[1]


def fit(signs: Matrix, answerable: NDArray[np.bool_], bounds: Sequence[Bound] = ()) -> tuple[Matrix, float]:
    """Return weights, shape (signs,), and intercept of a ridge logistic regression.

    Both classes weigh the same, so that the intercept does not depend on how many unanswerable questions were written.

    :param bounds: between which each weight lies; without any they are free.
    """
    mean, deviation = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    design = np.column_stack([(signs - mean) / deviation, np.ones(len(signs))])
    balance = np.where(answerable, 0.5 / answerable.mean(), 0.5 / (~answerable).mean())
    sides = np.where(answerable, 1.0, -1.0)
    ridge = np.array([_RIDGE] * signs.shape[1] + [0.0])

    def loss(solution: Matrix) -> tuple[float, Matrix]:
        margin = sides * (design @ solution)
        wrong = balance * sides * np.exp(-np.logaddexp(0.0, margin))
        total = balance @ np.logaddexp(0.0, -margin) + 0.5 * ridge @ solution**2
        return float(total), -design.T @ wrong + ridge * solution

    limits = [*(bounds or [FREE] * signs.shape[1]), FREE]
    start = np.zeros(design.shape[1])
    solution = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"ftol": 1e-12}).x
    weights = solution[:-1] / deviation
    return weights, float(solution[-1] - weights @ mean)


def left_out_logits(
    signs: Matrix, answerable: NDArray[np.bool_], groups: NDArray[np.int64], bounds: Sequence[Bound] = ()
) -> Matrix:
    """Return each sample's logit by weights fitted without its fold; samples of one question share a fold."""
    logits = np.zeros(len(signs))
    for fold in range(_FOLDS):
        held = groups % _FOLDS == fold
        weights, intercept = fit(signs[~held], answerable[~held], bounds)
        logits[held] = signs[held] @ weights + intercept
    return logits


def main() -> None:
    """Fit and print."""
    encoder = StaticEncoder(BUNDLED)
    samples: list[tuple[Signs, bool, int]] = []
    for questions, files in read_development():
        numbers = {question.id: len(samples) + number for number, question in enumerate(questions)}
        alone = subjects(questions, files)
        own = [(group, group) for group in (files, *alone)]
        others = zip(alone, [*alone[1:], alone[0]], strict=True)
        for group, subject in (*own, *others):
            asked = [question for question in questions if any(about(question, file) for file in subject)]
            found = zip(asked, signs_of(asked, group, encoder), strict=True)
            samples += [
                (signs, question.answerable and subject is group, numbers[question.id])
                for question, signs in found
                if signs
            ]
    for name, same in (("SAME_LANGUAGE", True), ("ACROSS_LANGUAGES", False)):
        _fit_and_print(name, [sample for sample in samples if sample[0].same_language is same])


def _fit_and_print(name: str, samples: Sequence[tuple[Signs, bool, int]]) -> None:
    signs = np.array([found.numbers for found, _, _ in samples], dtype=np.float64)
    answerable = np.array([is_answerable for _, is_answerable, _ in samples])
    logits = left_out_logits(signs, answerable, np.array([number for _, _, number in samples]), DIRECTIONS)
    weights, intercept = fit(signs, answerable, DIRECTIONS)
    typer.echo(f"{name}: {len(samples)} samples; left-out figures:")
    typer.echo("answerable refused  unanswerable refused")
    for share in (0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.40):
        threshold = np.quantile(logits[answerable], share)
        typer.echo(f"{share:18.2f}  {(logits[~answerable] < threshold).mean():20.2f}")
    typer.echo(f"area under the ROC curve {_area(logits, answerable):.3f}")
    threshold = float(np.quantile(signs[answerable] @ weights + intercept, MAY_BE_REFUSED))
    typer.echo(f"{name} = ({intercept - threshold:.3f}, ({', '.join(f'{weight:.3f}' for weight in weights)}))\n")


def _area(values: Matrix, answerable: NDArray[np.bool_]) -> float:
    """Return the share of (answerable, unanswerable) pairs in which the answerable one has the greater value."""
    differences = values[answerable][:, None] - values[~answerable][None, :]
    return float((differences > 0).mean() + 0.5 * (differences == 0).mean())


if __name__ == "__main__":
    typer.run(main)
