import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.report.comparing import compare_trees
from eval.report.files import ReportError
from rag.cli import app, main
from tests.eval.report.trees import HOSTILE, QUESTIONS, tree


def harbour(before, after):
    return compare_trees(before, after)["newsrag"]["harbour"]


class TestCompareTrees:
    def test_which_questions_turned(self):
        found = harbour(tree(), tree({"one": "lost", "two": "right", "four": "wrong"}))
        assert [(turn["id"], turn["miss"]) for turn in found["worse"]] == [("one", "not retrieved")]
        assert [(turn["id"], turn["miss"]) for turn in found["better"]] == [("two", "abstained wrongly")]

    def test_figures_with_paired_differences(self):
        change = harbour(tree(), tree({"two": "right", "four": "right", "three": "right"}))["figures"]["cited"]
        assert (change["before"]["value"], change["after"]["value"], change["difference"]["value"]) == (0.25, 1, 0.75)
        assert (change["course"], change["certain"]) == ("better", True)

    def test_less_can_be_better(self):
        assert harbour(tree(), tree({"two": "right"}))["figures"]["refused_wrongly"]["course"] == "better"
        assert harbour(tree(), tree({"one": "silent"}))["figures"]["refused_wrongly"]["course"] == "worse"

    def test_a_report_and_itself(self):
        found = harbour(tree(), tree())
        assert {change["course"] for change in found["figures"].values()} == {"same"}
        assert (found["worse"], found["better"], found["unpaired"]) == ([], [], [])

    def test_a_question_that_changed_is_not_paired(self):
        changed = (replace(QUESTIONS[0], question="When will it sail?"), *QUESTIONS[2:])
        found = harbour(tree(), tree({"one": "lost"}, questions=changed))
        assert found["unpaired"] == ["one", "two"]
        assert found["worse"] == []
        assert found["figures"]["cited"]["difference"]["n"] == 2

    def test_nothing_in_common(self):
        with pytest.raises(ReportError, match="no set of questions in common: harbour and orchard"):
            compare_trees(tree(), tree(sets=("orchard",)))


@pytest.fixture
def reports(tmp_path):
    """Two files: in the second, one question got worse and one better."""
    made = {"a.json": tree(), "b.json": tree({"one": "lost", "three": "right"})}
    for name, one in made.items():
        (tmp_path / name).write_text(json.dumps(one), encoding="utf-8")
    return [str(tmp_path / name) for name in made]


def run(*arguments):
    return CliRunner().invoke(app, ["eval", "compare", *arguments], catch_exceptions=False)


class TestCommand:
    def test_tables_and_questions(self, reports):
        printed = run(*reports).stdout
        lines = [" ".join(line.split()) for line in printed.splitlines()]
        assert any(line.startswith("evidence in the first passage 0.00 0.00 0.00") for line in lines)
        assert "1 got worse" in lines
        assert "one not retrieved When does the ferry sail?" in lines
        assert f"three was retrieved but not cited {HOSTILE}" in printed.replace("  three", "three")

    def test_json(self, reports):
        found = json.loads(run(*reports, "--json").stdout)
        assert [turn["id"] for turn in found["newsrag"]["harbour"]["better"]] == ["three"]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (None, "cannot be read: No such file or directory"),
            ("{", "is not JSON"),
            ("[]", "is no report"),
            ('{"overall": 1}', "is no report"),
            ('{"systems": 1}', "is damaged at "),
            (json.dumps(tree() | {"pool": []}), "is damaged at pool: "),
        ],
    )
    def test_bad_input_is_one_line(self, reports, monkeypatch, capsys, content, message):
        bad = Path(reports[1])
        bad.unlink() if content is None else bad.write_text(content)
        monkeypatch.setattr("sys.argv", ["rag", "eval", "compare", *reports])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 2
        said = capsys.readouterr().err
        assert message in said
        assert len(said.splitlines()) == 1
