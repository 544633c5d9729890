"""``rag eval draft`` on a small archive, without a model and with one that a server on the loopback plays."""

import json

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.gold_set import read_gold
from eval.json_lines import GoldError
from rag import Archive
from rag.chat import PROVIDERS
from rag.errors import FilterError, LanguageModelError, NewsragError
from tests.rag.chat.server import ChatServer, Part

ARTICLES = {
    "harbour.txt": "The harbour of Ostrevik was closed after a storm had damaged the old quay. "
    "The mayor of the town, Ingrid Solvang, said that repairs will cost 12 million crowns. "
    "The ferry to Lunnavik carried 4,310 passengers in the first week of May.",
    "mine.txt": "The copper mine at Varrenholt will be sold to a company from abroad. "
    "Its director, Peter Quillfeather, said that 768 miners keep their jobs for now. "
    "The union called the sale of Varrenholt a scandal and asked for a meeting.",
    "apfel.txt": "Der Obstbauer Konrad Weidling hat in Hainstedt eine alte Apfelsorte wiederentdeckt. "
    "Der Baum wurde 1893 gepflanzt und trägt noch heute etwa 250 Kilogramm Obst im Jahr.",
}
REPLY = {
    "questions": [
        {
            "question": "How much will the repairs in Ostrevik cost, according to Ingrid Solvang?",
            "answer": "12 million crowns",
            "evidence": "repairs will cost  12 million crowns",
        },
        {"question": "Who resigned in Ostrevik?", "answer": "Nobody", "evidence": "The king resigned on Sunday."},
        {"question": "Why?", "answer": "", "evidence": "12 million crowns"},
    ]
}


@pytest.fixture
def directory(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Archive.open(tmp_path / "mine") as archive:
        archive.add(folder)
    return tmp_path / "mine"


@pytest.fixture
def run(tmp_path, directory):
    def command(name, *arguments):
        return CliRunner().invoke(app, [name, *map(str, arguments)], catch_exceptions=False)

    return command


@pytest.fixture
def draft(run, tmp_path, directory):
    out = tmp_path / "draft.jsonl"

    def drafted(*arguments):
        result = run("draft", "--archive", directory, "--out", out, *arguments)
        assert result.exit_code == 0
        return read_gold(out), result.stdout

    return drafted


@pytest.fixture(params=PROVIDERS)
def server(request, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("rag.chat.chat._without_schema", set())
    monkeypatch.setattr("rag.chat.chat._WAIT", 0.01)
    with ChatServer() as running:
        monkeypatch.setenv("RAG_LLM", f"{request.param}:test")
        monkeypatch.setenv("RAG_LLM_BASE_URL", running.base_url(request.param))
        monkeypatch.setenv("RAG_LLM_API_KEY", "sk-secret")
        monkeypatch.setenv("RAG_LLM_TIMEOUT", "5")
        yield running


class TestCloze:
    def test_leaves_out_what_stands_in_one_article_only(self, draft, directory):
        questions, _ = draft("--questions", 12)
        answerable = [question for question in questions if question.answerable]
        assert {question.language for question in answerable} == {"de", "en"}
        with Archive.open(directory) as archive:
            texts = {info.id: archive.article(info.id).text for info in archive.list()}
        assert {question.evidence[0].article for question in answerable} == set(texts)
        for question in answerable:
            (evidence,) = question.evidence
            assert question.question.endswith(evidence.quote.replace(question.answer, "____", 1))
            assert sum(text.count(question.answer) for text in texts.values()) == 1
            assert question.answers == (question.answer,)
        assert "Varrenholt" not in {question.answer for question in answerable}

    def test_asks_in_the_language_of_the_article(self, draft):
        questions, _ = draft("--language", "de")
        asked = {question.question for question in questions}
        assert (
            "Welche Zahl fehlt? Der Baum wurde ____ gepflanzt und trägt noch heute etwa 250 Kilogramm Obst im Jahr."
            in asked
        )

    def test_near_misses_put_a_strangers_term_in_place_of_one(self, draft, directory):
        questions, printed = draft("--questions", 8)
        misses = [question for question in questions if not question.answerable]
        assert misses
        assert f"{len(questions) - len(misses)} answerable, {len(misses)} near misses" in printed
        originals = [question.question for question in questions if question.answerable]
        for miss in misses:
            kind, new, _, old, _ = miss.note.replace("”", "“").split("“")
            assert kind.startswith("other ")
            assert miss.question.replace(new, old) in originals
            assert not any(new in text and old in text for text in ARTICLES.values())

    def test_nothing_is_reviewed_and_no_id_comes_twice(self, draft):
        questions, printed = draft("--questions", 8)
        assert not any(question.reviewed for question in questions)
        assert [question.id for question in questions] == [f"draft-{n:03}" for n in range(1, len(questions) + 1)]
        assert "set reviewed to true" in printed

    def test_is_the_same_twice(self, draft, tmp_path):
        first, _ = draft("--questions", 8)
        (tmp_path / "draft.jsonl").unlink()
        assert draft("--questions", 8)[0] == first

    def test_says_when_there_are_fewer_than_asked_for(self, draft):
        questions, printed = draft("--questions", 200)
        assert len(questions) < 200
        assert "The articles gave no more; 200 were asked for." in printed


class TestThen:
    def test_the_draft_is_proved_and_run(self, draft, run, directory, tmp_path):
        questions, _ = draft("--questions", 8)
        named = "--gold", tmp_path / "draft.jsonl", "--archive", directory
        checked = run("check", *named)
        assert checked.exit_code == 0
        assert f"{len(questions)} not reviewed" in checked.stdout
        with pytest.raises(GoldError, match=f"{len(questions)} of {len(questions)} questions are not reviewed"):
            run("run", *named)
        assert run("run", *named, "--unreviewed").exit_code == 0


class TestWritten:
    def test_evidence_is_the_whole_sentence_where_the_quote_stands(self, draft, server):
        server.part = Part(json.dumps(REPLY))
        (question,), printed = draft("--questions", 3)
        (evidence,) = question.evidence
        assert evidence.quote == (
            "The mayor of the town, Ingrid Solvang, said that repairs will cost 12 million crowns."
        )
        assert (question.answer, question.language, question.reviewed) == ("12 million crowns", "en", False)
        assert "1 proposals by" in printed
        assert "dropped: 5 evidence that is not in the article" in printed
        assert "dropped: 3 incomplete" in printed
        assert server.requests[0].schema["title"] == "questions"

    def test_the_model_is_told_the_article_and_the_language(self, draft, server):
        server.part = Part(json.dumps(REPLY))
        draft("--questions", 4)
        prompts = [request.prompt for request in server.requests]
        assert len(prompts) == len(ARTICLES)
        assert any(ARTICLES["apfel.txt"] in prompt and "questions in German" in prompt for prompt in prompts)

    def test_an_article_without_a_reply_is_passed_over(self, draft, server):
        refused = Part(status=401)
        server.script = [refused, refused]  # the harbour comes third
        server.part = Part(json.dumps(REPLY))
        (question,), printed = draft("--questions", 3)
        assert question.answer == "12 million crowns"
        assert "dropped: 2 articles without a reply" in printed

    def test_a_model_that_does_not_answer(self, run, server, directory, tmp_path):
        server.part = Part(status=401)
        with pytest.raises(LanguageModelError, match="401"):
            run("draft", "--archive", directory, "--out", tmp_path / "draft.jsonl")
        assert len(server.requests) == 3
        assert not (tmp_path / "draft.jsonl").exists()

    def test_nothing_of_use(self, run, server, directory, tmp_path):
        server.part = Part(json.dumps({"questions": REPLY["questions"][1:2]}))
        with pytest.raises(GoldError, match=r"No question could be made .*evidence that is not in the article"):
            run("draft", "--archive", directory, "--out", tmp_path / "draft.jsonl")


class TestBadInput:
    def test_a_file_that_is_there_is_kept(self, run, directory, tmp_path):
        out = tmp_path / "mine.jsonl"
        out.write_text("reviewed")
        with pytest.raises(GoldError, match="is there already"):
            run("draft", "--archive", directory, "--out", out)
        assert out.read_text() == "reviewed"

    def test_no_folder_to_write_in(self, run, directory, tmp_path):
        with pytest.raises(GoldError, match="There is no folder"):
            run("draft", "--archive", directory, "--out", tmp_path / "none" / "draft.jsonl")

    def test_no_archive(self, run, tmp_path):
        with pytest.raises(NewsragError, match="There is no archive in"):
            run("draft", "--archive", tmp_path / "none", "--out", tmp_path / "draft.jsonl")

    def test_an_empty_archive(self, run, tmp_path):
        Archive.open(tmp_path / "empty").close()
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(GoldError, match="holds no article"):
            run("draft", "--archive", tmp_path / "empty", "--out", tmp_path / "draft.jsonl")

    def test_a_language_that_the_archive_does_not_have(self, run, directory, tmp_path):
        with pytest.raises(FilterError, match="pl"):
            run("draft", "--archive", directory, "--out", tmp_path / "draft.jsonl", "--language", "pl")

    def test_articles_that_give_nothing(self, run, tmp_path):
        (tmp_path / "plain.txt").write_text("It was a very quiet day in the whole town and nothing happened there.")
        with Archive.open(tmp_path / "quiet") as archive:
            archive.add(tmp_path / "plain.txt")
        with pytest.raises(GoldError, match="No question could be made"):
            run("draft", "--archive", tmp_path / "quiet", "--out", tmp_path / "draft.jsonl")
