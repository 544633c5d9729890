"""The chat model through the real clients and over the loopback."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

import rag
from rag.answers import Usage
from rag.chat import UnreadableError, load_chat
from rag.chat.chat import UNKNOWN_CONTEXT
from rag.errors import LanguageModelError
from tests.rag.chat.server import Part

MESSAGES = [("system", "Be brief."), ("human", "Who called?")]
PLAIN = [("human", "Who called? No JSON, please.")]
SCHEMA = {
    "title": "caller",
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "required": ["name"],
    "additionalProperties": False,
}


@pytest.fixture
def chat(settings):
    return load_chat(settings)


@pytest.fixture
def read(server, chat):
    """Play parts, the last one for ever, and return the whole reply."""

    def play(*parts, schema=None, plain=None):
        *server.script, server.part = parts
        return "".join(chat.read(MESSAGES, lambda pieces: pieces, schema=schema, plain=plain))

    return play


@pytest.fixture
def ask(server, chat):
    """Play parts and return the reply, unreadable where it is no word."""

    def play(*parts, schema=None):
        *server.script, server.part = parts
        return chat.ask(MESSAGES, word, schema=schema)

    return play


def word(reply):
    if not reply.strip().isalpha():
        raise UnreadableError("wrote no word.")
    return reply.strip()


class TestSchema:
    def test_is_asked_for(self, read, server):
        assert read(Part("no", structured='{"name": "Musk"}'), schema=SCHEMA) == '{"name": "Musk"}'
        (request,) = server.requests
        assert request.schema == SCHEMA
        assert "Be brief." in request.prompt

    def test_is_not_asked_for_where_none_is_given(self, read, server):
        assert read(Part("Musk")) == "Musk"
        assert server.requests[0].schema is None

    @pytest.mark.parametrize("status", [400, 422])
    def test_a_server_that_refuses_it_is_asked_without_and_remembered(self, read, server, settings, status):
        part = Part("Musk", refuses=status)
        assert read(part, schema=SCHEMA, plain=PLAIN) == "Musk"
        assert [request.schema is None for request in server.requests] == [False, True]
        assert "No JSON" in server.requests[1].prompt
        again = load_chat(settings).read(MESSAGES, lambda pieces: pieces, schema=SCHEMA, plain=PLAIN)
        assert "".join(again) == "Musk"
        assert len(server.requests) == 3
        assert server.requests[2].schema is None

    def test_a_request_that_is_refused_either_way_is_not_remembered(self, read, server):
        with pytest.raises(LanguageModelError, match="400"):
            read(Part(status=400), schema=SCHEMA)
        assert read(Part("no", structured="Musk"), schema=SCHEMA) == "Musk"
        assert [request.schema is None for request in server.requests] == [False, True, False]

    def test_a_model_known_to_have_none_is_not_asked(self, server):
        server.part = Part("Musk")
        settings = rag.Settings(llm="openai:gpt-3.5-turbo", llm_base_url=server.base_url("openai"))
        assert "".join(load_chat(settings).read(MESSAGES, lambda pieces: pieces, schema=SCHEMA)) == "Musk"
        assert server.requests[0].schema is None

    def test_an_unreadable_reply_is_asked_for_without_it(self, ask, server):
        assert ask(Part("Musk", structured="{}"), schema=SCHEMA) == "Musk"
        assert [request.schema is None for request in server.requests] == [False, True]


class TestRetries:
    @pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
    def test_a_hiccup(self, read, server, status):
        assert read(Part(status=status), Part("Musk")) == "Musk"
        assert len(server.requests) == 2

    @pytest.mark.parametrize("status", [429, 503])
    def test_two_at_most(self, read, server, chat, status):
        with pytest.raises(LanguageModelError, match=rf"^{chat.name} did not answer: .*{status}.*has had enough"):
            read(Part(status=status))
        assert len(server.requests) == 3

    @pytest.mark.parametrize("status", [400, 401, 403, 404])
    def test_not_where_it_cannot_help(self, read, server, status):
        with pytest.raises(LanguageModelError, match=str(status)):
            read(Part(status=status))
        assert len(server.requests) == 1

    @pytest.mark.parametrize("cut", ["abruptly", "cleanly"])
    def test_what_was_yielded_is_never_yielded_again(self, server, chat, cut):
        server.part = Part("Musk called Putin.", cut_after=2, cut=cut)
        yielded = []

        def reader(pieces):
            for piece in filter(None, pieces):
                yielded.append(piece)
                yield piece

        with pytest.raises(LanguageModelError, match=r"did not answer|broke off"):
            list(chat.read(MESSAGES, reader))
        assert "".join(yielded) in ("Musk ca", "Musk called Pu")
        assert len(server.requests) == 1

    @pytest.mark.parametrize("cut", ["abruptly", "cleanly"])
    def test_a_reply_cut_before_anything_came_of_it(self, ask, server, cut):
        assert ask(Part("Musk called Putin.", cut_after=2, cut=cut), Part("Musk")) == "Musk"
        assert len(server.requests) == 2

    def test_an_error_in_the_stream(self, ask, server):
        assert ask(Part("Mu", error="overloaded"), Part("Musk")) == "Musk"

    def test_an_empty_reply(self, server):
        server.script, server.part = [Part("")], Part("Musk")
        settings = rag.Settings(llm="anthropic:test", llm_base_url=server.base_url("anthropic"))
        assert load_chat(settings).ask(MESSAGES, word) == "Musk"

    def test_an_unreadable_reply_is_not_asked_for_twice_at_temperature_0(self, server):
        server.part = Part("")
        settings = rag.Settings(llm="openai:test", llm_base_url=server.base_url("openai"))
        with pytest.raises(LanguageModelError, match=r"^openai:test wrote no word\.$"):
            load_chat(settings).ask(MESSAGES, word)
        assert len(server.requests) == 1

    def test_a_refusal(self, read, server, provider):
        if provider == "ollama":
            pytest.skip("Ollama has no such reason to stop")
        with pytest.raises(LanguageModelError, match="declined to answer"):
            read(Part("", finish="refusal"))
        assert len(server.requests) == 1

    def test_only_reasoning(self, ask, chat):
        with pytest.raises(LanguageModelError, match=rf"^{chat.name} wrote no word\.$"):
            ask(Part("", reasoning="Who may it be? Musk."))


class TestWaiting:
    @pytest.mark.parametrize("provider", ["openai", "anthropic"])
    @pytest.mark.parametrize(
        "headers",
        [
            {"Retry-After-Ms": "300"},
            {"Retry-After": "0.3"},
            {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(days=-1), usegmt=True)},
            {"Retry-After": "soon"},
            {},
        ],
        ids=["milliseconds", "seconds", "date", "unreadable", "none"],
    )
    def test_as_long_as_the_server_asks(self, read, headers):
        started = time.monotonic()
        assert read(Part(status=429, headers=headers), Part("Musk")) == "Musk"
        asked = headers in ({"Retry-After-Ms": "300"}, {"Retry-After": "0.3"})
        assert (time.monotonic() - started >= 0.3) is asked

    @pytest.mark.parametrize("provider", ["openai", "anthropic"])
    def test_not_longer_than_the_time_out(self, read, server):
        started = time.monotonic()
        with pytest.raises(LanguageModelError, match="429"):
            read(Part(status=429, headers={"Retry-After": "60"}))
        assert time.monotonic() - started < 3
        assert len(server.requests) == 1

    def test_a_server_that_hangs_is_asked_once(self, server, settings, provider):
        server.part = Part("", hangs=True)
        chat = load_chat(settings.model_copy(update={"llm_timeout": 0.4}))
        started = time.monotonic()
        with pytest.raises(LanguageModelError, match=r"did not answer: .*time"):
            chat.ask(MESSAGES, word)
        assert time.monotonic() - started < 3
        assert len(server.requests) == 1

    def test_a_reply_that_takes_for_ever(self, server, settings):
        server.part = Part("talk " * 1000, pause=0.1)
        chat = load_chat(settings.model_copy(update={"llm_timeout": 0.3}))
        started = time.monotonic()
        with pytest.raises(LanguageModelError, match=r"was still writing after 1\.5 seconds\."):
            chat.ask(MESSAGES, word)
        assert time.monotonic() - started < 5

    def test_a_slow_reply_is_waited_for(self, server, settings):
        server.part = Part("Musk called Putin", piece=3, pause=0.1)
        chat = load_chat(settings.model_copy(update={"llm_timeout": 0.3}))
        assert chat.ask(MESSAGES, str.strip) == "Musk called Putin"


class TestUsage:
    def test_of_all_calls(self, read, chat):
        assert chat.usage is None
        read(Part("Musk", usage=(120, 30)), schema=SCHEMA)
        assert chat.usage == Usage(120, 30)
        read(Part("Musk", usage=(80, 10)), schema=SCHEMA)
        assert chat.usage == Usage(200, 40)

    def test_of_replies_that_could_not_be_read(self, ask, chat):
        ask(Part("?", usage=(100, 10)), Part("Musk", usage=(100, 20)), schema=SCHEMA)
        assert chat.usage.input_tokens in (100, 200)  # without a schema a server of one's own is not asked to count

    def test_cost(self, server, settings):
        server.part = Part("Musk", usage=(1_000_000, 500_000))
        chat = load_chat(settings.model_copy(update={"llm_price_input": 2.5, "llm_price_output": 10.0}))
        "".join(chat.read(MESSAGES, lambda pieces: pieces, schema=SCHEMA))
        assert chat.usage == Usage(1_000_000, 500_000, 7.5)

    def test_half_a_price_is_none(self, server, settings):
        server.part = Part("Musk")
        chat = load_chat(settings.model_copy(update={"llm_price_input": 2.5}))
        "".join(chat.read(MESSAGES, lambda pieces: pieces, schema=SCHEMA))
        assert chat.usage.cost is None


class TestContext:
    @pytest.mark.parametrize(
        ("named", "url", "context"),
        [
            ("openai:gpt-4o", None, 128_000),
            ("anthropic:claude-sonnet-4-5", None, 200_000),
            ("openai:gpt-4o", "http://127.0.0.1:9/v1", UNKNOWN_CONTEXT),
            ("openai:a-new-model", None, UNKNOWN_CONTEXT),
            ("ollama:llama3.2:3b", None, 16_384),
        ],
    )
    def test_what_is_known_of_the_model(self, named, url, context):
        assert load_chat(rag.Settings(llm=named, llm_base_url=url, llm_api_key="k")).context == context

    def test_the_setting_counts_most(self, server):
        settings = rag.Settings(llm="ollama:test", llm_base_url=server.base_url("ollama"), llm_context=4096)
        server.part = Part("Musk")
        chat = load_chat(settings)
        assert chat.context == 4096
        chat.ask(MESSAGES, word)
        assert server.requests[0].body["options"]["num_ctx"] == 4096


def test_a_reply_where_a_word_was_asked_for_is_read_to_a_limit(ask):
    with pytest.raises(LanguageModelError, match="20,000 characters"):
        ask(Part("talk " * 20_000, piece=1000))


def test_leaving_early_closes_the_stream(server, chat):
    server.part = Part("Musk called Putin.", hangs=True)
    pieces = chat.read(MESSAGES, lambda pieces: (piece for piece in pieces if piece))
    assert next(pieces) == "Musk ca"
    pieces.close()
    assert len(server.requests) == 1
