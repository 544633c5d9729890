"""What answers cost: time, tokens and money."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import add

import numpy as np

from eval.metrics.judging import Judgement
from rag.answers import Usage

_EDGES = (0.0, *(step * 10.0**power for power in range(6) for step in (1, 2, 5)))
"""0, 1, 2, 5, 10 … 500,000 ms: the same bins for every run, so that two can be compared."""


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, in milliseconds; None where none was given.

    :param p95: 95 of 100 took no longer.
    :param histogram: bins as lower end (inclusive), upper end and number of questions, ascending, from the first to the
        last that is not empty; what took longer than the last bin counts in it.
    """

    median: float | None
    p95: float | None
    histogram: tuple[tuple[float, float, int], ...]


def latency(judgements: Iterable[Judgement]) -> Latency:
    """Return how long the questions that were asked took."""
    taken = [judgement.row.seconds * 1000 for judgement in judgements if judgement.row]
    if not taken:
        return Latency(None, None, ())
    bins = list(pairwise(_EDGES))
    counts = Counter(min(bisect_right(_EDGES, each) - 1, len(bins) - 1) for each in taken)
    histogram = tuple((*bins[number], counts[number]) for number in range(min(counts), max(counts) + 1))
    median, p95 = (float(each) for each in np.percentile(taken, (50, 95)))
    return Latency(median, p95, histogram)


def usage(judgements: Iterable[Judgement]) -> Usage | None:
    """Return what the chat model counted for all questions together, None where none was asked or it does not say."""
    counted = [judgement.row.answer.usage for judgement in judgements if judgement.row and judgement.row.answer.usage]
    return reduce(add, counted) if counted else None
