"""Fits when the archive abstains, on development questions, and prints the weights and the risk–coverage curve.

    python -m eval.fit_abstention eval/gold/dev/questions.jsonl

Each article is tried alone and all of them together in one archive, so that the weights serve small and large ones. The
printed figures are of the fitted weights on the questions left out of ten fits. ``eval/gold/seed.jsonl`` measures the
archive and is not for fitting. What is printed goes into :mod:`rag.answering.abstention`, by hand and on purpose.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

import rag
from eval.gold_set import Question, articles_of, read_gold
from rag.answering.abstention import Abstention, Signs
from rag.answering.evidence import rank_sentences
from rag.encoders import BUNDLED, StaticEncoder

MAY_BE_REFUSED = 0.25
"""The share of answerable development questions that may be refused; the threshold is the strictest that keeps it.

Between .15 and .25 what is gained in refusing rightly is lost in refusing wrongly, one for one; the strictest of these
is taken, because an answer about something else costs a fact-checker more than a refusal."""
_RIDGE = 3.0
"""Penalty on the squared weights of standardised signs: with 600 samples of four signs it only guards against ties."""
_FOLDS = 10
_EVIDENCE_PASSAGES = 10

Matrix = NDArray[np.float64]


def signs_of(questions: Sequence[Question], files: Sequence[Path], encoder: StaticEncoder) -> Iterator[Signs]:
    """Yield the signs of each question asked of an archive of these files."""
    abstention = Abstention(encoder)
    with tempfile.TemporaryDirectory() as folder, rag.Archive.open(folder, rag.Settings(encoder=None)) as archive:
        archive.add(files)
        for question in questions:
            hits = archive.search(question.question, _EVIDENCE_PASSAGES)
            _, signs, _ = abstention.examine(question.question, rank_sentences(encoder, question.question, hits))
            if signs is not None:
                yield signs


def fit(signs: Matrix, answerable: NDArray[np.bool_]) -> tuple[Matrix, float]:
    """Return weights, shape (signs,), and intercept of a ridge logistic regression, by Newton's method.

    Both classes weigh the same, so that the intercept does not depend on how many unanswerable questions were written.
    """
    mean, deviation = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    design = np.column_stack([(signs - mean) / deviation, np.ones(len(signs))])
    penalty = np.diag([_RIDGE] * signs.shape[1] + [0.0])
    balance = np.where(answerable, 0.5 / answerable.mean(), 0.5 / (~answerable).mean())
    solution = np.zeros(design.shape[1])
    for _ in range(50):
        probability = 1.0 / (1.0 + np.exp(-design @ solution))
        gradient = design.T @ (balance * (probability - answerable)) + penalty @ solution
        hessian = (design * (balance * probability * (1.0 - probability))[:, None]).T @ design + penalty
        solution = solution - np.linalg.solve(hessian, gradient)
    weights = solution[:-1] / deviation
    return weights, float(solution[-1] - weights @ mean)


def left_out_logits(signs: Matrix, answerable: NDArray[np.bool_], groups: NDArray[np.int64]) -> Matrix:
    """Return each sample's logit by weights fitted without its fold; samples of one question share a fold."""
    logits = np.zeros(len(signs))
    for fold in range(_FOLDS):
        held = groups % _FOLDS == fold
        weights, intercept = fit(signs[~held], answerable[~held])
        logits[held] = signs[held] @ weights + intercept
    return logits


def main(
    gold: Annotated[Path, typer.Argument(help="Development questions, JSON lines.")],
) -> None:
    """Fit and print."""
    questions, encoder = read_gold(gold), StaticEncoder(BUNDLED)
    files = sorted(articles_of(gold).glob("*.txt"))
    samples: list[tuple[Signs, bool, int]] = []
    numbers = {question.id: number for number, question in enumerate(questions)}
    for group in [files, *([file] for file in files)]:
        about = [q for q in questions if any(q.id.startswith(file.stem) for file in group)]
        found = signs_of(about, group, encoder)
        samples += [(sign, q.answerable, numbers[q.id]) for q, sign in zip(about, found, strict=True)]
    signs = np.array([astuple(sign) for sign, _, _ in samples], dtype=np.float64)
    answerable = np.array([is_answerable for _, is_answerable, _ in samples])
    logits = left_out_logits(signs, answerable, np.array([number for _, _, number in samples]))
    weights, intercept = fit(signs, answerable)
    typer.echo(f"{len(samples)} samples of {len(questions)} questions; left-out figures:")
    typer.echo("answerable refused  unanswerable refused")
    for share in (0.05, 0.10, 0.15, 0.20, 0.25, 0.30):
        threshold = np.quantile(logits[answerable], share)
        typer.echo(f"{share:18.2f}  {(logits[~answerable] < threshold).mean():20.2f}")
    for name in range(signs.shape[1]):
        typer.echo(f"# {fields(Signs)[name].name}: area alone {_area(signs[:, name], answerable):.3f}")
    threshold = float(np.quantile(signs[answerable] @ weights + intercept, MAY_BE_REFUSED))
    typer.echo(f"area under the ROC curve {_area(logits, answerable):.3f}")
    typer.echo(f"INTERCEPT = {intercept - threshold:.3f}")
    typer.echo(f"WEIGHTS = ({', '.join(f'{weight:.3f}' for weight in weights)})")


def _area(values: Matrix, answerable: NDArray[np.bool_]) -> float:
    """Return the share of (answerable, unanswerable) pairs in which the answerable one has the greater value."""
    differences = values[answerable][:, None] - values[~answerable][None, :]
    return float((differences > 0).mean() + 0.5 * (differences == 0).mean())


if __name__ == "__main__":
    typer.run(main)
