"""The table of public sets, their commands and ``rag eval sets``; the sets themselves are invented."""

import json
import subprocess
import sys
from importlib import import_module

import pytest
from typer.testing import CliRunner

from eval.benchmarks.public_sets import PUBLIC_SETS, run_sets
from eval.benchmarks.set_figures import SetFigures
from eval.cli import app
from eval.json_lines import GoldError

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


class TestCommands:
    @pytest.mark.parametrize("name", NEW)
    def test_json_has_each_figure_with_its_interval(self, name, sets):
        tree = json.loads(run(name, "--data", sets / name, "--json").stdout)
        estimates = [estimate for figures in tree["groups"].values() for estimate in figures.values()]
        assert estimates
        assert all(each["low"] <= each["value"] <= each["high"] and each["n"] > 0 for each in estimates)

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

        monkeypatch.setattr(type(PUBLIC_SETS["rgb"]), "measure", measure)
        there = [run.public_set.name for run in run_sets(sets, 7, bar) if run.there]
        assert there == list(NEW)
        assert asked == [(name, sets / name, 7) for name in NEW]
