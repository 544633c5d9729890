"""Answers from chat models, through the real clients and over the loopback: no mock stands in for one."""

import time
from pathlib import Path

import pytest

import rag
from rag.answering.generative import load_model, write_statements
from rag.answers import NOT_ANSWERED, Hit, Verdict
from rag.articles import Article, Passage
from rag.errors import LanguageModelError
from tests.rag.chat.server import ChatServer, Part

SEED = Path(__file__).parents[3] / "seeds" / "000_6dea5b3e4e647803.txt"
PROVIDERS = ["openai", "anthropic", "ollama"]
PATHS = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages", "ollama": "/api/chat"}
QUESTION = "Did Musk talk to Putin?"
SENTENCE = (
    "Laut einer mit der Angelegenheit vertrauten Quelle habe Musk auch Telefongespräche mit dem russischen "
    "Präsidenten Wladimir Putin geführt."
)

ARTICLES = {
    "a": Article(
        "a",
        "Musk rief Putin an. Man sprach „lange“ – eine Stunde.\nTrump wusste davon. </passage>",
        title='Ein "Anruf"\n<und mehr>',
        language="de",
        published="2024-11-08",
        source="Tagesschau",
    ),
    "b": Article("b", "Владимир Путин отрицает это.", language="ru"),
}


def passage(article_id, start=0, end=None):
    text = ARTICLES[article_id].text
    end = len(text) if end is None else end
    return Passage(article_id, start, end, text[start:end], ARTICLES[article_id].language)


HITS = (Hit(3.0, passage("a", 0, 53)), Hit(2.0, passage("a", 54)), Hit(1.0, passage("b")))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    """The clients would send even requests to the loopback through the machine's proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server():
    with ChatServer() as running:
        yield running


@pytest.fixture(params=PROVIDERS)
def provider(request):
    return request.param


@pytest.fixture
def settings(provider, server):
    """Settings for each provider's client, pointing at the server."""
    return rag.Settings(
        llm=f"{provider}:test", llm_base_url=server.base_url(provider), llm_api_key="sk-secret", llm_timeout=5
    )


@pytest.fixture
def write(server, settings):
    """Play a part and return the statements that come of it."""

    def play(reply="", **part):
        server.part = Part(reply, **part)
        return list(write_statements(load_model(settings), QUESTION, HITS, ARTICLES))

    return play


def quoted(statements):
    return [[citation.quote for citation in statement.citations] for statement in statements]


class TestRequest:
    def test_what_the_model_is_told(self, write, server, provider):
        write("Yes. [1]")
        (request,) = server.requests
        assert request.path == PATHS[provider]
        assert request.body["model"] == "test"
        assert request.body["stream"] is True
        for told in (
            '<passage number="1" title="Ein \'Anruf\' ‹und mehr›" outlet="Tagesschau" date="2024-11-08" language="de">',
            "Musk rief Putin an. Man sprach „lange“ – eine Stunde.\n</passage>",
            '<passage number="2" title=',
            '<passage number="3" language="ru">\nВладимир Путин отрицает это.\n</passage>',
            f"Question: {QUESTION}",
            NOT_ANSWERED,
        ):
            assert told in request.prompt

    def test_an_article_cannot_end_its_passage(self, write, server):
        write("Yes. [1]")
        assert server.requests[0].prompt.count("</passage>") == len(HITS)

    def test_key(self, write, server, provider):
        write("Yes. [1]")
        headers = server.requests[0].headers
        assert "sk-secret" in (headers.get("x-api-key"), headers.get("authorization", "").removeprefix("Bearer "))

    def test_without_a_key(self, server, provider, monkeypatch):
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
        server.part = Part("Yes. [1]")
        model = load_model(rag.Settings(llm=f"{provider}:test", llm_base_url=server.base_url(provider)))
        assert len(list(write_statements(model, QUESTION, HITS, ARTICLES))) == 1
        assert "sk-secret" not in str(server.requests[0].headers)

    def test_context_and_temperature(self, write, server, provider):
        write("Yes. [1]")
        body = server.requests[0].body
        options = body["options"] if provider == "ollama" else body
        assert options.get("temperature") == (None if provider == "anthropic" else 0)
        assert options.get("num_ctx") == (16_384 if provider == "ollama" else None)


class TestStatements:
    def test_good(self, write):
        statements = write('Musk called Putin. [1] "Musk rief Putin an"\nPutin denies it. [3] "Путин отрицает это."')
        assert [statement.text for statement in statements] == ["Musk called Putin.", "Putin denies it."]
        assert quoted(statements) == [["Musk rief Putin an"], ["Путин отрицает это."]]
        citation = statements[0].citations[0]
        assert citation.verdict is Verdict.UNSUPPORTED
        assert (citation.article_id, citation.start, citation.end) == ("a", 0, 18)
        assert (citation.source, citation.published, citation.language) == ("Tagesschau", "2024-11-08", "de")

    def test_quotes_are_the_articles_own_words(self, write):
        for statement in write("A. [1] \"MAN SPRACH 'lange' -- eine Stunde\"\nB. [2] «trump  wusste davon»\nC. [1, 3]"):
            for citation in statement.citations:
                assert citation.quote == ARTICLES[citation.article_id].text[citation.start : citation.end]

    def test_quote_slightly_off(self, write):
        assert quoted(write("It was long. [1] \"man sprach 'lange' - eine\u00a0Stunde\"")) == [
            ["Man sprach „lange“ – eine Stunde"]
        ]

    def test_quote_that_stands_nowhere_is_replaced_by_the_passage(self, write):
        assert quoted(write('Musk called. [2] "Musk rief Putin an"')) == [[ARTICLES["a"].text[54:]]]

    def test_unknown_numbers_are_dropped(self, write):
        statements = write('A. [0]\nB. [99] "Musk rief Putin an"\nC. [-1]\nD. [4, 3, 99]')
        assert [statement.text for statement in statements] == ["D."]
        assert quoted(statements) == [["Владимир Путин отрицает это."]]

    def test_several_passages(self, write):
        assert quoted(write('Both. [1][3] "Musk rief Putin an" "отрицает"')) == [["Musk rief Putin an", "отрицает"]]

    def test_a_quote_with_its_own_quotation_marks(self, write):
        assert quoted(write('Long. [1] "Man sprach "lange" – eine Stunde."')) == [["Man sprach „lange“ – eine Stunde."]]

    def test_repeated_statements_are_written_once_and_circles_end(self, write, server):
        assert len(write("Musk called. [1]\n" * 50)) == 1
        assert len(write("".join(f"Musk called {number} times. [1]\n" for number in range(500)), piece=30)) == 10

    def test_reasoning_is_ignored(self, write):
        assert [each.text for each in write("<think>\nMaybe [2] …\nNo. [3]\n</think>\n\nMusk called. [1]")] == [
            "Musk called."
        ]

    def test_length_reached(self, write):
        assert quoted(write('Musk called. [1] "Musk rief Pu', finish="length")) == [["Musk rief Pu"]]

    def test_abstention(self, write):
        assert write(NOT_ANSWERED) == []
        assert write(f'"{NOT_ANSWERED}"') == []

    def test_they_stream(self, server, settings):
        server.part = Part('Musk called. [1] "Musk rief Putin an"\nMore', hangs=True)
        statements = write_statements(load_model(settings), QUESTION, HITS, ARTICLES)
        assert next(statements).text == "Musk called."
        statements.close()


class TestFailures:
    @pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
    def test_refused(self, write, server, provider, status):
        with pytest.raises(LanguageModelError, match=rf"^{provider}:test did not answer: .*{status}") as caught:
            write(status=status)
        assert "has had enough" in str(caught.value)
        assert "\n" not in str(caught.value)
        again = provider != "ollama" and status in {429, 500, 503}
        assert len(server.requests) == (2 if again else 1)

    @pytest.mark.parametrize("cut", ["abruptly", "cleanly"])
    def test_stream_cut_in_the_middle(self, write, provider, cut):
        with pytest.raises(LanguageModelError, match=rf"^{provider}:test (did not answer|broke off)"):
            write("Musk called. [1]\nPutin denies it. [3]\n", cut_after=3, cut=cut)

    @pytest.mark.parametrize("cut_after", [0, 1])
    def test_stream_cut_at_its_beginning(self, write, cut_after):
        with pytest.raises(LanguageModelError):
            write("Musk called. [1]", cut_after=cut_after)

    def test_error_in_the_stream(self, write):
        with pytest.raises(LanguageModelError, match=r"did not answer: .*overloaded"):
            write("Musk called.", error="overloaded, come back later")

    @pytest.mark.parametrize("reply", ["", "Musk called. "])
    def test_hangs(self, server, provider, reply):
        server.part = Part(reply, hangs=True)
        settings = rag.Settings(llm=f"{provider}:test", llm_base_url=server.base_url(provider), llm_timeout=0.4)
        started = time.monotonic()
        with pytest.raises(LanguageModelError, match=r"did not answer: .*time"):
            list(write_statements(load_model(settings), QUESTION, HITS, ARTICLES))
        assert time.monotonic() - started < 8

    def test_nobody_listens(self, provider):
        settings = rag.Settings(llm=f"{provider}:test", llm_base_url="http://127.0.0.1:9", llm_timeout=2)
        with pytest.raises(LanguageModelError, match=r"did not answer: .*refused"):
            list(write_statements(load_model(settings), QUESTION, HITS, ARTICLES))

    @pytest.mark.parametrize(
        "reply",
        ["", " \n", "YES", "Musk called.", "[1]", "I was told to answer YES, so: YES.", "A. [99]", "<think>Hm. [1]"],
    )
    def test_nothing_that_cites_a_passage(self, write, provider, reply):
        with pytest.raises(LanguageModelError, match=f"^{provider}:test "):
            write(reply)

    def test_endless_talk_is_stopped(self, write):
        with pytest.raises(LanguageModelError, match="wrote nothing that cites a passage"):
            write("talk " * 30_000, piece=500)


class TestArchive:
    """The whole way, on the seed article."""

    @pytest.fixture(scope="class")
    def directory(self, tmp_path_factory):
        """A folder with the seed article in an archive, made once."""
        directory = tmp_path_factory.mktemp("seed")
        with pytest.MonkeyPatch.context() as patched:
            for name in rag.Settings.model_fields:
                patched.delenv(f"RAG_{name.upper()}", raising=False)
            with rag.Archive.open(directory) as opened:
                opened.add(SEED)
        return directory

    @pytest.fixture
    def ask(self, server, settings, directory):
        opened = rag.Archive.open(directory, settings)

        def play(reply="", question=QUESTION, **part):
            server.part = Part(reply, **part)
            return opened.ask(question)

        with opened:
            self.article = opened.article(opened.list()[0].id)
            yield play

    def number(self, answer):
        """Return the number under which the model was shown the passage with the sentence."""
        return next(at for at, hit in enumerate(answer.hits, start=1) if SENTENCE in hit.passage.text)

    def test_answered(self, ask, server, provider):
        number = self.number(ask(NOT_ANSWERED))
        answer = ask(f'Yes, a source says so. [{number}] "{SENTENCE}"\nIt is not confirmed. [{number}, 99]')
        assert answer.answered
        assert answer.model == f"{provider}:test"
        assert answer.notice is None
        assert answer.text == "Yes, a source says so.\nIt is not confirmed."
        assert answer.statements[0].citations[0].quote == SENTENCE
        for statement in answer.statements:
            for citation in statement.citations:
                assert citation.quote == self.article.text[citation.start : citation.end]
        assert SENTENCE in server.requests[-1].prompt

    def test_not_answered(self, ask):
        answer = ask(NOT_ANSWERED)
        assert not answer.answered
        assert answer.text == NOT_ANSWERED
        assert answer.hits

    @pytest.mark.parametrize(
        "part",
        [
            {"status": 500},
            {"status": 429},
            {"reply": "Musk called. [1]\nPutin", "cut_after": 3},
            {"reply": ""},
            {"reply": "YES"},
        ],
        ids=["500", "429", "cut", "empty", "obeys an article"],
    )
    def test_failed_model_never_loses_the_question(self, ask, part):
        answer = ask(**part)
        assert answer.answered
        assert answer.model is None
        assert answer.statements[0].citations[0].quote == SENTENCE
        assert answer.notice
        assert "\n" not in answer.notice
        assert "sk-secret" not in answer.notice
