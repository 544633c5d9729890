"""BEIR's format: reading, and figures by hand."""

import math
import shutil

import pytest

from eval.benchmarks.beir import figures_of, measure_set, read_qrels
from eval.json_lines import GoldError
from rag import Archive, Hit, Passage


class TestReading:
    def test_only_what_is_relevant(self, sets):
        assert read_qrels(sets / "beir" / "qrels" / "test.tsv") == {"q1": {"d1": 1}, "q2": {"d2": 2}}

    @pytest.mark.parametrize("line", ["q1 d1 1", "q1\td1", "q1\td1\tyes"])
    def test_another_format(self, tmp_path, line):
        (tmp_path / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{line}\n")
        with pytest.raises(GoldError, match=r"line 2: .* is no whole number"):
            read_qrels(tmp_path / "test.tsv")


class TestFigures:
    def test_by_hand_and_a_query_without_anything_found_counts_0(self):
        qrels = {"q1": {"a": 1, "b": 1}, "q2": {"c": 1}, "q3": {"d": 1}}
        first, second, third = figures_of(qrels, {"q1": ["x", "a"], "q2": ["c"], "q3": []})
        assert first["ndcg_at_10"] == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))
        assert first["recall_at_100"] == 0.5
        assert second == {"ndcg_at_10": 1, "recall_at_100": 1}
        assert third == {"ndcg_at_10": 0, "recall_at_100": 0}

    def test_the_order_of_a_long_list_is_kept(self):
        run = [f"d{number}" for number in range(100)]
        (first,) = figures_of({"q": {"d99": 1}}, {"q": run})
        assert first == {"ndcg_at_10": 0, "recall_at_100": 1}


class TestMeasure:
    def test_a_set(self, sets, bar):
        groups = measure_set(sets / "beir", None, bar).groups
        assert {name: (each.value, each.n) for name, each in groups["beir"].items()} == {
            "ndcg_at_10": (1, 2),
            "recall_at_100": (1, 2),
        }

    def test_a_folder_of_sets_and_so_many_queries_of_each(self, sets, tmp_path, bar):
        for name in ("one", "two"):
            shutil.copytree(sets / "beir", tmp_path / name)
        groups = measure_set(tmp_path, 1, bar).groups
        assert {name: figures["ndcg_at_10"].n for name, figures in groups.items()} == {"one": 1, "two": 1}

    def test_a_document_ranks_by_its_best_passage_and_the_query_is_none(self, sets, bar, monkeypatch):
        def search(archive, question, limit):
            return [Hit(1.0, Passage(name, 0, 1, "…")) for name in ("q1", "d2", "d2", "d1")]

        monkeypatch.setattr(Archive, "search", search)
        ndcg = measure_set(sets / "beir", None, bar).groups["beir"]["ndcg_at_10"]
        # Of q1 d1 is the second, of q2 d2 is behind another document.
        assert ndcg.value == pytest.approx((1 / math.log2(3) + 1 / math.log2(3)) / 2)

    def test_a_query_that_is_not_there(self, sets, tmp_path, bar):
        shutil.copytree(sets / "beir", tmp_path / "beir")
        (tmp_path / "beir" / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq9\td1\t1\n")
        with pytest.raises(GoldError, match=r"judges the query 'q9', which queries\.jsonl does not have"):
            measure_set(tmp_path, None, bar)
