"""Scores on what was held out of training: how often a sentence finds its translation, a question its passage."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from rag.encoders.training.batches import pad
from rag.encoders.training.losses import Side, late_scores, look_up, mean_scores
from rag.encoders.training.recipe import Recipe
from rag.encoders.training.tokens import TokenPairs
from rag.encoders.training.words import WordRules, word_side

WAYS = ("mean", "late", "words")  # mean-pooled; late interaction over tokens; the same over words, rarity-weighted
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
    words: float


@dataclass(frozen=True)
class Scorer:
    """What the scores are made with: token vectors of shape (vocabulary, dimensions), and how tokens form words."""

    table: torch.Tensor
    rules: WordRules
    recipe: Recipe


def score_groups(scorer: Scorer, pairs: TokenPairs, names: list[str]) -> list[GroupScore]:
    """Score each held-out group of at least SMALLEST pairs."""
    scores = []
    for number, name in enumerate(names):
        rows = np.flatnonzero(pairs.group == number)
        if len(rows) >= SMALLEST:
            scores.append(_score_group(scorer, pairs, rows, name))
    return scores


def average(scores: list[GroupScore]) -> dict[str, float]:
    """Return the unweighted averages over groups by way of scoring; 0 where there are none."""
    return {way: sum(getattr(score, way) for score in scores) / max(1, len(scores)) for way in WAYS}


@torch.no_grad()
def _score_group(scorer: Scorer, pairs: TokenPairs, rows: np.ndarray, name: str) -> GroupScore:
    limit = scorer.recipe.late_passage_tokens
    left_ids = pad([pairs.left.row(int(i), limit) for i in rows])
    right_ids = pad([pairs.right.row(int(i), limit) for i in rows])
    # Equal texts (a passage with several questions) count as found whichever of them comes first.
    partner = np.unique(right_ids, axis=0, return_inverse=True)[1].reshape(-1)
    left, right = (look_up(scorer.table, torch.from_numpy(ids)) for ids in (left_ids, right_ids))
    asked, told = (word_side(scorer.table, ids, scorer.rules) for ids in (left_ids, right_ids))
    ways: tuple[tuple[Callable[[Side, Side], torch.Tensor], Side, Side], ...] = (
        (mean_scores, left, right),
        (late_scores, left, right),
        (late_scores, asked, told),
    )
    found = [_accuracy(score(query, document), partner) for score, query, document in ways]
    if "-" in name:  # translations: both ways
        order = np.arange(len(rows))
        back = [_accuracy(score(document, query), order) for score, query, document in ways]
        found = [(there + again) / 2 for there, again in zip(found, back, strict=True)]
    return GroupScore(name, len(rows), *found)


def _accuracy(scores: torch.Tensor, partner: np.ndarray) -> float:
    return float((partner[scores.argmax(dim=1).numpy()] == partner).mean())
