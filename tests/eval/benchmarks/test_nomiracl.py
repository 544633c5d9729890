"""How often the archive answers without evidence or refuses with it, on a tiny set in NoMIRACL's form."""

import json
import lzma

import pytest
from typer.testing import CliRunner

from eval.benchmarks.nomiracl import measure
from eval.cli import app
from eval.json_lines import GoldError

HARBOUR = "The harbour of Ostrevik was closed on Monday after a storm."
LIBRARY = "The library in Mirabel lends four thousand books a year."
RECORDS = [
    {
        "id": 7,
        "question": "Why was the harbour of Ostrevik closed?",
        "passages": [LIBRARY, HARBOUR],
        "answerable": True,
    },
    {"id": 8, "question": "Why was the harbour of Ostrevik closed?", "passages": [LIBRARY], "answerable": False},
    {"id": 9, "question": "What did Konrad Weidling say in Berlin?", "passages": [LIBRARY], "answerable": False},
]


@pytest.fixture
def folder(tmp_path):
    lines = "\n".join(json.dumps(record) for record in RECORDS)
    (tmp_path / "en.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "de.jsonl.xz").write_bytes(lzma.compress(lines.encode()))
    return tmp_path


def bar(_):
    return lambda done, total: None


def test_each_question_is_asked_of_its_own_passages(folder):
    (found,) = measure(folder, ["en"], bar)
    assert (found.language, found.answerable, found.unanswerable) == ("en", 1, 2)
    assert (found.hallucination_rate, found.error_rate, found.both) == (0.0, 0.0, 0.0)
    assert 0.0 <= found.area <= 1.0


def test_languages_in_the_order_asked_for_plain_or_packed(folder):
    assert [each.language for each in measure(folder, ["de", "en"], bar)] == ["de", "en"]


def test_a_language_that_is_not_there(folder):
    with pytest.raises(GoldError, match=r"holds no fr\.jsonl .* Get NoMIRACL"):
        measure(folder, ["fr"], bar)


def test_the_command(folder):
    done = CliRunner().invoke(app, ["abstention", "--data", str(folder), "--languages", "en", "--json"])
    assert json.loads(done.stdout)[0]["hallucination_rate"] == 0.0
    assert "hallucination rate" in CliRunner().invoke(app, ["abstention", "--data", str(folder)]).stdout
