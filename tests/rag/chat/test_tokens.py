import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chat import estimate_tokens


@pytest.mark.parametrize(
    ("text", "at_least", "at_most"),
    [
        ("The quick brown fox jumps over the lazy dog.", 1 / 4, 1 / 2),
        ("Die Straßenbahn überquert täglich fünf Brücken.", 1 / 3, 2 / 3),
        ("Президент России Владимир Путин отрицает это.", 1 / 2, 1),
        ("马斯克与普京通了电话。", 1, 2),
        ("プーチン大統領は否定した。", 1, 2),
        ("व्लादिमीर पुतिन ने इनकार किया", 1, 2),
        ("🎉🚀", 2, 4),
    ],
)
def test_tokens_a_character(text, at_least, at_most):
    assert at_least * len(text) <= estimate_tokens(text) - 1 <= at_most * len(text)


@given(st.text(), st.text())
def test_longer_texts_take_more(one, other):
    assert estimate_tokens(one + other) >= max(estimate_tokens(one), estimate_tokens(other))
