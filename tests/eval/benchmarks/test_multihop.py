"""MultiHop-RAG: evidence in several articles, and null queries."""

import json

import pytest

from eval.benchmarks.multihop import fact_ranks, measure_set, read_corpus, read_queries
from eval.json_lines import GoldError
from rag import Answer, Archive, Hit, Passage


def test_an_article_keeps_what_is_known_of_it(sets):
    first = read_corpus(sets / "multihop" / "corpus.json", sets)[0]
    assert first.text.startswith("Storm closes harbour\n\nThe harbour of Ostrevik")
    assert (first.source, first.url) == ("Ostrevik Post", "https://example.org/0")


def test_a_null_query_has_no_facts(sets):
    queries = read_queries(sets / "multihop" / "MultiHopRAG.json", sets)
    assert [(query.kind, len(query.facts)) for query in queries] == [("inference_query", 2), ("null_query", 0)]


class TestFactRanks:
    def test_the_first_passage_with_all_its_words_white_space_aside(self):
        passages = [
            "The ferry",
            "The ferry to Lunnavik\nwill not sail. It rains.",
            "The ferry to Lunnavik will not sail.",
        ]
        assert fact_ranks(["The ferry to  Lunnavik will not sail.", "It snows."], passages) == [2, None]

    def test_composed_as_the_archive_composes_letters(self):
        assert fact_ranks(["Mu\u0308hlheim"], ["In Mühlheim."]) == [1]


class TestMeasure:
    def test_through_the_archive(self, sets, bar):
        groups = measure_set(sets / "multihop", None, bar).groups
        assert groups["null_query"]["refused_rightly"].value == 1
        found = {name: estimate.value for name, estimate in groups["inference_query"].items()}
        assert found["hits_at_4"] == found["hits_at_10"] == found["evidence_recall_at_10"] == 1
        assert found["map_at_10"] == pytest.approx((1 + 1 / 2) / 2)
        assert groups["all"].keys() == {*found, "refused_rightly"}

    def test_figures_by_hand(self, sets, bar, monkeypatch):
        facts = json.loads((sets / "multihop" / "MultiHopRAG.json").read_text())[0]["evidence_list"]
        texts = ["…"] * 4 + [facts[1]["fact"]] + ["…"] * 5 + [facts[0]["fact"]]
        hits = tuple(Hit(-float(rank), Passage("a", 0, 1, text)) for rank, text in enumerate(texts))
        monkeypatch.setattr(Archive, "ask", lambda archive, question: Answer(question, True, "…", (), hits))
        groups = measure_set(sets / "multihop", None, bar).groups
        assert {name: estimate.value for name, estimate in groups["inference_query"].items()} == {
            "hits_at_4": 0,
            "hits_at_10": 1,
            "map_at_10": 1 / 5 / 2,
            "mrr_at_10": 1 / 5,
            "evidence_recall_at_10": 1 / 2,
            "refused_wrongly": 0,
        }
        assert groups["null_query"]["refused_rightly"].value == 0

    @pytest.mark.parametrize(
        ("content", "message"),
        [("[{}]", "record 1 lacks evidence_list, query"), ("{}", "lacks 'data'"), ("[1]", "another type")],
    )
    def test_another_format(self, sets, tmp_path, bar, content, message):
        (tmp_path / "corpus.json").write_bytes((sets / "multihop" / "corpus.json").read_bytes())
        (tmp_path / "MultiHopRAG.json").write_text(content)
        with pytest.raises(GoldError, match=message):
            measure_set(tmp_path, None, bar)
