"""A mean and how far it may be trusted: the percentile bootstrap over questions (Efron & Tibshirani 1993, ch. 13)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
"""What Efron and Tibshirani call enough for a 95 % interval (1,000 or more)."""
_SEED = 0
_PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95 % interval; all None where there is no question.

    Where all questions have the same value the interval is that value: it tells how the questions differ, not what
    other questions would bring.

    :param low: lower end of the interval.
    :param high: upper end.
    :param n: over how many questions.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of one value a question. The same values in the same order give the same interval."""
    if not values:
        return Estimate(None, None, None, 0)
    data = np.asarray(values, dtype=np.float64)
    chosen = np.random.default_rng(_SEED).integers(len(data), size=(RESAMPLES, len(data)))
    low, high = np.percentile(data[chosen].mean(axis=1), _PERCENTILES)
    return Estimate(float(data.mean()), float(low), float(high), len(data))


def difference(ours: Sequence[float | None], theirs: Sequence[float | None]) -> Estimate:
    """Return the mean of ``ours - theirs``, question by question; above 0, ours is the larger.

    :param ours: a value for each question, None where it does not count; such a question is left out of both.
    :param theirs: values for the same questions in the same order.
    :raises ValueError: one has more questions than the other.
    """
    pairs = zip(ours, theirs, strict=True)
    return estimate([mine - other for mine, other in pairs if mine is not None and other is not None])
