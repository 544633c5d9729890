import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.abstention import Asked, area_under_risk, error_rate, hallucination_rate, risk_coverage


def asked(*pairs):
    """Questions of (confidence, answerable), all answered."""
    return [Asked(answerable, True, confidence) for confidence, answerable in pairs]


ASKED = st.lists(st.builds(Asked, st.booleans(), st.booleans(), st.floats(0, 1)), min_size=1, max_size=30)


class TestRates:
    def test_by_hand(self):
        given = [Asked(False, True, 0), Asked(False, False, 0), Asked(True, False, 0), Asked(True, True, 0)]
        assert hallucination_rate(given) == error_rate(given) == 0.5

    def test_of_nothing(self):
        assert hallucination_rate([Asked(True, True, 0)]) is error_rate([Asked(False, True, 0)]) is None


class TestRiskCoverage:
    def test_by_hand(self):
        assert risk_coverage(asked((0.1, False), (0.9, True))) == ((0.5, 0), (1.0, 0.5))

    def test_of_equal_confidence_the_unanswerable_come_first(self):
        assert risk_coverage(asked((0.5, True), (0.5, False))) == ((0.5, 1), (1.0, 0.5))

    @given(ASKED)
    def test_ends_at_the_share_of_the_unanswerable_and_no_order_changes_it(self, given):
        curve = risk_coverage(given)
        assert curve[-1] == (1.0, sum(not one.answerable for one in given) / len(given))
        assert curve == risk_coverage(given[::-1])


class TestAreaUnderRisk:
    @pytest.mark.parametrize(
        ("pairs", "area"),
        [
            ([(0.9, True), (0.8, True)], 0.0),
            ([(0.9, False), (0.8, False)], 1.0),
            ([(0.1, False), (0.9, True)], 0.25),
            ([(0.9, False), (0.1, True)], 0.75),
        ],
    )
    def test_by_hand(self, pairs, area):
        assert area_under_risk(asked(*pairs)) == area

    def test_of_nothing(self):
        assert area_under_risk([]) is None

    @given(ASKED)
    def test_best_with_the_answerable_first_and_worst_with_them_last(self, given):
        best = area_under_risk(asked(*((float(one.answerable), one.answerable) for one in given)))
        worst = area_under_risk(asked(*((float(not one.answerable), one.answerable) for one in given)))
        assert 0 <= best <= area_under_risk(given) + 1e-12
        assert area_under_risk(given) <= worst + 1e-12 <= 1 + 1e-11
