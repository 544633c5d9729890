from pathlib import Path

import pytest

from rag.articles import Passage
from rag.index.terms import TermIndex
from rag.names import names_in

PASSAGES = {
    1: ("de", "Die Fähre nach Texel hat Verspätung.", [10, 11, 12]),
    2: ("en", "The ferry to Texel is late.", [20, 21]),
    3: ("en", "A bridge was opened.", [22]),
    4: ("uk", "Президент Зеленський виступив у Києві.", [30, 11]),
}
LANGUAGES = ("de", "en", "uk")


@pytest.fixture
def index(tmp_path: Path) -> TermIndex:
    written = [0]
    made = TermIndex(tmp_path, lambda: written[0])
    made.create(1)
    writer = made.writer(1)
    writer.add(
        (number, Passage(str(number), 0, len(text), text, language, ()), tokens)
        for number, (language, text, tokens) in PASSAGES.items()
    )
    writer.commit()
    writer.close()
    written[0] += 1
    return made


class TestTermIndex:
    def test_search_stays_in_its_language_and_gives_the_share_of_terms(self, index):
        (number, share), *rest = index.search(1, "late ferry to Texel", ("en",), 10)
        assert number == 2
        assert rest == []
        assert share > 0.7

    def test_a_question_in_an_unknown_language_is_not_searched(self, index):
        assert index.search(1, "Kuinka monta ihmistä kuoli maanjäristyksessä", LANGUAGES, 10) == []

    def test_translations_count_by_the_best_of_each_word(self, index):
        found = index.translated(1, [{10: 0.5, 11: 0.4}, {12: 0.3, 22: 0.25}], 10)
        assert found == [(1, pytest.approx(0.8)), (4, pytest.approx(0.4)), (3, pytest.approx(0.25))]
        assert index.translated(1, [{}], 10) == []

    def test_counts_passages_of_each_token(self, index):
        counts, passages = index.counts(1, [11, 22, 99])
        assert counts.tolist() == [2, 1, 0]
        assert passages == 4

    def test_a_name_is_found_in_another_spelling_and_script(self, index):
        names = names_in("What did Zelensky say in Kiev?")
        assert [number for number, _ in index.named(1, names, LANGUAGES, 10)] == [4]
        assert index.holding(1, names, LANGUAGES, [1, 4]) == {4: 0b11}
        assert index.holding(1, [*names_in("Who is Emmanuel Macron?"), names[0]], LANGUAGES, [4]) == {4: 0b100}
        assert index.holding(1, names, LANGUAGES, [1, 2]) == {}
        assert index.holding(1, names, LANGUAGES, []) == {}
        assert index.named(1, [], LANGUAGES, 10) == []
