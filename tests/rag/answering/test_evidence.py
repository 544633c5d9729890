import pytest

import rag
from rag.answering.evidence import Evidence, SentenceRanker, best_passages
from rag.answers import Hit
from rag.articles import Passage
from rag.encoders import BUNDLED, StaticEncoder

QUESTION = "Did Musk talk to Putin?"


@pytest.fixture
def filled(archive, seed) -> rag.Archive:
    archive.add(seed)
    return archive


class Whole:
    """Only the vectors of whole texts, as a transformer's."""

    def __init__(self):
        self._bundled = StaticEncoder(BUNDLED)

    def encode_passages(self, texts):
        return self._bundled.encode_passages(texts)

    def encode_queries(self, texts):
        return self._bundled.encode_queries(texts)


class TestSentenceRanker:
    def test_each_sentence_is_a_span_of_its_article_best_first(self, filled):
        ranked = SentenceRanker(filled._encoder)(QUESTION, filled.search(QUESTION))
        assert "Putin geführt." in ranked[0].text
        assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
        for one in ranked:
            assert filled.article(one.hit.passage.article_id).text[one.start : one.end] == one.text

    def test_without_word_vectors_the_cosine_ranks(self, filled):
        ranked = SentenceRanker(Whole())(QUESTION, filled.search(QUESTION))
        assert [one.cosine for one in ranked] == sorted((one.cosine for one in ranked), reverse=True)

    def test_nothing_found(self, filled):
        assert SentenceRanker(filled._encoder)(QUESTION, []) == []


class TestBestPassages:
    def test_the_passage_with_the_best_sentence_comes_first(self, filled):
        hits = filled.search(QUESTION)
        ranked = SentenceRanker(filled._encoder)(QUESTION, hits)
        ordered, evidence = best_passages(hits, ranked)
        assert evidence == ranked
        assert {hit.passage for hit in ordered} == {hit.passage for hit in hits}
        assert [hit.score for hit in ordered] == sorted((hit.score for hit in ordered), reverse=True)
        assert ordered[0].passage == ranked[0].hit.passage

    def test_passages_without_sentences_keep_their_order(self):
        hits = [Hit(2.0, Passage("a", 0, 1, "x")), Hit(1.0, Passage("b", 0, 1, "y"))]
        assert [hit.passage.article_id for hit in best_passages(hits, [])[0]] == ["a", "b"]

    def test_sentences_of_passages_that_are_left_out_are_no_evidence(self):
        hits = [Hit(0.0, Passage(f"a{number}", 0, 1, "x")) for number in range(12)]
        evidence = [Evidence(hit, 0, 1, "x", float(number), 0.0) for number, hit in enumerate(hits)][::-1]
        best, kept = best_passages(hits, evidence)
        assert [hit.passage.article_id for hit in best] == [f"a{number}" for number in range(11, 1, -1)]
        assert kept == evidence[:10]
