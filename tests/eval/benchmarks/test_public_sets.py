"""The table of public sets, their commands and ``rag eval sets``; the sets themselves are invented."""

import json
import subprocess
import sys
from importlib import import_module

import pytest
from typer.testing import CliRunner

from eval.benchmarks.public_sets import PUBLIC_SETS, PublicSet, run_sets
from eval.benchmarks.set_figures import SetFigures
from eval.cli import app
from eval.json_lines import GoldError
from eval.metrics.bootstrap import Estimate
from rag import Answer, Archive, Hit, Passage

NEW = ("squad", "multihop", "rgb", "alce", "beir")


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


class TestTable:
    @pytest.mark.parametrize("one", PUBLIC_SETS.values(), ids=lambda one: one.name)
    def test_each_has_a_module_that_measures_it_and_a_command_that_says_where_to_get_it(self, one):
        assert callable(import_module(f"eval.benchmarks.{one.module}").measure_set)
        shown = run(*(one.command or one.name).split()[:1], "--help").stdout
        assert one.where.split()[1] in " ".join(shown.replace("│", " ").split())

    @pytest.mark.parametrize("one", PUBLIC_SETS.values(), ids=lambda one: one.name)
    def test_without_its_files_the_error_says_where_to_get_it(self, one, tmp_path, bar):
        with pytest.raises(GoldError) as raised:
            one.measure(tmp_path, None, bar)
        assert one.where in str(raised.value)

    @pytest.mark.parametrize("one", PUBLIC_SETS.values(), ids=lambda one: one.name)
    def test_a_command_without_data_says_where_to_get_it(self, one):
        arguments = (one.command or one.name).split()
        if "--mixed" in arguments:
            arguments += ["--languages", "en"]
        raised = run(*arguments).exception
        assert isinstance(raised, GoldError)
        assert one.where in str(raised)

    def test_data_that_is_not_there(self, tmp_path):
        with pytest.raises(GoldError, match=r"There is no .*none\. .*Get SQuAD"):
            PUBLIC_SETS["squad"].given(tmp_path / "none")

    def test_the_commands_load_no_benchmark(self):
        code = (
            "import eval.benchmarks.commands, sys;"
            "print(*(name for name in sys.modules if name.startswith('eval.benchmarks.')))"
        )
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        assert sorted(done.stdout.split()) == ["eval.benchmarks.commands", "eval.benchmarks.public_sets"]


class TestEarlierSets:
    """Those with a command of their own are measured in the same way for ``rag eval sets``."""

    def test_xquad_every_pair_of_the_languages_there(self, folder, bar, monkeypatch):
        def search(archive, question, limit):
            return [Hit(1.0, Passage(f"{question[:2]}-0", 0, 1, "…"))]

        monkeypatch.setattr(Archive, "search", search)
        groups = PUBLIC_SETS["xquad"].measure(folder, 2, bar).groups
        assert list(groups) == [f"{asked} → {told}" for told in ("de", "en", "es") for asked in ("de", "en", "es")]
        assert {name: (each.value, each.n) for name, each in groups["de → en"].items()} == {
            "recall_at_1": (0, 2),
            "recall_at_10": (0, 2),
            "mrr": (0, 2),
        }

    def test_xquad_ranks(self, folder, bar, monkeypatch):
        ids = ["x"] * 3 + ["de-0"] + ["x"] * 8 + ["de-2"]
        monkeypatch.setattr(
            Archive, "search", lambda archive, question, limit: [Hit(1.0, Passage(name, 0, 1, "…")) for name in ids]
        )
        found = PUBLIC_SETS["xquad"].measure(folder, None, bar).groups["de → de"]
        # Two questions are about de-0, at rank 4, and one about de-2, at rank 13; two are about others.
        assert (found["recall_at_1"].value, found["recall_at_10"].value) == (0, 2 / 5)
        assert found["mrr"].value == pytest.approx((2 / 4 + 1 / 13) / 5)

    def test_lareqa_by_language_and_of_all(self, folder_r, bar, monkeypatch):
        monkeypatch.setattr(
            Archive, "search", lambda archive, question, limit: [Hit(1.0, Passage("en-0-0", 0, 1, "…"))]
        )
        groups = PUBLIC_SETS["lareqa"].measure(folder_r, 1, bar).groups
        assert {group: (each["map"].value, each["map"].n) for group, each in groups.items()} == {
            "de": (pytest.approx(1 / 3), 1),
            "en": (pytest.approx(1 / 3), 1),
            "es": (pytest.approx(1 / 3), 1),
            "all": (pytest.approx(1 / 3), 3),
        }

    def test_lareqa_is_not_xquad(self, folder, bar):
        with pytest.raises(GoldError, match="holds no XQuAD-R's"):
            PUBLIC_SETS["lareqa"].measure(folder, None, bar)

    def test_nomiracl_every_language_there(self, tmp_path, bar, monkeypatch):
        records = [
            {"id": number, "question": "Why?", "passages": ["A storm."], "answerable": number < 2}
            for number in range(3)
        ]
        for language in ("en", "de"):
            (tmp_path / f"{language}.jsonl").write_text("\n".join(map(json.dumps, records)))
        monkeypatch.setattr(
            Archive, "ask", lambda archive, question, filters: Answer(question, filters.sources != ("1",), "…", (), ())
        )
        groups = PUBLIC_SETS["nomiracl"].measure(tmp_path, None, bar).groups
        assert list(groups) == ["de", "en"]
        assert groups["en"]["error_rate"].value == 1 / 2
        assert groups["en"]["hallucination_rate"].value == 1

    def test_qags_so_many_statements(self, tmp_path, bar):
        article = "The harbour of Ostrevik was closed on Monday."
        records = [{"article": article, "sentence": article, "supported": True}] * 2
        (tmp_path / "cnndm.jsonl").write_text("\n".join(map(json.dumps, records)))
        (found,) = PUBLIC_SETS["qags"].measure(tmp_path, 1, bar).groups.values()
        assert {name: (each.value, each.n) for name, each in found.items()} == {"supported": (1, 1)}


class TestCommands:
    @pytest.mark.parametrize("name", NEW)
    def test_measures_what_it_is_told_to(self, name, sets, monkeypatch):
        def measure(one, data, questions, bar):
            return SetFigures({one.name: {"questions": Estimate(1.0, 0.5, 1.0, questions)}}, (str(data),))

        monkeypatch.setattr(PublicSet, "measure", measure)
        tree = json.loads(run(name, "--data", sets / name, "--questions", 3, "--json").stdout)
        assert tree == {
            "groups": {name: {"questions": {"value": 1.0, "low": 0.5, "high": 1.0, "n": 3}}},
            "legend": [str(sets / name)],
        }

    def test_a_table_for_people(self, sets):
        shown = run("beir", "--data", sets / "beir").stdout
        assert "ndcg@10" in shown
        assert "1.000–1.000" in shown


class TestSets:
    def test_a_set_that_is_not_there_is_not_run_and_the_others_are(self, sets, tmp_path):
        (tmp_path / "beir").symlink_to(sets / "beir")
        done = run("sets", "--data", tmp_path, "--json")
        tree = json.loads(done.stdout)
        assert done.exit_code == 0
        assert list(tree["sets"]) == ["beir"]
        assert sorted(tree["not_run"]) == sorted(PUBLIC_SETS.keys() - {"beir"})
        assert "Get XQuAD at" in tree["not_run"]["xquad"]

    def test_a_set_that_is_damaged_is_not_run_and_fails_the_command(self, sets, tmp_path):
        (tmp_path / "beir").symlink_to(sets / "beir")
        (tmp_path / "squad").mkdir()
        (tmp_path / "squad" / "dev-v2.0.json").write_text("{}")
        done = run("sets", "--data", tmp_path)
        assert done.exit_code == 1
        assert "ndcg@10" in done.stdout
        assert "SQuAD 2.0 not run: " in done.stdout
        assert "lacks 'data'" in done.stdout

    def test_nothing_there_is_no_success(self, tmp_path):
        done = run("sets", "--data", tmp_path)
        assert done.exit_code == 1
        assert done.stdout.count("not run") == len(PUBLIC_SETS)

    def test_no_folder(self, tmp_path, bar):
        with pytest.raises(GoldError, match="is not a folder"):
            list(run_sets(tmp_path / "none", None, bar))

    def test_so_many_questions_of_each(self, sets, bar, monkeypatch):
        asked = []

        def measure(one, data, questions, bar):
            asked.append((one.name, data, questions))
            return SetFigures({}, ())

        monkeypatch.setattr(PublicSet, "measure", measure)
        there = [run.public_set.name for run in run_sets(sets, 7, bar) if run.there]
        assert there == list(NEW)
        assert asked == [(name, sets / name, 7) for name in NEW]
