"""A folder full of trouble: each thing gets its reason in the receipt, and the rest is added."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fpdf import FPDF

import rag
from rag.receipts import Outcome

GOOD = "The ferry to Texel was late on Monday because of the storm."


@pytest.fixture(scope="module")
def trouble(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("trouble")
    (folder / "a_empty.txt").write_bytes(b"")
    (folder / "b_binary.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 8)
    (folder / "c_line.txt").write_bytes(b"word " * 10_000_000)
    with zipfile.ZipFile(folder / "d_bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<x/>")
        bomb.writestr("word/document.xml", b"\0" * 400_000_000)
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.cell(text=GOOD)
    pdf.set_encryption(owner_password="owner", user_password="user")
    pdf.output(str(folder / "e_encrypted.pdf"))
    lines = [json.dumps({"id": str(n), "text": f"Bridge number {n} was opened."}) for n in range(1, 6)]
    lines[2] = '{"id": "3", "text": '
    (folder / "f_lines.jsonl").write_text("\n".join(lines))
    (folder / "loop").mkdir()
    (folder / "loop" / "again").symlink_to(folder, target_is_directory=True)
    (folder / "z_good.txt").write_text(GOOD)
    return folder


class TestBadInput:
    def test_each_gets_a_reason_and_the_rest_is_added(self, archive, trouble):
        receipt = archive.add(trouble)
        found = {Path(entry.origin).name: (entry.outcome, entry.reason or "") for entry in receipt.entries}
        for name, reason in {
            "a_empty.txt": "empty",
            "b_binary.txt": "not text",
            "c_line.txt": "RAG_MAX_ARTICLE_MB",
            "d_bomb.docx": "RAG_MAX_FILE_MB",
            "e_encrypted.pdf": "encrypted",
            "f_lines.jsonl:3": "JSON",
        }.items():
            assert found[name][0] is Outcome.FAILED, name
            assert reason in found[name][1], name
        assert found["again"][0] is Outcome.SKIPPED
        assert "loop" in found["again"][1]
        added = {name for name, (outcome, _) in found.items() if outcome is Outcome.ADDED}
        assert added == {"f_lines.jsonl:1", "f_lines.jsonl:2", "f_lines.jsonl:4", "f_lines.jsonl:5", "z_good.txt"}
        assert archive.status().consistent

    def test_file_removed_while_being_read(self, archive, tmp_path):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.txt").write_bytes(b"")
        (tmp_path / "in" / "b.txt").write_text(GOOD)
        (tmp_path / "in" / "c.txt").write_text("The bridge was opened.")
        receipt = archive.add(
            tmp_path / "in", progress=lambda step: (tmp_path / "in" / "b.txt").unlink(missing_ok=True)
        )
        assert [entry.outcome.value for entry in receipt.entries] == ["failed", "failed", "added"]
        assert "no such file" in receipt.entries[1].reason

    @pytest.mark.parametrize(("part", "code"), [("", 0), ("a_empty.txt", 2)])
    def test_exit_code_is_2_only_if_nothing_could_be_added(self, tmp_path, trouble, part, code):
        command = [sys.executable, "-m", "rag.cli", "add", str(trouble / part), "--archive", str(tmp_path), "--json"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        assert done.returncode == code
        assert "Traceback" not in done.stderr
        assert json.loads(done.stdout)["counts"]["failed"] >= 1

    def test_text_of_an_article_object_may_hold_anything(self, archive):
        receipt = archive.add([rag.Article("odd", "A lone \ud800 surrogate and a NUL \x00 in Vlieland.\r\nNext line.")])
        assert receipt.count(Outcome.ADDED) == 1
        article = archive.article("odd")
        assert "\x00" not in article.text
        assert "Vlieland" in archive.search("Vlieland")[0].passage.text
