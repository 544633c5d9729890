from rag.retrieval.fusion import reciprocal_rank_fusion


class TestReciprocalRankFusion:
    def test_agreement_beats_one_first_place(self):
        assert reciprocal_rank_fusion([[1, 2], [3, 2]], limit=3) == [2, 1, 3]

    def test_limit_and_ties_by_number(self):
        assert reciprocal_rank_fusion([[5], [4]], limit=1) == [4]

    def test_nothing_in_nothing_out(self):
        assert reciprocal_rank_fusion([], limit=3) == []
