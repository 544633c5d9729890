import numpy as np
import pytest

from eval.fit_ranking import Sample, fit, fit_both, rank


def samples(count=60, sentences=8):
    """Questions whose evidence has the greater first sign, mostly; the second tells nothing. Each passage has two."""
    random = np.random.default_rng(0)
    for number in range(count):
        signs = random.normal(size=(sentences, 2))
        best = int(np.argmax(signs[:, 0] + random.normal(scale=0.3, size=sentences)))
        of = np.arange(sentences) // 2
        scores = random.normal(size=sentences // 2)
        yield Sample(str(number), signs, np.arange(sentences) == best, of, scores, np.arange(len(scores)) == best // 2)


def choices(read):
    return [(sample.signs, sample.right) for sample in read]


class TestFit:
    def test_weighs_the_sign_that_tells(self):
        weights = fit(choices(samples()))
        assert weights[0] > 2.0
        assert abs(weights[1]) < 0.5

    def test_questions_without_evidence_tell_nothing(self):
        some = choices(samples())
        np.testing.assert_allclose(fit(some), fit([*some, (np.ones((3, 2)), np.zeros(3, dtype=bool))]))

    def test_a_passages_best_sentence_weighs_more_than_a_score_that_tells_nothing(self):
        weights, best = fit_both(list(samples()))
        assert weights[0] > 2.0
        assert abs(best) > 1.0


class TestSample:
    def test_a_passage_has_its_own_score_and_its_best_sentences(self):
        sample = next(samples())
        found = sample.passages(np.array([1.0, 0.0]))
        np.testing.assert_array_equal(found[:, 0], sample.scores)
        np.testing.assert_allclose(found[:, 1], sample.signs[:, 0].reshape(-1, 2).max(axis=1))


class TestRank:
    @pytest.mark.parametrize(("right", "expected"), [([False, False, True], 2), ([False] * 3, np.inf)])
    def test_counts_from_1_and_is_infinite_where_nothing_is_right(self, right, expected):
        assert rank(np.array([0.0, 2.0, 1.0]), np.array(right)) == expected
