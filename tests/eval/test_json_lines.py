import json
import lzma

import pytest

from eval.json_lines import GoldError, one_file, read_json_lines

RECORDS = [{"id": 1, "text": "Die Brücke"}, {"id": 2, "text": "мост\u2028через реку"}]
LINES = "\n\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS) + "\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "de.jsonl").write_text(LINES, encoding="utf-8")
    (tmp_path / "ru.jsonl.xz").write_bytes(lzma.compress(LINES.encode()))
    return tmp_path


@pytest.mark.parametrize("name", ["de.jsonl", "ru.jsonl.xz"])
def test_plain_or_packed_without_empty_lines(folder, name):
    assert read_json_lines(folder / name, ("id", "text")) == RECORDS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id": 1}\n', "line 1 lacks text, title"),
        (b'\n{"id": 1, "text": 2, "title": 3}\n[1]\n', "line 3 lacks id, text, title"),
        (b'{"id": 1, "text": 2, "title": 3}\n{"id": ', "line 2 is no JSON"),
        (b"\xff\xfe", r"is not UTF-8 \(byte 0\)"),
    ],
)
def test_a_bad_line_is_named(tmp_path, content, message):
    file = tmp_path / "bad.jsonl"
    file.write_bytes(content)
    with pytest.raises(GoldError, match=message) as raised:
        read_json_lines(file, ("id", "text", "title"))
    assert str(file) in str(raised.value)


@pytest.mark.parametrize("content", [b"no xz", lzma.compress(b"{}\n" * 100)[:-20]])
def test_a_damaged_archive(tmp_path, content):
    (tmp_path / "bad.jsonl.xz").write_bytes(content)
    with pytest.raises(GoldError, match="Cannot read the records"):
        read_json_lines(tmp_path / "bad.jsonl.xz", ())


def test_no_file(tmp_path):
    with pytest.raises(GoldError, match="Cannot read the records"):
        read_json_lines(tmp_path / "none.jsonl", ())


def test_one_file(folder):
    assert one_file(folder / "de.jsonl", "x", "Get it.") == folder / "de.jsonl"
    assert one_file(folder, "de", "Get it.") == folder / "de.jsonl"
    assert one_file(folder, "ru", "Get it.") == folder / "ru.jsonl.xz"
    with pytest.raises(GoldError, match=r"holds no fr\.jsonl or fr\.jsonl\.xz\. Get it\."):
        one_file(folder, "fr", "Get it.")
