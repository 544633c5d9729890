"""Rows on the disk, and a run that is interrupted and goes on."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import runner
from eval.gold_set import Evidence, Question
from eval.json_lines import GoldError
from eval.row_store import RowStore, made_of
from eval.rows import Row
from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Located, Statement, Usage, Verdict
from rag.archive import Archive
from rag.articles import Article, Passage, Span

MADE_OF = {"gold file": "abc", "system": "newsrag"}
TEXTS = st.text(max_size=20)


def row(name="q", text="…"):
    citation = Citation("a", 0, 3, text, Verdict.PARTLY, Located.MOVED, (text,), None, ("b",), language="de")
    hits = (Hit(0.1 + 0.2, Passage("a", 0, 3, text, "de", ((0, 1), (1, 3)))),)
    answer = Answer("?", True, text, (Statement(text, (citation,)),), hits, confidence=1 / 3, usage=Usage(1, 2, 0.1))
    question = Question(name, "en", "?", True, (Evidence("a.txt", 0, 3, text or "x"),), as_of="2031-03-04")
    return Row(question, (Span("a", 0, 3),), answer, 0.125, (citation,), {"a.txt": "de"})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.jsonl"


class TestRowStore:
    def test_rows_come_back_as_they_were(self, path):
        store = RowStore(path, MADE_OF)
        assert store.rows == {}
        store.add(row("one"))
        store.add(row("two", "line\nbreak\u2028 and “more”"))
        assert RowStore(path, MADE_OF).rows == {"one": row("one"), "two": row("two", "line\nbreak\u2028 and “more”")}

    def test_each_row_is_on_the_disk_as_it_is_made(self, path):
        RowStore(path, MADE_OF).add(row())
        assert len(path.read_bytes().splitlines()) == 2

    def test_a_half_written_row_is_made_again(self, path):
        store = RowStore(path, MADE_OF)
        store.add(row("one"))
        store.add(row("two"))
        path.write_bytes(path.read_bytes()[:-5])
        again = RowStore(path, MADE_OF)
        assert list(again.rows) == ["one"]
        again.add(row("two"))
        assert list(RowStore(path, MADE_OF).rows) == ["one", "two"]

    def test_a_half_written_first_line(self, path):
        path.write_bytes(b'{"made_of": {"gold')
        assert RowStore(path, MADE_OF).rows == {}

    def test_rows_of_something_else_are_refused(self, path):
        RowStore(path, MADE_OF).add(row())
        before = path.read_bytes()
        with pytest.raises(GoldError, match=r"with another gold file, index\. Delete it to begin anew"):
            RowStore(path, MADE_OF | {"gold file": "other", "index": "new"})
        assert path.read_bytes() == before

    @pytest.mark.parametrize("content", [b"{}\n", b"no JSON\n", b'{"made_of": 1}\n', b"[]\n"])
    def test_another_file(self, path, content):
        path.write_bytes(content)
        with pytest.raises(GoldError, match="does not hold the rows of a run"):
            RowStore(path, MADE_OF)
        assert path.read_bytes() == content

    def test_a_damaged_row(self, path):
        RowStore(path, MADE_OF)
        with path.open("ab") as file:
            file.write(b'{"question": 1}\n')
        with pytest.raises(GoldError, match=r"rows\.jsonl:2: not a row of a run"):
            RowStore(path, MADE_OF)

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(GoldError, match="Cannot write the rows"):
            RowStore(tmp_path / "none" / "rows.jsonl", MADE_OF)

    @given(TEXTS, st.floats(0, 1e6))
    def test_any_text_and_time(self, tmp_path_factory, text, seconds):
        path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
        given = replace(row("q", text), seconds=seconds)
        RowStore(path, MADE_OF).add(given)
        assert RowStore(path, MADE_OF).rows["q"] == given


class TestMadeOf:
    def test_differs_by_questions_articles_settings_and_system(self, tmp_path, monkeypatch):
        gold = tmp_path / "gold.jsonl"
        gold.write_text("{}")
        with Archive.open(tmp_path / "one") as archive:
            archive.add([Article("a", "The harbour of Ostrevik was closed on Monday.", language="en")])
            first = made_of(gold, archive, "newsrag")
            assert first == made_of(gold, archive, "newsrag")
            archive.add([Article("b", "The ferry to Lunnavik will not sail before Friday.", language="en")])
            gold.write_text('{"id": 1}')
            other = made_of(gold, archive, "bm25")
        assert _differing(first, other) == {"gold file", "articles", "system"}
        monkeypatch.setenv("RAG_CANDIDATES", "7")
        with Archive.open(tmp_path / "one") as archive:
            assert _differing(other, made_of(gold, archive, "bm25")) == {"settings"}

    def test_the_archives_folder_and_keys_make_no_difference(self, tmp_path, monkeypatch):
        gold = tmp_path / "gold.jsonl"
        gold.write_text("{}")
        found = []
        for name in ("one", "two"):
            monkeypatch.setenv("RAG_LLM_API_KEY", name)
            with Archive.open(tmp_path / name) as archive:
                found.append(made_of(gold, archive, "newsrag"))
        assert found[0] == found[1]
        assert "one" not in json.dumps(found)


class TestRun:
    def test_an_interrupted_run_goes_on_and_asks_only_what_is_left(self, tmp_path, path):
        questions = [Question(str(number), "en", f"Question {number}?", False) for number in range(4)]
        asked = []

        def ask(question):
            if question.id == "2" and len(asked) == 2:
                raise KeyboardInterrupt
            asked.append(question.id)
            return Answer(question.question, False, NOT_ANSWERED, (), ())

        with Archive.open(tmp_path / "archive") as archive:
            with pytest.raises(KeyboardInterrupt):
                runner.run(archive, questions, {}, ask=ask, store=RowStore(path, MADE_OF))
            asked.append("interrupted")
            rows = runner.run(archive, questions, {}, ask=ask, store=RowStore(path, MADE_OF))
        assert asked == ["0", "1", "interrupted", "2", "3"]
        assert [one.question for one in rows] == questions


def _differing(one, other):
    return {key for key in one if one[key] != other[key]}
