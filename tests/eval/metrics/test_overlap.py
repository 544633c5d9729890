import pytest

from eval.metrics.overlap import cites, first_rank, holds, shared
from rag.articles import Span


def span(start, end, article="a"):
    return Span(article, start, end)


EVIDENCE = span(100, 200)


class TestShared:
    @pytest.mark.parametrize(
        ("other", "characters"),
        [
            (span(0, 100), 0),  # ends are exclusive: neighbours share nothing
            (span(0, 101), 1),
            (span(120, 130), 10),
            (span(50, 250), 100),
            (span(300, 400), 0),
            (span(100, 200, "b"), 0),
        ],
    )
    def test_characters_in_common(self, other, characters):
        assert shared(EVIDENCE, other) == shared(other, EVIDENCE) == characters


class TestHolds:
    @pytest.mark.parametrize(
        ("passage", "expected"),
        [
            (span(0, 800), True),
            (span(150, 800), True),
            (span(151, 800), False),
            (span(110, 140), False),  # inside the evidence, but less than half of it
            (span(0, 800, "b"), False),
        ],
    )
    def test_at_least_half_of_the_evidence(self, passage, expected):
        assert holds(passage, EVIDENCE) is expected


class TestCites:
    @pytest.mark.parametrize(
        ("citation", "expected"),
        [
            (EVIDENCE, True),
            (span(110, 140), True),  # one sentence of a run
            (span(0, 300), True),  # a run around the sentence
            (span(190, 210), True),
            (span(189, 212), False),
            (span(150, 150), False),  # an empty citation is none
            (span(100, 200, "b"), False),
        ],
    )
    def test_at_least_half_of_the_shorter(self, citation, expected):
        assert cites(citation, EVIDENCE) is expected


class TestFirstRank:
    def test_any_alternative_counts_and_ranks_start_at_1(self):
        found = (span(0, 50), span(300, 400), span(100, 200))
        assert first_rank(found, (span(100, 200),), cites) == 3
        assert first_rank(found, (span(100, 200), span(300, 400)), cites) == 2

    def test_none_where_nothing_was_found_or_expected(self):
        assert first_rank((), (EVIDENCE,), holds) is None
        assert first_rank((EVIDENCE,), (), holds) is None
        assert first_rank((span(0, 50),), (EVIDENCE,), holds) is None
