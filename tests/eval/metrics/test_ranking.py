"""Figures over literal ranks, each worked out by hand."""

import pytest

from eval.metrics.ranking import RankFigures, average_precision, mean, rank_figures, recall


class TestRankFigures:
    def test_by_hand(self):
        found = rank_figures([1, 2, 10, 11, None])
        assert (found.n, found.recall_at_1, found.recall_at_10) == (5, 0.2, 0.6)
        assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 10 + 1 / 11) / 5)

    def test_of_nothing(self):
        assert rank_figures([]) == RankFigures(0, None, None, None)


class TestRecall:
    @pytest.mark.parametrize(("k", "share"), [(1, 0.25), (2, 0.5), (3, 0.75), (100, 0.75)])
    def test_at_k(self, k, share):
        assert recall([3, None, 1, 2], k) == share


class TestAveragePrecision:
    @pytest.mark.parametrize(
        ("ranks", "value"),
        [
            ([1], 1),
            ([4], 1 / 4),
            ([1, 2, 3], 1),
            ([3, 1], (1 / 1 + 2 / 3) / 2),
            ([2, 5, 6], (1 / 2 + 2 / 5 + 3 / 6) / 3),
            ([1, None], 1 / 2),
            ([None, None], 0),
        ],
    )
    def test_by_hand(self, ranks, value):
        assert average_precision(ranks) == pytest.approx(value)

    def test_needs_something_right(self):
        with pytest.raises(ValueError, match="at least one right result"):
            average_precision([])


class TestMean:
    def test_of_nothing_is_none(self):
        assert mean(iter(())) is None
        assert mean([1, 2]) == 1.5
