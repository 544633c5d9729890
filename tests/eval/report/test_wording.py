import pytest

from eval.report.wording import milliseconds, shown, span_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0.00"),
        (1.0, "1.00"),
        (0.996, "0.996"),
        (0.9996, "0.9996"),
        (0.001, "0.001"),
        (-0.5, "−0.50"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value, text):
    assert shown(value) == text


def test_signs():
    assert (shown(0.5, signed=True), shown(0.0, signed=True)) == ("+0.50", "0.00")
    assert span_of(-0.1, 0.25, signed=True) == "−0.10 to +0.25"
    assert span_of(None, None) == ""


def test_times():
    assert [milliseconds(each) for each in (None, 4.26, 38.4, 1420)] == ["–", "4.3 ms", "38 ms", "1.4 s"]
