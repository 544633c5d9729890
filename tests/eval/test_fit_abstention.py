import numpy as np
import pytest

from eval.fit_abstention import _area, fit, left_out_logits


@pytest.fixture
def samples() -> tuple[np.ndarray, np.ndarray]:
    """A sign that tells, one that does not, and twice as many answerable as unanswerable samples."""
    random = np.random.default_rng(0)
    answerable = np.arange(300) % 3 != 0
    telling = answerable * 2.0 + random.normal(size=300)
    return np.column_stack([telling, random.normal(size=300)]), answerable


class TestFit:
    def test_weighs_the_sign_that_tells(self, samples):
        weights, _ = fit(*samples)
        assert weights[0] > 1.0
        assert abs(weights[1]) < 0.3

    def test_does_not_depend_on_the_scale_of_a_sign(self, samples):
        signs, answerable = samples
        one, first = fit(signs, answerable)
        other, second = fit(signs * 100.0, answerable)
        np.testing.assert_allclose(one, other * 100.0, rtol=1e-6)
        assert first == pytest.approx(second)

    def test_weights_stay_within_their_bounds(self, samples):
        signs, answerable = samples
        weights, _ = fit(-signs, answerable, [(0.0, None), (None, 0.0)])
        assert weights[0] == 0.0
        assert weights[1] <= 0.0

    def test_both_classes_weigh_the_same(self, samples):
        signs, answerable = samples
        weights, intercept = fit(signs, answerable)
        probabilities = 1.0 / (1.0 + np.exp(-(signs @ weights + intercept)))
        assert probabilities[answerable].mean() + probabilities[~answerable].mean() == pytest.approx(1.0, abs=0.05)

    def test_left_out_logits_never_saw_their_own_question(self):
        signs, answerable = np.eye(20), np.arange(20) % 2 == 0  # each sample has a sign of its own: nothing to learn
        logits = left_out_logits(signs, answerable, np.arange(20))
        assert _area(logits, answerable) <= 0.5


class TestArea:
    def test_counts_pairs_in_order_and_ties_by_half(self):
        answerable = np.array([True, True, False, False])
        assert _area(np.array([3.0, 2.0, 1.0, 2.0]), answerable) == pytest.approx(0.875)
