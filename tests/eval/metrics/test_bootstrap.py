import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.bootstrap import Estimate, difference, estimate

VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=40)
CLOSE = 1e-9


class TestEstimate:
    def test_of_nothing(self):
        assert estimate([]) == Estimate(None, None, None, 0)

    def test_a_share_has_about_the_interval_that_the_normal_distribution_gives_it(self):
        found = estimate([1.0] * 80 + [0.0] * 20)
        assert found.value == pytest.approx(0.8)
        assert (found.low, found.high) == pytest.approx((0.72, 0.88), abs=0.015)  # 0.8 ± 1.96 · √(0.8 · 0.2 / 100)

    @given(VALUES)
    def test_the_interval_holds_the_mean_and_lies_between_the_extremes(self, values):
        found = estimate(values)
        assert found.n == len(values)
        assert found.value == pytest.approx(sum(values) / len(values))
        assert min(values) - CLOSE <= found.low <= found.value + CLOSE
        assert found.value - CLOSE <= found.high <= max(values) + CLOSE

    @given(VALUES)
    def test_is_deterministic(self, values):
        assert estimate(values) == estimate(values)

    @given(st.integers(1, 9))
    def test_is_narrower_with_more_questions(self, right):
        few, many = ([1.0] * right * times + [0.0] * (10 - right) * times for times in (2, 40))
        assert _width(estimate(many)) < _width(estimate(few))

    @given(VALUES, st.floats(-1, 1))
    def test_moves_with_the_values(self, values, shift):
        found, moved = estimate(values), estimate([value + shift for value in values])
        assert (moved.low, moved.high) == pytest.approx((found.low + shift, found.high + shift))


class TestDifference:
    def test_is_paired(self):
        found = difference([0.1, 0.5, 0.9], [0.0, 0.4, 0.8])
        assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))

    def test_leaves_out_what_counts_for_one_only(self):
        assert difference([1.0, None, 0.0, None], [0.0, 1.0, None, None]) == Estimate(1.0, 1.0, 1.0, 1)

    def test_is_below_zero_where_theirs_is_larger(self):
        assert difference([0.0] * 5, [1.0] * 5).high == -1

    def test_other_questions(self):
        with pytest.raises(ValueError, match="longer"):
            difference([1.0], [1.0, 0.0])

    @given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=20))
    def test_the_other_way_round_is_the_negative(self, pairs):
        ours, theirs = zip(*pairs, strict=True)
        found, back = difference(ours, theirs), difference(theirs, ours)
        assert (back.value, back.low, back.high) == pytest.approx((-found.value, -found.high, -found.low), abs=CLOSE)


def _width(found):
    return found.high - found.low
