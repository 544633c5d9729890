"""Whether it is known what is not known: rates of wrong answers and refusals, and the risk–coverage curve."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.metrics.judging import Judgement
from eval.metrics.ranking import mean


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as far as abstention goes.

    :param answerable: whether it can be answered.
    :param answered: whether it was.
    :param confidence: how likely it can be, as the one who was asked says; 0 where nothing is said.
    """

    answerable: bool
    answered: bool
    confidence: float


def asked_of(judgements: Iterable[Judgement]) -> list[Asked]:
    """Return the questions that were asked; one missing from the run is none of them."""
    return [
        Asked(one.question.answerable, one.row.answer.answered, one.row.answer.confidence or 0.0)
        for one in judgements
        if one.row is not None
    ]


def hallucination_rate(asked: Iterable[Asked]) -> float | None:
    """Return the share of the unanswerable questions that were answered (NoMIRACL, Thakur et al. 2023)."""
    return mean(one.answered for one in asked if not one.answerable)


def error_rate(asked: Iterable[Asked]) -> float | None:
    """Return the share of the answerable questions that were refused (NoMIRACL)."""
    return mean(not one.answered for one in asked if one.answerable)


def risk_coverage(asked: Sequence[Asked]) -> tuple[tuple[float, float], ...]:
    """Return the risk–coverage curve (El-Yaniv & Wiener 2010).

    Where the most confident ones only were answered, whatever was: coverage, the share that would be, and risk, the
    share of those that cannot be answered; a point for each question, coverage ascending. Of equal confidence the
    unanswerable come first, so that the order of the questions makes no difference.
    """
    ordered = sorted(asked, key=lambda one: (-one.confidence, one.answerable))
    points: list[tuple[float, float]] = []
    wrong = 0
    for done, one in enumerate(ordered, start=1):
        wrong += not one.answerable
        points.append((done / len(ordered), wrong / done))
    return tuple(points)


def area_under_risk(asked: Sequence[Asked]) -> float | None:
    """Return the area under the risk–coverage curve: the mean risk over all coverages, 0 is best; None of nothing."""
    return mean(risk for _, risk in risk_coverage(asked))
