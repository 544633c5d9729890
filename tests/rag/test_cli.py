"""The command line as a user runs it: a process, its output and its exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ["add", "ask", "check", "verify", "search", "list", "remove", "status", "rebuild", "ui"]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "rag.cli", *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, **environment}, timeout=120
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory, request) -> Path:
    directory = tmp_path_factory.mktemp("filled")
    seeds = Path(__file__).parents[2] / "seeds"
    assert run("add", seeds, "--archive", directory).returncode == 0
    return directory


class TestAsk:
    def test_json_has_the_documented_names_and_true_spans(self, filled):
        done = run("ask", "Did Musk talk to Putin?", "--archive", filled, "--json")
        answer = json.loads(done.stdout)
        assert done.returncode == 0
        assert {"question", "answered", "text", "statements", "hits"} <= answer.keys()
        assert answer["answered"] is True
        citation = answer["statements"][0]["citations"][0]
        assert {"article_id", "start", "end", "quote", "verdict"} <= citation.keys()
        assert citation["quote"].startswith("Laut einer mit der Angelegenheit vertrauten Quelle habe Musk auch Telefon")

    def test_text_shows_sentence_place_and_verdict(self, filled):
        done = run("ask", "Did Musk talk to Putin?", "--archive", filled)
        assert "Wladimir Putin geführt." in done.stdout
        assert "[1]" in done.stdout
        assert "✓ supported" in done.stdout
        assert "reported: Laut einer" in done.stdout

    def test_abstains_and_offers_the_nearest_passages(self, filled):
        done = run("ask", "Did Musk talk to Xi Jinping?", "--archive", filled)
        assert done.returncode == 0
        assert done.stdout.startswith("The archive does not answer this.\n\nNearest passages:\n")

    def test_answers_without_torch_or_langchain(self, filled):
        code = (
            "import sys, rag.cli\n"
            f"sys.argv = ['rag', 'ask', 'Did Musk talk to Putin?', '--archive', {str(filled)!r}]\n"
            "try:\n    rag.cli.main()\nexcept SystemExit: pass\n"
            "heavy = ('torch', 'sentence_transformers', 'langchain_core', 'gradio')\n"
            "print([name for name in heavy if name in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=120)
        assert "Putin geführt." in done.stdout
        assert done.stdout.splitlines()[-1] == "[]"


class TestCheck:
    @pytest.fixture(scope="class")
    def article_id(self, filled) -> str:
        return json.loads(run("list", "--archive", filled, "--json").stdout)[0]["id"]

    QUOTE = "habe Musk auch  Telefongespräche mit dem russischen Präsidenten"

    def test_a_quote_is_located_and_judged(self, filled, article_id):
        done = run("check", "Musk telephoned with Putin.", article_id, "--quote", self.QUOTE, "--archive", filled)
        lines = done.stdout.splitlines()
        assert done.returncode == 0
        assert lines[0] == "Musk telephoned with Putin. ▲ overstated"
        assert lines[1].startswith("  – The source says who says so (“Laut einer")
        assert f"{article_id} 20" in lines[2]
        assert lines[2].endswith("▲ only reports it")
        assert lines[3].strip() == "“habe Musk auch Telefongespräche mit dem russischen Präsidenten”"

    def test_the_whole_article_is_not_printed(self, filled, article_id):
        done = run("check", "Musk hat nie mit Xi Jinping telefoniert.", article_id, "--archive", filled)
        assert done.stdout.startswith("Musk hat nie mit Xi Jinping telefoniert. ")
        assert len(done.stdout) < 1000

    def test_json(self, filled, article_id):
        asked = ("check", "Musk a téléphoné à Poutine.", article_id, "--quote", self.QUOTE, "--language", "fr")
        found = json.loads(run(*asked, "--archive", filled, "--json").stdout)
        (citation,) = found["citations"]
        assert found["verdict"] == citation["verdict"] == "overstated"
        assert citation["quote"] == " ".join(self.QUOTE.split())
        assert citation["end"] - citation["start"] == len(citation["quote"])

    def test_an_unknown_article_or_quote_is_one_line_and_exit_2(self, filled, article_id):
        for arguments, message in (
            (("Musk called.", "nothing"), "No article 'nothing'"),
            (("Musk called.", "nothing", "--quote", "Musk"), "No article 'nothing'"),
            (
                ("Musk called.", article_id, "--quote", "Words of [another] one"),
                "The words “Words of [another] one” stand",
            ),
            (("Musk called.", article_id, "--quote", ""), "stand nowhere in the article"),
        ):
            done = run("check", *arguments, "--archive", filled)
            assert (done.returncode, done.stdout) == (2, "")
            assert message in done.stderr
            assert done.stderr.count("\n") == 1


def named(ids) -> set[str]:
    """Return the ids that articles have in their file."""
    return {article_id.rpartition(":")[2] for article_id in ids}


class TestFilters:
    @pytest.fixture(scope="class")
    def dated(self, tmp_path_factory) -> Path:
        directory = tmp_path_factory.mktemp("dated")
        records = [
            {"id": "early", "text": "The ferry to Texel is late.", "published": "2023-05-01", "source": "Daily"},
            {
                "id": "late",
                "text": "Die Fähre nach Texel ist heute spät.",
                "published": "2024-11-08",
                "source": "Blatt",
            },
        ]
        file = directory / "in.jsonl"
        file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
        assert run("add", file, "--archive", directory / "archive").returncode == 0
        return directory / "archive"

    @pytest.mark.parametrize(
        ("options", "articles"),
        [
            (("--as-of", "2024-11-07"), {"early"}),
            (("--from", "2024", "--to", "2024-11"), {"late"}),
            (("--language", "de"), {"late"}),
            (("--source", "daily", "--source", "BLATT"), {"early", "late"}),
        ],
    )
    def test_search_and_list_show_what_passes(self, dated, options, articles):
        hits = json.loads(run("search", "ferry to Texel", *options, "--archive", dated, "--json").stdout)
        assert named(hit["passage"]["article_id"] for hit in hits) == articles
        listed = json.loads(run("list", *options, "--archive", dated, "--json").stdout)
        assert named(info["id"] for info in listed) == articles

    def test_ask_answers_from_what_passes(self, dated):
        done = run("ask", "Is the ferry to Texel late?", "--as-of", "2023", "--archive", dated, "--json")
        answer = json.loads(done.stdout)
        assert answer["answered"] is True
        assert named(hit["passage"]["article_id"] for hit in answer["hits"]) == {"early"}

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (("--source", "Nope"), "Sources there: Blatt, Daily."),
            (("--language", "xx"), "Languages there: de, en."),
            (("--from", "8.11.2024"), "'8.11.2024' is not a date. Give a day (2024-11-08)"),
            (("--from", "2024", "--to", "2023"), "No day is from 2024-01-01 to 2023-12-31."),
            (("--to", "2024", "--as-of", "2024"), "Give one of them."),
        ],
    )
    def test_a_bad_filter_is_one_line_and_exit_2(self, dated, options, message):
        done = run("ask", "Is the ferry late?", *options, "--archive", dated)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
        assert done.stderr.count("\n") == 1


class TestFollowUps:
    def test_the_completed_question_is_shown(self, filled):
        asked = ("ask", "And Selenskyj?", "--after", "Who is Trump?", "--after", "Did Musk talk to Putin?")
        done = run(*asked, "--archive", filled)
        assert done.stderr == "Searched: And Selenskyj? (Musk, talk, Putin)\n"
        assert "Selenskyj" in done.stdout
        assert json.loads(run(*asked, "--archive", filled, "--json").stdout)["searched"].endswith("(Musk, talk, Putin)")


class TestOtherCommands:
    def test_add_list_status_search_remove(self, tmp_path):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "good.txt").write_text("The ferry to Texel is late.")
        (tmp_path / "in" / "empty.txt").write_text("")
        where = ("--archive", tmp_path / "archive", "--json")
        added = run("add", tmp_path / "in", *where)
        assert added.returncode == 0
        assert json.loads(added.stdout)["counts"] == {
            "added": 1,
            "unchanged": 0,
            "replaced": 0,
            "skipped": 0,
            "failed": 1,
        }
        (listed,) = json.loads(run("list", *where).stdout)
        assert json.loads(run("status", *where).stdout)["consistent"] is True
        assert json.loads(run("search", "ferry", *where).stdout)[0]["passage"]["text"] == "The ferry to Texel is late."
        assert json.loads(run("rebuild", *where).stdout)["articles"] == 1
        assert json.loads(run("remove", listed["id"], *where).stdout) == {"removed": [listed["id"]]}
        assert json.loads(run("list", *where).stdout) == []

    def test_text_output_shows_failures_with_reasons(self, tmp_path):
        (tmp_path / "empty.txt").write_text("")
        done = run("add", tmp_path / "empty.txt", "--archive", tmp_path / "archive")
        assert done.returncode == 2
        assert "failed" in done.stdout
        assert "empty.txt" in done.stdout

    @pytest.mark.parametrize("command", COMMANDS)
    def test_help_names_archive_and_json(self, command):
        shown = run(command, "--help", COLUMNS="200").stdout
        assert "--archive" in shown
        assert "--json" in shown


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("remove", "nothing"), "No article 'nothing'"),
            (("ask",), "Missing argument"),
            (("search", "x", "--limit", "0"), "--limit"),
            (("nonsense",), "No such command"),
        ],
    )
    def test_one_line_and_exit_2(self, tmp_path, arguments, message):
        done = run(*arguments, RAG_ARCHIVE=str(tmp_path / "archive"))
        assert done.returncode == 2
        assert message in done.stdout + done.stderr
        assert (done.stdout + done.stderr).count("\n") == 1

    def test_missing_file_is_in_the_receipt(self, tmp_path):
        done = run("add", "/no/such/file", "--archive", tmp_path)
        assert done.returncode == 2
        assert done.stdout.startswith("failed /no/such/file: ")
        assert done.stderr == ""

    def test_bad_setting(self, tmp_path):
        done = run("list", RAG_ARCHIVE=str(tmp_path), RAG_PASSAGE_CHARS="many")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "RAG_PASSAGE_CHARS" in done.stderr

    def test_unknown_encoder(self, tmp_path, filled):
        done = run("ask", "x", "--archive", filled, RAG_ENCODER=str(tmp_path / "no-model"), HF_HUB_OFFLINE="1")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "RAG_ENCODER" in done.stderr
