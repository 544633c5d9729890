from rag.encoders.training.components import translation_components
from rag.encoders.training.data import PairTable


def components(*pairs):
    table = PairTable()
    for left, right in pairs:
        table.add(left, right, "en-de")
    return translation_components(table).tolist()


class TestTranslationComponents:
    def test_a_shared_sentence_joins_pairs(self):
        assert components(("Hello.", "Hallo."), ("Hello.", "Bonjour."), ("Thanks.", "Danke.")) == [0, 0, 1]

    def test_a_chain_joins_pairs_that_share_nothing(self):
        first, second, third = components(("a", "b"), ("c", "d"), ("b", "c"))
        assert first == second == third

    def test_case_and_end_marks_make_no_other_sentence(self):
        assert components(("Really?", "Wirklich?"), ('"REALLY"', "Vraiment")) == [0, 0]

    def test_numbers_have_no_gaps(self):
        assert sorted(components(("a", "b"), ("c", "d"), ("d", "c"), ("e", "f"))) == [0, 1, 1, 2]

    def test_an_empty_table_has_none(self):
        assert components() == []
