from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.retrieval import ndcg, recall, reciprocal_rank

RANKS = st.lists(st.none() | st.integers(1, 10), min_size=1, max_size=4)


class TestByHand:
    def test_one_part(self):
        assert reciprocal_rank((3,), 10) == pytest.approx(1 / 3)
        assert ndcg((3,), 10) == pytest.approx(1 / log2(4))
        assert [recall((3,), 10, k) for k in (2, 3, 10)] == [0, 1, 1]

    def test_two_parts(self):
        assert reciprocal_rank((4, 2), 10) == 0.5
        ideal = 1 + 1 / log2(3)
        assert ndcg((4, 2), 10) == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)
        assert [recall((4, 2), 10, k) for k in (1, 3, 10)] == [0, 0.5, 1]

    def test_two_parts_in_one_passage_are_both_found_with_it(self):
        assert recall((3, 3), 10, 3) == 1
        assert ndcg((1, 1), 10) == pytest.approx(1)

    def test_what_is_not_found_and_what_retrieved_nothing_count_0(self):
        for ranks, passages in (((None,), 10), ((None,), 0), ((None, None), 3)):
            assert reciprocal_rank(ranks, passages) == ndcg(ranks, passages) == recall(ranks, passages, 3) == 0


@given(RANKS)
def test_shares_lie_between_0_and_1_and_recall_is_the_share_of_the_ranks(ranks):
    for value in (reciprocal_rank(ranks, 10), ndcg(ranks, 10)):
        assert 0 <= value <= 1 + 1e-9
    for k in (1, 3, 10):
        found = sum(rank is not None and rank <= k for rank in ranks)
        assert recall(ranks, 10, k) == pytest.approx(found / len(ranks))
    best = min((rank for rank in ranks if rank), default=None)
    assert reciprocal_rank(ranks, 10) == pytest.approx(1 / best if best else 0)


@given(st.integers(1, 9))
def test_a_better_rank_is_never_worth_less(rank):
    assert ndcg((rank,), 10) > ndcg((rank + 1,), 10)
