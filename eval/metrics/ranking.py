"""Figures over ranks: recall@k, mean reciprocal rank and mean average precision, as retrieval defines them.

A rank counts from 1; None stands for what was not among the results.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankFigures:
    """Figures over questions that have one right result each.

    :param n: how many questions.
    :param recall_at_1: share of the questions whose right result is the first; None without questions.
    :param recall_at_10: … is among the first ten.
    :param mrr: mean reciprocal rank; what was not found counts 0.
    """

    n: int
    recall_at_1: float | None
    recall_at_10: float | None
    mrr: float | None


def rank_figures(ranks: Sequence[int | None]) -> RankFigures:
    """Return the figures of one right result's rank for each question."""
    return RankFigures(len(ranks), recall(ranks, 1), recall(ranks, 10), mean(1 / rank if rank else 0 for rank in ranks))


def recall(ranks: Sequence[int | None], k: int) -> float | None:
    """Return the share of the ranks that are ``k`` or better: recall@k where one result is right."""
    return mean(rank is not None and rank <= k for rank in ranks)


def average_precision(ranks: Sequence[int | None]) -> float:
    """Return average precision: the mean, over all right results, of the precision at each one's rank.

    The precision at a rank is the share of right results down to it; a right result that was not found counts 0.
    Averaged over questions it is mAP, the figure of LAReQA (arXiv 2004.05484).

    :param ranks: the rank of each right result, in any order.
    :raises ValueError: nothing is right.
    """
    if not ranks:
        raise ValueError("average precision needs at least one right result")
    found = sorted(rank for rank in ranks if rank is not None)
    return sum(number / rank for number, rank in enumerate(found, start=1)) / len(ranks)


def mean(values: Iterable[float]) -> float | None:
    """Return the mean, None of nothing."""
    counted = list(values)
    return sum(counted) / len(counted) if counted else None
