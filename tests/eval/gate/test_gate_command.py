"""``rag eval gate``, on tables of our own."""

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.gate import expected, measuring
from eval.gate.table import Table, item
from rag.errors import NewsragError


def table(right):
    return Table("one", {f"q-{at}": item("de", [("right", value)]) for at, value in enumerate(right)})


@pytest.fixture
def measured(monkeypatch, tmp_path):
    """What is measured, and the file it is compared with."""
    told = {}
    path = tmp_path / "expected.json"
    monkeypatch.setattr(measuring, "SETS", {"set": None})
    monkeypatch.setattr(measuring, "measure", lambda name, bar: told[name])
    monkeypatch.setattr(expected, "EXPECTED", path)
    for function in (expected.read_expected, expected.write_expected):
        monkeypatch.setattr(function, "__defaults__", (path,))
    return told


def gate(*args):
    return CliRunner().invoke(app, ["gate", *args])


def test_it_renews_and_then_passes_until_a_figure_falls(measured):
    measured["set"] = table([1] * 20 + [0])
    renewed = gate("--renew")
    assert renewed.exit_code == 0
    assert "Written:" in renewed.output
    assert "No figure fell" in gate().output
    measured["set"] = table([0] * 4 + [1] * 17)
    fell = gate()
    assert fell.exit_code == 1
    assert "No longer right in set: q-0, q-1, q-2, q-3" in fell.output
    assert "Right now in set: q-20" in fell.output


def test_a_fall_is_named_with_the_set_the_figure_and_the_questions(measured):
    measured["set"] = table([1] * 20)
    gate("--renew")
    measured["set"] = table([0] * 2 + [1] * 18)
    fell = gate()
    assert fell.exit_code == 1
    assert "fell set: questions answered or refused rightly fell from 1.00 (1.00 to 1.00) to 0.90" in fell.output
    assert "q-0 (1 → 0), q-1 (1 → 0)" in fell.output


def test_nothing_is_asked_where_a_chat_model_would_answer(measured, monkeypatch):
    monkeypatch.setenv("RAG_LLM", "openai:gpt-5")
    result = gate("--renew")
    assert isinstance(result.exception, NewsragError)
    assert "Unset it" in str(result.exception)


def test_nothing_is_asked_where_there_is_nothing_to_compare_with(measured):
    result = gate()
    assert isinstance(result.exception, NewsragError)
    assert "cannot be read" in str(result.exception)
