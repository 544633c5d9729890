import json

import pytest

from eval.report.files import ReportError, last_report, read_tree, write_report
from tests.eval.report.trees import TODAY, YESTERDAY, tree


class TestWriteReport:
    def test_writes_three_files(self, tmp_path):
        made = write_report(tree(), tmp_path / "new" / "folder", TODAY)
        assert [path.name for path in made] == ["report.html", "report.md", "report.json"]
        assert {path.name for path in (tmp_path / "new" / "folder").iterdir()} == {path.name for path in made}
        assert json.loads(made[2].read_text(encoding="utf-8"))["created"] == "2031-03-04T09:05:00+00:00"
        assert read_tree(made[2])["gold"] == ["gold.jsonl"]

    def test_says_when(self, tmp_path):
        for written in write_report(tree(), tmp_path, TODAY)[:2]:
            assert "4 March 2031, 09:05 UTC" in written.read_text(encoding="utf-8").replace("\\", "")

    def test_keeps_the_last_one_and_says_what_changed(self, tmp_path):
        write_report(tree(), tmp_path, YESTERDAY)
        assert "held no report before" in (tmp_path / "report.md").read_text(encoding="utf-8")
        html, markdown, _ = write_report(tree({"one": "lost"}), tmp_path, TODAY)
        assert (
            json.loads((tmp_path / "report-before.json").read_text(encoding="utf-8"))["created"]
            == "2031-03-03T09:05:00+00:00"
        )
        for written in (html, markdown):
            assert "1 question that was right is missed now" in written.read_text(encoding="utf-8")

    def test_a_last_report_of_other_sets_is_nothing_to_compare_with(self, tmp_path):
        write_report(tree(sets=("orchard",)), tmp_path, YESTERDAY)
        _, markdown, _ = write_report(tree(), tmp_path, TODAY)
        assert "was about other sets" in markdown.read_text(encoding="utf-8")

    def test_a_last_report_that_cannot_be_read_is_not_thrown_away(self, tmp_path):
        (tmp_path / "report.json").write_text("{")
        with pytest.raises(ReportError, match=r"report\.json is not JSON"):
            write_report(tree(), tmp_path, TODAY)
        assert (tmp_path / "report.json").read_text() == "{"

    def test_a_folder_that_cannot_be_made(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(ReportError, match="cannot be made"):
            write_report(tree(), tmp_path / "file" / "folder", TODAY)


def test_a_folder_without_a_report(tmp_path):
    assert last_report(tmp_path) is None
