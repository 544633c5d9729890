"""``rag eval run`` on two articles of our own, with the real archive."""

import json
import lzma
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from eval import runner, running
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
    """The whole tree."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


def run_set(*arguments):
    """How we did on the only set, and the means of its measures."""
    (one,) = run_json(*arguments)["systems"]["newsrag"]["sets"].values()
    return one, {name: figure["value"] for name, figure in one["overall"].items()}


def _without_times(tree):
    for one in tree["systems"]["newsrag"]["sets"].values():
        one.pop("latency_ms")
        for question in one["questions"]:
            question["given"].pop("seconds")
    return tree


class TestRun:
    def test_measures_every_question(self, gold):
        tree = run_json("--gold", gold)
        assert tree["gold"] == [str(gold)]
        assert tree["indexed_with"]
        assert tree["llm"] is None
        one = tree["systems"]["newsrag"]["sets"]["gold"]
        assert [question["id"] for question in one["questions"]] == ["cost", "apple", "bridge"]
        assert set(one["languages"]) == {"de", "en"}
        assert set(one["pairs"]) == {"en→en", "de→de"}
        overall = one["overall"]
        assert (overall["refused_wrongly"]["n"], overall["refused_rightly"]["n"]) == (2, 1)
        for name in ("evidence_hit_at_1", "mrr", "cited", "citation_precision", "refused_rightly", "quote_exactness"):
            assert overall[name]["value"] == 1
        assert overall["refused_wrongly"]["value"] == 0
        cost = one["questions"][0]
        assert cost["given"]["citations"][0]["exact"]
        assert cost["given"]["passages"][0]["end"] > cost["evidence"][0]["start"]

    def test_gives_the_same_numbers_twice_but_for_times(self, gold):
        assert _without_times(run_json("--gold", gold)) == _without_times(run_json("--gold", gold))

    def test_prints_a_table_by_language(self, gold, quoting):
        quoting(LINES[1], FOUND)
        lines = [" ".join(line.split()) for line in run("--gold", gold).stdout.splitlines()]
        # questions, evidence in 1, 3, cited, citation precision, recall, refused rightly, wrongly
        assert "de 1 + 0 1.00 1.00 1.00 1.00 1.00 – 0.00" in lines
        assert "en 1 + 1 1.00 1.00 0.00 – – 1.00 1.00" in lines
        assert "all 2 + 1 1.00 1.00 0.50 1.00 1.00 1.00 0.50" in lines
        assert "Pool: 2 articles (de 1, en 1), 2 passages" in lines
        assert lines[-1] == "quote exactness 1.000 of 1 citations"

    def test_leaves_the_users_archive_alone(self, gold, tmp_path, monkeypatch):
        monkeypatch.setenv("RAG_ARCHIVE", str(tmp_path / "mine"))
        run("--gold", gold)
        assert not (tmp_path / "mine").exists()

    def test_articles_from_another_folder(self, gold, tmp_path):
        (tmp_path / "articles").rename(tmp_path / "elsewhere")
        _, means = run_set("--gold", gold, "--articles", tmp_path / "elsewhere")
        assert means["evidence_hit_at_3"] == 1

    def test_both_shipped_sets_are_the_default(self, gold, monkeypatch):
        monkeypatch.setattr("eval.cli.SHIPPED", {"first": gold, "second": gold})
        tree = run_json()
        assert tree["gold"] == [str(gold)] * 2
        assert list(tree["systems"]["newsrag"]["sets"]) == list(tree["pool"]) == ["first", "second"]

    def test_a_shipped_set_keeps_its_name(self, gold, monkeypatch):
        monkeypatch.setattr("eval.cli.SHIPPED", {"first": gold})
        assert list(run_json("--gold", gold)["pool"]) == ["first"]

    @pytest.mark.parametrize("option", ["--articles", "--archive"])
    def test_one_folder_is_not_for_both_sets(self, tmp_path, option):
        with pytest.raises(NewsragError, match="name it with --gold FILE"):
            run(option, tmp_path)


class TestAgainst:
    def test_a_baseline_is_asked_beside_the_archive(self, gold):
        tree = run_json("--gold", gold, "--against", "bm25")
        assert list(tree["systems"]) == ["newsrag", "bm25"]
        assert tree["differences"]["bm25"]["gold"]["refused_rightly"]["n"] == 1
        assert "bm25" in run("--gold", gold, "--against", "bm25").stdout

    def test_a_baseline_that_there_is_not(self, gold):
        with pytest.raises(NewsragError, match="There is no baseline 'bm26'"):
            run("--gold", gold, "--against", "bm26")


class TestRows:
    def test_a_set_that_was_run_is_not_asked_again_until_its_rows_are_forgotten(self, gold, tmp_path, monkeypatch):
        questions, bar = read_gold(gold), lambda title: lambda done, total: None
        first = running.run_set("gold", gold, questions, running.Where(), baselines={}, bar=bar, rows=tmp_path)
        monkeypatch.setattr(Archive, "ask", lambda *_: pytest.fail("It was asked again."))
        again = running.run_set("gold", gold, questions, running.Where(), baselines={}, bar=bar, rows=tmp_path)
        assert again == first
        running.forget_rows(tmp_path)
        assert not list(tmp_path.glob("rows-*"))


class TestAmong:
    def test_other_articles_stand_beside_the_gold_ones(self, gold, tmp_path):
        others = write(tmp_path / "others.jsonl", [{"text": f"{HARBOUR} Number {n}.", "lang": "en"} for n in range(3)])
        tree = run_json("--gold", gold, "--among", others)
        assert tree["pool"] == {"gold": {"articles": 5, "passages": 5, "languages": {"de": 1, "en": 4}}}
        questions = tree["systems"]["newsrag"]["sets"]["gold"]["questions"]
        assert {passage["article_id"].split("-")[0] for passage in questions[0]["given"]["passages"]} == {
            "harbour",
            "orchard",
            "others",
        }

    def test_packed_articles(self, gold, tmp_path):
        packed = tmp_path / "others.jsonl.xz"
        packed.write_bytes(lzma.compress(json.dumps({"text": "Nothing else happened in Ostrevik today."}).encode()))
        assert run_json("--gold", gold, "--among", packed)["pool"]["gold"]["articles"] == 3

    def test_a_file_of_the_same_name_takes_no_gold_articles_name(self, gold, tmp_path):
        (tmp_path / "others").mkdir()
        (tmp_path / "others" / "harbour.txt").write_text("Another harbour, another storm.", encoding="utf-8")
        _, means = run_set("--gold", gold, "--among", tmp_path / "others" / "harbour.txt")
        assert means["evidence_hit_at_1"] == 1

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
        _, means = run_set("--gold", gold, "--archive", tmp_path / "mine")
        assert means["evidence_hit_at_1"] == 1
        with Archive.open(tmp_path / "mine") as mine:
            assert mine.list() == before

    def test_articles_can_be_named_by_id(self, gold, tmp_path):
        with Archive.open(tmp_path / "mine") as mine:
            receipt = mine.add(tmp_path / "articles" / "harbour.txt")
        (added,) = receipt.entries
        write(gold, [LINES[0] | {"evidence": [COST | {"article": added.article_id}]}])
        _, means = run_set("--gold", gold, "--archive", tmp_path / "mine")
        assert means["evidence_hit_at_1"] == 1

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
        assert "expected no answer other [b]" in near

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
