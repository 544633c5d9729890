"""Words of an article that are put together though they do not belong together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citing.splicing import apart, copied, spliced

SENTENCES = [
    "The mayor of Hainstedt opened a library with 42 rooms.",
    "The weather was fine all week.",
    "A farmer sold his tractor to the museum of the county.",
    "桥已于周一开放。",
]


@pytest.mark.parametrize(
    "statement",
    [
        SENTENCES[0],
        "The mayor opened a library.",
        "The mayor of Hainstedt opened a library with 42 rooms. The weather was fine.",
        "THE MAYOR opened a Library!",
        "桥已开放。",
        "",
        "…",
        "Nothing like it stands anywhere.",
    ],
)
def test_together(statement):
    assert apart(statement, SENTENCES) < 0.1
    assert not spliced(statement, SENTENCES)


@pytest.mark.parametrize(
    "statement",
    [
        "The mayor of Hainstedt sold his tractor to the museum.",
        "A farmer opened a library with 42 rooms.",
        "The weather was fine all week in the museum of Hainstedt with 42 rooms.",
    ],
)
def test_put_together(statement):
    assert spliced(statement, SENTENCES)


def test_share():
    assert apart("tractor library", SENTENCES) == 0.5
    assert apart("tractor library", []) == 0.0


WORDS = st.lists(st.sampled_from(["a", "bridge", "was", "closed", "on", "monday", "ferry", "ran"]), max_size=12)


@given(WORDS, st.lists(WORDS, max_size=5))
def test_a_share_of_the_words_and_none_where_they_stand_as_they_are(words, others):
    statement, sentences = " ".join(words), [" ".join(other) for other in others]
    assert 0.0 <= apart(statement, sentences) <= 1.0
    assert apart(statement, [*sentences, statement]) == 0.0


@pytest.mark.parametrize(
    ("statement", "whole"),
    [
        ("The ferry sank on Monday.", True),
        ("The old ferry sank.", True),
        ("The ferry sank on Tuesday.", False),
        ("Monday sank the ferry.", False),
        ("", False),
    ],
)
def test_copied_in_order(statement, whole):
    assert copied(statement, ["The old ferry Aurora sank off Lamira on Monday.", "Nobody died."]) is whole
