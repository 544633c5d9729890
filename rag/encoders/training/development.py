"""Scores on what was held out of training: how often a sentence finds its translation, a question its passage."""

from dataclasses import dataclass

import numpy as np
import torch

from rag.encoders.training.batches import pad
from rag.encoders.training.losses import late_scores, look_up, mean_scores
from rag.encoders.training.recipe import Recipe
from rag.encoders.training.tokens import TokenPairs

SMALLEST = 40  # pairs; a percentage of fewer says little


@dataclass(frozen=True)
class GroupScore:
    """Retrieval accuracy within one group: the share of texts whose partner scores highest among the group's.

    Translations are sought in both directions and averaged, passages only from the question.
    """

    group: str
    pairs: int
    mean: float
    late: float


def score_groups(table: torch.Tensor, pairs: TokenPairs, names: list[str], recipe: Recipe) -> list[GroupScore]:
    """Score each held-out group of at least SMALLEST pairs with the token vectors `table` (vocabulary, dimensions)."""
    scores = []
    for number, name in enumerate(names):
        rows = np.flatnonzero(pairs.group == number)
        if len(rows) >= SMALLEST:
            scores.append(_score_group(table, pairs, rows, name, recipe))
    return scores


def average(scores: list[GroupScore]) -> tuple[float, float]:
    """Return the unweighted averages (mean-pooled, late interaction) over groups; 0 where there are none."""
    if not scores:
        return 0.0, 0.0
    return sum(s.mean for s in scores) / len(scores), sum(s.late for s in scores) / len(scores)


@torch.no_grad()
def _score_group(table: torch.Tensor, pairs: TokenPairs, rows: np.ndarray, name: str, recipe: Recipe) -> GroupScore:
    both_ways = "-" in name
    limit = recipe.late_passage_tokens
    left = look_up(table, torch.from_numpy(pad([pairs.left.row(int(i), limit) for i in rows])))
    right = look_up(table, torch.from_numpy(pad([pairs.right.row(int(i), limit) for i in rows])))
    # Equal texts (a passage with several questions) count as found whichever of them comes first.
    partner = np.unique(pad([pairs.right.row(int(i), limit) for i in rows]), axis=0, return_inverse=True)[1].reshape(-1)
    mean, late = mean_scores(left, right), late_scores(left, right)
    found = [_accuracy(mean, partner), _accuracy(late, partner)]
    if both_ways:
        order = np.arange(len(rows))
        found[0] = (found[0] + _accuracy(mean.T, order)) / 2
        found[1] = (found[1] + _accuracy(late_scores(right, left), order)) / 2
    return GroupScore(name, len(rows), found[0], found[1])


def _accuracy(scores: torch.Tensor, partner: np.ndarray) -> float:
    return float((partner[scores.argmax(dim=1).numpy()] == partner).mean())
