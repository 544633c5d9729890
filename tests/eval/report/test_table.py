import pytest

from eval.report.table import print_misses, print_report
from tests.eval.report.trees import HOSTILE, tree


@pytest.fixture
def printed(capsys, monkeypatch):
    """What a function prints, its white space made single spaces."""
    monkeypatch.setenv("COLUMNS", "80")

    def lines(function, *arguments):
        function(*arguments)
        return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]

    return lines


class TestPrintReport:
    def test_a_row_for_each_language_and_all(self, printed):
        lines = printed(print_report, tree())
        # questions, evidence in 1 and 3, cited, citation precision and recall, refused rightly and wrongly
        assert "ar 1 + 0 0.00 1.00 0.00 – – – 1.00" in lines
        assert "en 2 + 2 0.00 1.00 0.50 1.00 1.00 0.50 0.00" in lines
        assert any(line.startswith("all 4 + 2 0.00 0.75 0.25 ") for line in lines)
        assert "Pool: 2 articles (de 1, en 1), 2 passages" in lines
        assert "quote exactness 1.000 of 4 citations" in lines

    def test_fits_into_80_characters(self, capsys, monkeypatch):
        monkeypatch.setenv("COLUMNS", "80")
        print_report(tree())
        table = capsys.readouterr().out.partition("By language")[0]
        assert "precision" in table
        assert "…" not in table

    def test_every_set(self, printed):
        lines = printed(print_report, tree(sets=("harbour", "orchard")))
        assert sum(line.startswith("all ") for line in lines) == 2

    def test_no_citation(self, printed):
        assert "No citation was given." in printed(print_report, tree(dict.fromkeys(tree_ids(), "silent")))


def tree_ids():
    return ("one", "two", "three", "four", "five", "six")


class TestPrintMisses:
    def test_each_with_what_was_expected_and_given_and_why(self, printed):
        lines = printed(print_misses, tree())
        assert not any(line.startswith("one ") for line in lines)
        assert "four not retrieved de Wann fährt die Fähre?" in lines
        assert "expected The ferry sails on Friday. ferry.txt 0–26" in lines
        assert "given The archive does not answer this." in lines
        assert f"three retrieved but not cited en {HOSTILE}" in lines
        assert f"expected no answer {HOSTILE}" in lines

    def test_a_question_that_was_not_run(self, printed):
        assert "given nothing: it was not run" in printed(print_misses, tree({"one": None}))
