"""``rag eval run --report`` with the real archive, on one article of our own."""

import json

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.report.files import ReportError
from eval.runner import asking

TEXT = "The ferry to Lunnavik sails on Friday.\n"
GOLD = {"id": "ferry", "language": "en", "question": "When does the ferry to Lunnavik sail?", "answerable": True}


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ferry.txt").write_text(TEXT, encoding="utf-8")
    evidence = {"article": "ferry.txt", "quote": TEXT.strip(), "start": 0, "end": len(TEXT.strip())}
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(GOLD | {"id": name, "evidence": [evidence]}) + "\n" for name in ("a", "b", "c")))
    return path


def run(gold, folder):
    arguments = ["run", "--gold", str(gold), "--report", str(folder), "--json"]
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_writes_what_it_prints_and_says_where(gold, tmp_path):
    folder = tmp_path / "report"
    result = run(gold, folder)
    assert f"Report: {folder / 'report.html'}" in result.stderr
    written = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    written.pop("created")
    assert written == json.loads(result.stdout)
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.md", "report.json"}


def test_an_interrupted_run_goes_on_where_it_was(gold, tmp_path, monkeypatch):
    asked = []

    def interrupting(archive):
        ask = asking(archive)

        def once(question):
            if len(asked) == 2:
                asked.append("stop")
                raise KeyboardInterrupt
            asked.append(question.id)
            return ask(question)

        return once

    monkeypatch.setattr("eval.runner.asking", interrupting)
    run(gold, tmp_path / "report")
    assert not (tmp_path / "report" / "report.html").exists()
    assert run(gold, tmp_path / "report").exit_code == 0
    assert asked == ["a", "b", "stop", "c"]
    assert "held no report before" in (tmp_path / "report" / "report.md").read_text(encoding="utf-8")


def test_a_damaged_last_report_is_said_before_anything_is_asked(gold, tmp_path, monkeypatch):
    monkeypatch.setattr("eval.runner.run", lambda *_: pytest.fail("it was asked"))
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "report.json").write_text("{")
    with pytest.raises(ReportError, match="is not JSON"):
        run(gold, tmp_path / "report")
