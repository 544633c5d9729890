"""``rag eval run`` on two articles of our own, with the real archive."""

import json
import lzma
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from eval import runner
from eval.cli import app
from eval.gold_set import read_gold
from eval.json_lines import GoldError
from rag import NOT_ANSWERED, Answer, Archive, Citation, Statement, Verdict
from rag.errors import NewsragError

HARBOUR = """The harbour of Ostrevik was closed on Monday after a storm.
Mayor Ingrid Solvang said repairs cost 12 million crowns.

The ferry to Lunnavik will not sail before Friday.
"""
ORCHARD = """Der Obstbauer Konrad Weidling hat in Hainstedt eine alte Apfelsorte wiederentdeckt.
Sie heißt Blauer Gockel.

Das Pomologische Institut bestätigte den Fund am Dienstag.
"""


def evidence(article, text, quote):
    return {"article": article, "quote": quote, "start": text.index(quote), "end": text.index(quote) + len(quote)}


COST = evidence("harbour.txt", HARBOUR, "Mayor Ingrid Solvang said repairs cost 12 million crowns.")
FOUND = evidence(
    "orchard.txt", ORCHARD, "Der Obstbauer Konrad Weidling hat in Hainstedt eine alte Apfelsorte wiederentdeckt."
)
LINES = (
    {"id": "cost", "language": "en", "question": "What do the repairs cost, according to Ingrid Solvang?"}
    | {"answerable": True, "evidence": [COST]},
    {"id": "apple", "language": "de", "question": "Welche alte Apfelsorte hat Konrad Weidling wiederentdeckt?"}
    | {"answerable": True, "evidence": [FOUND]},
    {"id": "bridge", "language": "en", "question": "Why did Bartholomew Quillfeather resign from NATO in 1987?"}
    | {"answerable": False, "evidence": [], "note": "other person: nobody of that name"},
)


def write(path, lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (articles / "orchard.txt").write_text(ORCHARD, encoding="utf-8")
    return write(tmp_path / "gold.jsonl", LINES)


@pytest.fixture
def quoting(monkeypatch):
    """Archives that answer what they are told to, and nothing else."""
    told = {}

    def ask(archive, question, filters):
        hits = tuple(archive.search(question, filters=filters))
        if question not in told:
            return Answer(question, False, NOT_ANSWERED, (), hits)
        evidence, shift = told[question]
        (article_id,) = (info.id for info in archive.list() if evidence["article"] in info.origin)
        start, end, quote = evidence["start"] + shift, evidence["end"] + shift, evidence["quote"]
        citation = Citation(article_id, start, end, quote, Verdict.SUPPORTED)
        return Answer(question, True, quote, (Statement(quote, (citation,)),), hits)

    monkeypatch.setattr(Archive, "ask", ask)

    def tell(line, evidence, shift=0):
        told[line["question"]] = evidence, shift

    return tell


def run(*arguments):
    return CliRunner().invoke(app, ["run", *map(str, arguments)], catch_exceptions=False)


def run_json(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


class TestRun:
    def test_measures_every_question(self, gold):
        tree = run_json("--gold", gold)
        assert [question["id"] for question in tree["questions"]] == ["cost", "apple", "bridge"]
        assert set(tree["languages"]) == {"de", "en"}
        overall = tree["overall"]
        assert (overall["answerable"], overall["unanswerable"]) == (2, 1)
        assert overall["passage_hit_at_1"] == overall["citation_hit_at_3"] == overall["quote_exactness"] == 1
        assert (overall["answered_rightly"], overall["abstained_rightly"]) == (1, 1)
        cost = tree["questions"][0]
        assert cost["given"]["citations"][0]["exact"]
        assert cost["given"]["passages"][0]["end"] > cost["evidence"][0]["start"]
        assert tree["indexed_with"]
        assert tree["llm"] is None

    def test_gives_the_same_numbers_twice(self, gold):
        assert run("--gold", gold, "--json").stdout == run("--gold", gold, "--json").stdout

    def test_prints_a_table_by_language(self, gold, quoting):
        quoting(LINES[1], FOUND)
        lines = [" ".join(line.split()) for line in run("--gold", gold).stdout.splitlines()]
        # questions, passages at 1, 3, 5, citations at 1, 3, answered rightly, abstained rightly, abstained wrongly
        assert "de 1 + 0 1.00 1.00 1.00 1.00 1.00 1.00 – 0.00" in lines
        assert "en 1 + 1 1.00 1.00 1.00 0.00 0.00 0.00 1.00 1.00" in lines
        assert "all 2 + 1 1.00 1.00 1.00 0.50 0.50 0.50 1.00 0.50" in lines
        assert lines[0] == "passage passage passage cited cited answered abstained abstained"
        assert "Pool: 2 articles (de 1, en 1), 2 passages" in lines
        assert lines[-1] == "quote exactness 1.000 of 1 citations"

    def test_leaves_the_users_archive_alone(self, gold, tmp_path, monkeypatch):
        monkeypatch.setenv("RAG_ARCHIVE", str(tmp_path / "mine"))
        run("--gold", gold)
        assert not (tmp_path / "mine").exists()

    def test_articles_from_another_folder(self, gold, tmp_path):
        (tmp_path / "articles").rename(tmp_path / "elsewhere")
        assert run_json("--gold", gold, "--articles", tmp_path / "elsewhere")["overall"]["passage_hit_at_3"] == 1

    def test_the_seed_set_is_the_default(self):
        tree = run_json()
        assert tree["overall"]["questions"] > 100
        assert tree["overall"]["quote_exactness"] == 1


class TestAmong:
    def test_other_articles_stand_beside_the_gold_ones(self, gold, tmp_path):
        others = write(tmp_path / "others.jsonl", [{"text": f"{HARBOUR} Number {n}.", "lang": "en"} for n in range(3)])
        tree = run_json("--gold", gold, "--among", others)
        assert tree["pool"] == {"articles": 5, "passages": 5, "languages": {"de": 1, "en": 4}}
        assert {passage["article_id"].split("-")[0] for passage in tree["questions"][0]["given"]["passages"]} == {
            "harbour",
            "orchard",
            "others",
        }

    def test_packed_articles(self, gold, tmp_path):
        packed = tmp_path / "others.jsonl.xz"
        packed.write_bytes(lzma.compress(json.dumps({"text": "Nothing else happened in Ostrevik today."}).encode()))
        assert run_json("--gold", gold, "--among", packed)["pool"]["articles"] == 3

    def test_a_file_of_the_same_name_takes_no_gold_articles_name(self, gold, tmp_path):
        (tmp_path / "others").mkdir()
        (tmp_path / "others" / "harbour.txt").write_text("Another harbour, another storm.", encoding="utf-8")
        tree = run_json("--gold", gold, "--among", tmp_path / "others" / "harbour.txt")
        assert tree["overall"]["passage_hit_at_1"] == 1

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("none.jsonl", None, "Nothing of .*none.jsonl could be added: there is no such file"),
            ("none.jsonl.xz", None, "Cannot unpack .*none.jsonl.xz"),
            ("plain.jsonl.xz", b'{"text": "Not packed."}', "Cannot unpack .*plain.jsonl.xz"),
            ("cut.jsonl.xz", lzma.compress(b"x" * 1000)[:-20], "Cannot unpack .*cut.jsonl.xz"),
            ("empty.jsonl", b"{}", "Nothing of .*empty.jsonl could be added: no text"),
        ],
    )
    def test_a_file_that_gives_nothing(self, gold, tmp_path, name, content, message):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(GoldError, match=message):
            run("--gold", gold, "--among", tmp_path / name)

    def test_not_with_an_archive(self, gold, tmp_path):
        with pytest.raises(NewsragError, match="leave --archive away"):
            run("--gold", gold, "--archive", tmp_path, "--among", gold)


class TestArchive:
    def test_an_archive_is_asked_as_it_is(self, gold, tmp_path):
        with Archive.open(tmp_path / "mine") as mine:
            mine.add(tmp_path / "articles")
            before = mine.list()
        tree = run_json("--gold", gold, "--archive", tmp_path / "mine")
        assert tree["overall"]["passage_hit_at_1"] == 1
        with Archive.open(tmp_path / "mine") as mine:
            assert mine.list() == before

    def test_articles_can_be_named_by_id(self, gold, tmp_path):
        with Archive.open(tmp_path / "mine") as mine:
            receipt = mine.add(tmp_path / "articles" / "harbour.txt")
        (added,) = receipt.entries
        write(gold, [LINES[0] | {"evidence": [COST | {"article": added.article_id}]}])
        assert run_json("--gold", gold, "--archive", tmp_path / "mine")["overall"]["passage_hit_at_1"] == 1

    def test_no_archive_is_made(self, gold, tmp_path):
        with pytest.raises(NewsragError, match="There is no archive in"):
            run("--gold", gold, "--archive", tmp_path / "none")
        assert not (tmp_path / "none").exists()

    def test_not_with_articles(self, gold, tmp_path):
        with pytest.raises(NewsragError, match="give one of them"):
            run("--gold", gold, "--archive", tmp_path, "--articles", tmp_path)


class TestMisses:
    def test_each_with_what_was_expected_and_given_and_why(self, gold, quoting):
        quoting(LINES[0], COST)
        wrong = LINES[0] | {"id": "wrong", "evidence": [FOUND]}
        near = LINES[0] | {"id": "near", "answerable": False, "evidence": [], "note": "other [b]"}
        write(gold, [LINES[0], wrong, near])
        missed = run("--gold", gold, "--misses").stdout.partition("\nwrong ")
        wrong, _, near = missed[2].partition("\nnear ")
        assert "\ncost " not in missed[0]
        assert wrong.startswith("retrieved but not cited en What do the repairs cost")
        assert f"expected {FOUND['quote']} orchard.txt 0–" in wrong
        assert f"given    {COST['quote']} harbour-" in wrong
        assert "evidence in passage 2 of 2, citation none of 1" in wrong
        assert near.startswith("answered though unanswerable")
        assert "expected no answer (other [b])" in near

    @pytest.mark.usefixtures("quoting")
    def test_a_wrong_refusal(self, gold):
        write(gold, LINES[:1])
        printed = run("--gold", gold, "--misses").stdout
        assert "cost abstained wrongly en" in printed
        assert "given    The archive does not answer this." in printed
        assert "evidence in passage 1 of 2, citation none of 0" in printed


class TestBadInput:
    def test_evidence_from_an_article_that_is_not_there(self, gold):
        write(gold, [LINES[0] | {"evidence": [COST | {"article": "b.txt"}]}])
        with pytest.raises(GoldError, match=r"gold\.jsonl:1: no article 'b\.txt' in the archive"):
            run("--gold", gold)

    def test_evidence_with_other_words_at_its_span(self, gold):
        shifted = COST | {"start": COST["start"] + 1, "end": COST["end"] + 1}
        write(gold, [*LINES[1:], LINES[0] | {"evidence": [shifted]}])
        with pytest.raises(GoldError, match=r"gold\.jsonl:3: harbour\.txt has other words at"):
            run("--gold", gold)

    def test_no_folder_of_articles(self, gold, tmp_path):
        with pytest.raises(GoldError, match="none is not a folder of articles"):
            run("--gold", gold, "--articles", tmp_path / "none")

    def test_an_article_that_cannot_be_added(self, gold, tmp_path):
        (tmp_path / "articles" / "empty.txt").write_text("")
        with pytest.raises(GoldError, match=r"The article .*empty\.txt could not be added: "):
            run("--gold", gold)

    def test_a_name_that_two_files_share_is_not_guessed(self, gold, tmp_path):
        (tmp_path / "articles" / "more").mkdir()
        (tmp_path / "articles" / "more" / "harbour.txt").write_text(ORCHARD + "Mehr dazu morgen.\n", encoding="utf-8")
        with pytest.raises(GoldError, match=r"no article 'harbour\.txt'"):
            run("--gold", gold)


class TestQuotes:
    def test_a_wrong_quote_is_said_loudly(self, gold, quoting):
        quoting(LINES[0], COST, shift=1)
        quoting(LINES[1], FOUND)
        result = run("--gold", gold)
        assert result.exit_code == 1
        assert "Quotes that are not what stands at their span: cost" in result.stderr
        assert "quote exactness 0.500 of 2 citations" in result.stdout

    def test_a_citation_of_an_unknown_article_is_inexact(self, gold, monkeypatch):
        citation = Citation("nowhere", 0, 3, "The", Verdict.SUPPORTED)
        invented = Answer("?", True, "The", (Statement("The", (citation,)),), ())
        monkeypatch.setattr(Archive, "ask", lambda *_: invented)
        with runner.temporary_archive(gold.parent / "articles") as (archive, ids):
            rows = runner.run(archive, read_gold(gold), ids)
        assert [row.inexact for row in rows] == [(citation,)] * 3


class TestImport:
    def test_is_light(self):
        code = "import sys, rag; known = set(sys.modules); import eval.cli; print(*set(sys.modules) - known)"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        added = set(done.stdout.split())
        assert "eval.cli" in added
        assert not added & {
            "eval.runner",
            "eval.pool",
            "eval.benchmarks.names",
            "eval.benchmarks.xquad",
            "numpy",
            "chromadb",
            "tantivy",
            "langchain_core",
        }
