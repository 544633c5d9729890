"""BM25 alone, on a few articles whose order can be told by looking at them."""

import math

import pytest

from eval.baselines.bm25 import BM25
from rag import Article

HARBOUR = Article("harbour", "The harbour was closed after the storm.", language="en")
FERRIES = Article("ferries", "Ferries wait. The ferries wait for the harbour, and wait.", language="en")
HAFEN = Article("hafen", "Der Hafen wurde nach dem Sturm geschlossen. Die Fähren warten.", language="de")
GANG = Article("gang", "港口在暴风雨后关闭。", language="zh")


@pytest.fixture
def bm25(archive):
    archive.add([HARBOUR, FERRIES, HAFEN, GANG])
    return BM25(archive)


class TestSearch:
    def test_the_more_often_a_rare_word_the_better(self, bm25):
        assert bm25.search("Which ferries wait at the harbour?", 10) == ["ferries", "harbour"]

    def test_stems_by_the_language_of_the_article(self, bm25):
        assert bm25.search("closing harbours", 10)[0] == "harbour"
        assert bm25.search("Fähre", 10) == ["hafen"]

    def test_a_question_stemmed_as_one_language_meets_no_article_of_another(self, archive):
        archive.add([Article("run", "Der Run auf die Bank.", language="de"), HARBOUR])
        assert BM25(archive).search("Run", 10) == ["run"]
        assert BM25(archive).search("running", 10) == []  # the English stem of it is "run"

    def test_a_rarer_word_counts_more(self, archive):
        texts = {"x": "harbour boat", "y": "harbour sail", "z": "lighthouse boat"}
        archive.add([Article(name, text, language="en") for name, text in texts.items()])
        assert BM25(archive).search("harbour lighthouse", 10) == ["z", "x", "y"]

    def test_pairs_of_characters_where_there_are_no_spaces(self, bm25):
        assert bm25.search("哪个港口关闭了？", 10) == ["gang"]

    def test_no_word_in_common(self, bm25):
        assert bm25.search("Quillfeather", 10) == []
        assert bm25.search("?", 10) == []

    def test_the_limit(self, bm25):
        assert len(bm25.search("the harbour", 1)) == 1

    def test_an_empty_archive(self, archive):
        assert BM25(archive).search("harbour", 10) == []

    def test_a_long_article_comes_once_for_each_of_its_pieces(self, archive):
        archive.add([Article("long", " ".join(["Storms again."] * 100), language="en")])
        assert BM25(archive).search("storm", 10) == ["long", "long"]

    def test_a_language_without_a_stemmer(self, archive):
        archive.add([Article("et", "Sadam suleti tormi järel.", language="et")])
        assert BM25(archive).search("sadam", 10) == ["et"]

    def test_scores_are_those_of_the_formula(self, archive):
        archive.add(
            [Article("one", "alpha beta", language="en"), Article("two", "alpha alpha gamma delta", language="en")]
        )
        bm25 = BM25(archive)
        norm = [1.2 * (0.25 + 0.75 * 2 / 3), 1.2 * (0.25 + 0.75 * 4 / 3)]
        one, two = 1 / (1 + norm[0]), 2 / (2 + norm[1])  # alpha's idf is the same for both
        assert bm25.search("alpha", 10) == (["one", "two"] if one > two else ["two", "one"])
        assert math.isclose(bm25._norm[0], norm[0])
