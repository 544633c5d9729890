"""Each baseline as what the runner asks: real Chroma, and the real quickstart where its extra is installed."""

import importlib.util
import socket
import subprocess
import sys

import pytest

import eval.baselines
from eval.baselines import BASELINES, chosen
from eval.gold_set import Question
from rag import NOT_ANSWERED, Article
from rag.errors import NewsragError

INSTALLED = all(importlib.util.find_spec(module) for module in eval.baselines._QUICKSTART_NEEDS)
STORM = "The harbour of Ostrevik was closed on Monday after a storm. Repairs will take two weeks."
LONG = "\n\n".join(f"{STORM} Pier {n} is damaged.\n\n  Ferry {n} stays in Lunnavik — for now.  " for n in range(70))
ARTICLES = (
    Article("harbour", LONG, "Storm", "en", "2031-03-04T08:00:00+01:00", "The Ostrevik Post", "https://example.org/1"),
    Article("orchard", "Der Obstbauer Konrad Weidling hat eine alte Apfelsorte entdeckt.", None, "de", "2031-03-06"),
    Article("undated", "The harbour of Ostrevik has always been closed in a storm.", None, "en"),
)


@pytest.fixture(
    params=[
        "bm25",
        "dense",
        pytest.param("quickstart", marks=pytest.mark.skipif(not INSTALLED, reason="the extra baselines")),
    ]
)
def name(request):
    return request.param


@pytest.fixture
def ask(archive, name):
    archive.add(ARTICLES)
    return BASELINES[name](archive)


def question(text, as_of=None):
    return Question("q", "en", text, answerable=False, as_of=as_of)


class TestAsk:
    def test_ten_hits_and_the_first_three_cited_as_they_are(self, archive, ask):
        answer = ask(question("Why was the harbour of Ostrevik closed?"))
        assert answer.answered
        assert len(answer.hits) == 10
        assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)
        assert len(answer.statements) == 3
        for statement, hit in zip(answer.statements, answer.hits, strict=False):
            (citation,) = statement.citations
            assert statement.text == citation.quote == hit.passage.text
            assert (citation.article_id, citation.start) == (hit.passage.article_id, hit.passage.start)
        (harbour, *_) = [c for s in answer.statements for c in s.citations if c.article_id == "harbour"]
        assert (harbour.title, harbour.source, harbour.language) == ("Storm", "The Ostrevik Post", "en")

    def test_every_hit_is_what_stands_at_its_span(self, archive, ask):
        for text in ("Why was the harbour closed?", "Which ferry stays in Lunnavik?", "alte Apfelsorte"):
            for hit in ask(question(text)).hits:
                piece = hit.passage
                assert archive.article(piece.article_id).text[piece.start : piece.end] == piece.text
                assert piece.text == piece.text.strip() != ""
                assert len(piece.text) <= 1000

    def test_the_question_picks_the_article(self, ask):
        assert ask(question("Konrad Weidling Apfelsorte")).hits[0].passage.article_id == "orchard"

    def test_only_what_was_published_by_the_day(self, ask):
        def found(as_of):
            return {hit.passage.article_id for hit in ask(question("Harbour Obstbauer storm", as_of)).hits}

        assert found("2031-03-04") == {"harbour"}  # a time of the day itself counts; what has no date does not
        assert found("2031-03-03") == set()

    def test_nothing_retrieved_is_no_answer(self, ask):
        answer = ask(question("Why was the harbour of Ostrevik closed?", "1999-01-01"))
        assert (answer.answered, answer.text, answer.statements) == (False, NOT_ANSWERED, ())

    def test_a_question_that_no_article_answers_is_answered_all_the_same(self, ask):
        assert ask(question("How tall is the harbour's lighthouse?")).answered

    def test_the_same_twice(self, archive, ask, name):
        asked = [question(text) for text in ("Which pier is damaged?", "Where does ferry 7 stay?")]
        again = BASELINES[name](archive)
        assert [ask(each) for each in asked] == [again(each) for each in asked]

    def test_an_archive_of_its_own(self, archive, ask, name, tmp_path):
        from rag import Archive

        with Archive.open(tmp_path / "other") as other:
            other.add(Article("other", "The harbour of Ostrevik is open.", language="en"))
            answer = BASELINES[name](other)(question("Is the harbour of Ostrevik open?"))
        assert [hit.passage.article_id for hit in answer.hits] == ["other"]

    def test_an_empty_archive(self, archive, name):
        assert not BASELINES[name](archive)(question("Is the harbour open?")).answered

    def test_no_network(self, archive, name, monkeypatch):
        def refuse(*_):
            raise AssertionError("the network was asked")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        archive.add(ARTICLES[1:])
        assert BASELINES[name](archive)(question("harbour")).answered


class TestDense:
    def test_ranks_by_cosine_of_the_archives_own_vectors(self, archive):
        archive.add(ARTICLES)
        text = "Why was the harbour of Ostrevik closed?"
        hits = BASELINES["dense"](archive)(question(text)).hits
        encoder = archive._encoder
        passages = [hit.passage.text for hit in hits]
        cosines = encoder.encode_passages(passages) @ encoder.encode_queries([text])[0]
        assert [hit.score for hit in hits] == pytest.approx(cosines.tolist(), abs=1e-3)

    def test_a_question_that_the_encoder_cannot_read(self, archive):
        archive.add(ARTICLES)
        assert not archive._encoder.encode_queries(["𐎀"]).any()
        assert not BASELINES["dense"](archive)(question("𐎀")).answered


class TestChosen:
    def test_each_once_in_the_order_given(self):
        assert list(chosen(["dense", "bm25", "dense"])) == ["dense", "bm25"]

    def test_an_unknown_name(self):
        with pytest.raises(NewsragError, match=r"no baseline 'splade'\. Baselines are: bm25, dense, quickstart\.$"):
            chosen(["bm25", "splade"])

    def test_a_missing_extra(self, monkeypatch):
        monkeypatch.setattr(eval.baselines, "find_spec", lambda module: None if "chroma" in module else module)
        assert list(chosen(["bm25"])) == ["bm25"]
        with pytest.raises(NewsragError, match=r"needs langchain_chroma\. Install it with: pip install 'newsrag\[base"):
            chosen(["quickstart"])


class TestImport:
    def test_the_quickstarts_process_loads_nothing_of_newsrag(self):
        code = "import sys, eval.baselines.quickstart; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        loaded = set(done.stdout.split())
        assert "eval.baselines.quickstart" in loaded
        assert not {module for module in loaded if module.split(".")[0] in {"rag", "numpy", "torch", "chromadb"}}
