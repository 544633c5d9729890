"""Rows that resemble each other, so that a batch holds near misses instead of anything."""

import numpy as np
import torch
from torch.nn.functional import embedding_bag, normalize

from rag.encoders.training.tokens import TokenPairs, TokenRows

CHUNK = 20_000  # texts pooled at once, a bound on memory


def pair_vectors(table: torch.Tensor, pairs: TokenPairs, rows: np.ndarray, limit: int) -> np.ndarray:
    """Return the sum of both sides' mean-pooled unit vectors, float32 of shape (rows, dimensions).

    :param table: token vectors, shape (vocabulary, dimensions), without gradient.
    :param limit: tokens read of a text.
    """
    left, right = (_mean_vectors(table, side, rows, limit) for side in (pairs.left, pairs.right))
    both: np.ndarray = left + right
    return both


def leaves(vectors: np.ndarray, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Divide the vectors into groups of neighbours; every vector is in exactly one.

    A group is cut at its median along the line between two of its points drawn at random, again and again until none
    is larger than `size` (random projection trees, Dasgupta and Freund 2008; the cut between two points as in Annoy).

    :return: indices into `vectors`, int64, at most `size` each.
    """
    todo, done = [np.arange(len(vectors))], []
    while todo:
        group = todo.pop()
        if len(group) <= size:
            done.append(group)
            continue
        one, other = vectors[group[rng.integers(len(group), size=2)]]
        half = len(group) // 2
        order = np.argpartition(vectors[group] @ (one - other), half)
        todo += [group[order[:half]], group[order[half:]]]
    return done


def _mean_vectors(table: torch.Tensor, texts: TokenRows, rows: np.ndarray, limit: int) -> np.ndarray:
    parts = [np.zeros((0, table.shape[1]), dtype=np.float32)]
    for start in range(0, len(rows), CHUNK):
        ids = [texts.row(int(i), limit) for i in rows[start : start + CHUNK]]
        starts = np.cumsum([0] + [len(row) for row in ids[:-1]])
        flat = torch.from_numpy(np.concatenate(ids).astype(np.int64)).to(table.device)
        pooled = embedding_bag(flat, table, torch.from_numpy(starts).to(table.device), mode="mean")
        parts.append(normalize(pooled, dim=1).cpu().numpy())
    return np.concatenate(parts)
