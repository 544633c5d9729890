import numpy as np
import pytest
import torch
from torch.nn.functional import normalize

from rag.encoders.training.likeness import leaves, pair_vectors
from rag.encoders.training.tokens import TokenPairs, TokenRows


def rows(*texts):
    lengths = [len(text) for text in texts]
    return TokenRows(np.concatenate(texts).astype(np.int32), np.cumsum([0, *lengths]))


class TestLeaves:
    @pytest.mark.parametrize("count", [0, 1, 16, 17, 1000])
    def test_every_row_is_in_exactly_one(self, count):
        vectors = np.random.default_rng(1).normal(size=(count, 4)).astype(np.float32)
        found = leaves(vectors, 16, np.random.default_rng(2))
        assert sorted(np.concatenate(found).tolist()) == list(range(count))
        assert all(len(leaf) <= 16 for leaf in found)

    def test_equal_rows_are_divided_too(self):
        found = leaves(np.ones((40, 3), dtype=np.float32), 16, np.random.default_rng(0))
        assert sorted(len(leaf) for leaf in found) == [10, 10, 10, 10]

    def test_neighbours_come_together(self):
        rng = np.random.default_rng(3)
        centres = rng.normal(size=(8, 16)) * 100
        vectors = (np.repeat(centres, 16, axis=0) + rng.normal(size=(128, 16))).astype(np.float32)
        same = [len(set((leaf // 16).tolist())) for leaf in leaves(vectors, 16, np.random.default_rng(4))]
        assert np.mean(same) < 3

    def test_equal_seeds_give_equal_leaves(self):
        vectors = np.random.default_rng(1).normal(size=(100, 4)).astype(np.float32)
        first, second = (leaves(vectors, 8, np.random.default_rng(5)) for _ in range(2))
        assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


class TestPairVectors:
    def test_are_the_sum_of_both_sides_mean_pooled(self):
        table = torch.randn(6, 4, generator=torch.Generator().manual_seed(0))
        pairs = TokenPairs(rows([1, 2], [3]), rows([4], [5, 1, 2]), np.zeros(2), np.zeros(2))
        expected = normalize(table[3], dim=0) + normalize(table[[5, 1]].mean(0), dim=0)
        found = pair_vectors(table, pairs, np.array([1, 0]), limit=2)
        assert np.allclose(found[0], expected.numpy(), atol=1e-6)
