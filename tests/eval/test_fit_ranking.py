import numpy as np

from eval.fit_ranking import Sample, fit, rank


def samples(count=60, sentences=8):
    """Questions whose evidence has the greater first sign, mostly; the second tells nothing."""
    random = np.random.default_rng(0)
    for _ in range(count):
        signs = random.normal(size=(sentences, 2))
        yield Sample(signs, np.arange(sentences) == np.argmax(signs[:, 0] + random.normal(scale=0.3, size=sentences)))


class TestFit:
    def test_weighs_the_sign_that_tells(self):
        weights = fit(list(samples()))
        assert weights[0] > 2.0
        assert abs(weights[1]) < 0.5

    def test_questions_without_evidence_tell_nothing(self):
        some = list(samples())
        lost = Sample(np.ones((3, 2)), np.zeros(3, dtype=bool))
        np.testing.assert_allclose(fit(some), fit([*some, lost]))


class TestRank:
    def test_counts_from_1(self):
        sample = Sample(np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0]]), np.array([False, False, True]))
        assert rank(sample, np.array([1.0, 0.0])) == 2

    def test_none_where_nothing_is_right(self):
        assert rank(Sample(np.ones((2, 2)), np.zeros(2, dtype=bool)), np.ones(2)) is None
