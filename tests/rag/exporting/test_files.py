import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from rag.answers import Located, Usage
from rag.errors import ExportError
from rag.exporting import FORMATS, Record, check_target, read_record, render, write_export

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe = st.none() | words
citations = st.builds(
    rag.Citation,
    article_id=words,
    start=st.integers(0, 9),
    end=st.integers(10, 99),
    quote=words,
    verdict=st.sampled_from(rag.Verdict),
    located=st.sampled_from(Located),
    reasons=st.lists(words, max_size=2).map(tuple),
    attributed=maybe,
    copies=st.lists(words, max_size=2).map(tuple),
    title=maybe,
    source=maybe,
    published=maybe,
    language=maybe,
    url=maybe,
)
statements = st.builds(
    rag.Statement,
    text=words,
    citations=st.lists(citations, max_size=2).map(tuple),
    verdict=st.sampled_from(rag.Verdict),
    reasons=st.lists(words, max_size=2).map(tuple),
)
records = st.builds(
    Record,
    created=words,
    newsrag=words,
    question=words,
    answered=st.booleans(),
    text=words,
    statements=st.lists(statements, max_size=3).map(tuple),
    text_sha256=st.dictionaries(words, maybe, max_size=2),
    index=st.dictionaries(words, words | st.integers(0, 2**31), max_size=2),
    filters=st.sampled_from([rag.Filters(), rag.Filters(("de", "fr"), ("DPA",), "2024", "2025-02")]),
    searched=maybe,
    notice=maybe,
    model=maybe,
    confidence=st.none() | st.floats(0, 1),
    usage=st.none() | st.builds(Usage, st.integers(0, 9999), st.integers(0, 9999), st.none() | st.floats(0, 99)),
)


@given(record=records)
def test_what_is_written_is_read_back(tmp_path_factory, record):
    path = tmp_path_factory.getbasetemp() / "round trip.json"
    write_export(record, path)
    assert read_record(path) == record


@given(record=records)
def test_every_format_takes_every_record(record):
    for ending in FORMATS:
        assert render(record, ending)


class TestWriting:
    @pytest.mark.parametrize("ending", [".json", ".md", ".html", ".HTML"])
    def test_the_ending_chooses_the_format(self, record, tmp_path, ending):
        path = tmp_path / f"answer{ending}"
        write_export(record, path)
        assert path.read_text(encoding="utf-8") == render(record, ending.lower())
        assert [each.name for each in tmp_path.glob("*answer*")] == [path.name]

    @pytest.mark.parametrize("name", ["answer.txt", "answer", "answer.json.gz", ".json"])
    def test_another_ending_lists_the_choices(self, tmp_path, name):
        with pytest.raises(ExportError, match=r"Let it end in \.json, \.md, \.html\."):
            check_target(tmp_path / name)

    def test_a_missing_folder_and_a_folder_as_target_are_said(self, tmp_path):
        with pytest.raises(ExportError, match="no folder"):
            check_target(tmp_path / "none" / "answer.md")
        (tmp_path / "folder.md").mkdir()
        with pytest.raises(ExportError, match="is a folder"):
            check_target(tmp_path / "folder.md")

    def test_a_write_that_fails_leaves_the_old_file(self, record, tmp_path, monkeypatch):
        path = tmp_path / "answer.json"
        path.write_text("old")

        def full(_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ExportError, match="No space left"):
            write_export(record, path)
        assert path.read_text() == "old"
        assert [each.name for each in tmp_path.glob("*answer*")] == ["answer.json"]

    def test_half_a_surrogate_pair_of_a_model_does_not_lose_the_answer(self, record, tmp_path):
        from dataclasses import replace

        path = tmp_path / "answer.json"
        write_export(replace(record, notice="\ud83d"), path)
        assert read_record(path).notice == "?"


class TestReading:
    def written(self, tmp_path, tree):
        path = tmp_path / "bad.json"
        path.write_text(tree if isinstance(tree, str) else json.dumps(tree))
        return path

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("", "is not JSON"),
            ("# What about the bridge?", "is not JSON"),
            ("[" * 100_000, "is not JSON"),
            ("[]", "is no export"),
            ('{"question": "?"}', "is no export"),
            ('{"format": "newsrag-answer"}', "version None; this newsrag reads version 1. The file is damaged"),
            ('{"format": "newsrag-answer", "version": 2}', "version 2; this newsrag reads version 1. Upgrade newsrag"),
            ('{"format": "newsrag-answer", "version": 1}', "is damaged at"),
        ],
    )
    def test_a_bad_file_is_one_clear_line(self, tmp_path, content, message):
        with pytest.raises(ExportError, match=message) as raised:
            read_record(self.written(tmp_path, content))
        assert "\n" not in str(raised.value)

    def test_no_file(self, tmp_path):
        with pytest.raises(ExportError, match=r"none\.json cannot be read: No such file"):
            read_record(tmp_path / "none.json")

    def test_bytes_that_are_no_text(self, tmp_path):
        path = tmp_path / "bad.json"
        path.write_bytes(b"\xff\x00{")
        with pytest.raises(ExportError, match="is not JSON"):
            read_record(path)

    @pytest.mark.parametrize(("start", "end"), [(-5, 3), (4, 4), (9, 3)])
    def test_a_span_that_cannot_be(self, record, tmp_path, start, end):
        tree = json.loads(render(record, ".json"))
        tree["statements"][0]["citations"][0] |= {"start": start, "end": end}
        with pytest.raises(ExportError, match=f"statement 1 cites characters {start}–{end}"):
            read_record(self.written(tmp_path, tree))

    @pytest.mark.parametrize("change", [{"verdict": "maybe"}, {"start": "0"}, {"quote": None}])
    def test_a_wrong_value_is_named(self, record, tmp_path, change):
        tree = json.loads(render(record, ".json"))
        tree["statements"][1]["citations"][0] |= change
        with pytest.raises(ExportError, match=rf"damaged at 'statements\.1\.citations\.0\.{next(iter(change))}'"):
            read_record(self.written(tmp_path, tree))

    def test_names_of_a_later_minor_change_are_passed_over(self, record, tmp_path):
        assert read_record(self.written(tmp_path, {**record.as_dict(), "mood": "good"})) == record
