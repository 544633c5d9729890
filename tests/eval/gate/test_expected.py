"""``eval/expected.json``: what is written is read again, and the file of the repository is whole."""

import json

import pytest

from eval.gate.expected import EXPECTED, figures, read_expected, write_expected
from eval.gate.measuring import SETS
from eval.gate.table import GateError, Table, item
from eval.gold_set import SHIPPED, read_gold

TABLES = {
    "one": Table("abc", {"q-1": item("de", [("right", True), ("mrr", 1 / 3)]), "q-2": item("en", [("right", False)])}),
    "two": Table("def", {"q-1": item("uk", [("cited", None), ("mrr", 0.5)])}),
}


class TestFile:
    def test_what_is_written_is_read_with_nothing_where_nothing_counts(self, tmp_path):
        write_expected(TABLES, tmp_path / "expected.json")
        found = read_expected(tmp_path / "expected.json")
        assert {name: (one.digest, one.columns, one.languages) for name, one in found.items()} == {
            "one": ("abc", ("right", "mrr"), ("de", "en")),
            "two": ("def", ("mrr",), ("uk",)),
        }
        assert found["one"].items["q-1"].values == {"right": 1.0, "mrr": 0.3333}
        assert found["one"].items["q-2"].values == {"right": 0.0, "mrr": None}

    def test_writing_what_was_read_changes_nothing(self, tmp_path):
        path = tmp_path / "expected.json"
        write_expected(TABLES, path)
        before = path.read_bytes()
        write_expected(read_expected(path), path)
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.parametrize("text", ["", "[]", '{"seed": {}}', '{"seed": {"digest": "a", "columns": ["x"]}}'])
    def test_another_file_is_refused(self, tmp_path, text):
        path = tmp_path / "expected.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(GateError, match="renew it"):
            read_expected(path)

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path):
        with pytest.raises(GateError, match="cannot be read"):
            read_expected(tmp_path / "none.json")


class TestOfTheRepository:
    def test_it_has_every_set_and_every_question_of_the_gold_sets(self):
        found = read_expected()
        assert set(found) == set(SETS)
        for name, gold in SHIPPED.items():
            assert set(found[name].items) == {question.id for question in read_gold(gold)}

    def test_the_figures_for_people_are_those_of_the_questions(self):
        written = json.loads(EXPECTED.read_text(encoding="utf-8"))
        assert {name: figures(table) for name, table in read_expected().items()} == {
            name: one["figures"] for name, one in written.items()
        }
