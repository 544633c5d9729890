"""``rag ask --export`` and ``rag verify`` as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[3] / "seeds"
QUESTION = "Did Musk talk to Putin?"


def run(*arguments):
    command = [sys.executable, "-m", "rag.cli", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=dict(os.environ), timeout=120)


def test_an_answer_is_exported_and_verified_until_its_article_changes(tmp_path):
    article = tmp_path / "news.txt"
    article.write_text((SEEDS / "000_6dea5b3e4e647803.txt").read_text(encoding="utf-8"), encoding="utf-8")
    where = ("--archive", tmp_path / "archive")
    assert run("add", article, *where).returncode == 0
    export = tmp_path / "answer.json"
    asked = run("ask", QUESTION, *where, "--export", export)
    assert asked.returncode == 0
    assert json.loads(export.read_text(encoding="utf-8"))["question"] == QUESTION

    held = run("verify", export, *where)
    assert (held.returncode, held.stdout.count("\n")) == (0, 1)
    assert held.stdout.startswith("Unchanged since the answer of ")

    article.write_text(article.read_text(encoding="utf-8").replace("Wladimir Putin geführt", "Wladimir Putin erwogen"))
    assert run("add", article, *where).returncode == 0
    changed = run("verify", export, *where)
    assert changed.returncode == 1
    assert "verdict was supported" in changed.stdout
    assert "“geführt” is now “erwogen”" in changed.stdout
    as_json = run("verify", export, *where, "--json")
    assert as_json.returncode == 1
    report = json.loads(as_json.stdout)
    assert report["holds"] is False
    assert "reworded" in {check["change"] for check in report["checks"]}


@pytest.mark.parametrize(
    ("name", "message"), [("answer.pdf", "Let it end in .json, .md, .html."), ("none/answer.md", "no folder")]
)
def test_a_target_that_cannot_be_is_refused_before_anything_is_asked(tmp_path, name, message):
    archive = tmp_path / "archive"
    done = run("ask", QUESTION, "--archive", archive, "--export", tmp_path / name)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert message in done.stderr
    assert not archive.exists()


@pytest.mark.parametrize("content", [None, "no json", "{}", '{"format": "newsrag-answer", "version": 99}'])
def test_a_bad_export_is_one_line_and_exit_2(tmp_path, content):
    export = tmp_path / "answer.json"
    if content is not None:
        export.write_text(content)
    done = run("verify", export, "--archive", tmp_path / "archive")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "answer.json" in done.stderr
