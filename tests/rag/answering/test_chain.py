import asyncio

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import Runnable, RunnableLambda

import rag
from rag.answers import Answer
from tests.rag.chat.server import ChatServer, Part

QUESTION = "Did Musk talk to Putin?"
TEXTS = [
    "According to one source, Musk had telephone calls with the Russian president Vladimir Putin.",
    "Einer Quelle zufolge telefonierte Musk mit Wladimir Putin.",
    "Selon une source, Musk a eu des appels téléphoniques avec le président russe Vladimir Poutine.",
]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    """The clients would send even requests to the loopback through the machine's proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def chain(archive, seed):
    archive.add(seed)
    return archive.chain()


@pytest.fixture
def written(tmp_path, seed):
    """A chain whose answers grow by one statement at a time."""
    with ChatServer(Part("\n".join(f"{text} [1]" for text in TEXTS))) as server:
        settings = rag.Settings(llm="openai:test", llm_base_url=server.base_url("openai"))
        with rag.Archive.open(tmp_path / "written", settings) as opened:
            opened.add(seed)
            yield opened.chain()


def text_of(answer):
    return answer.text


class TestAnswerChain:
    def test_is_a_runnable_from_question_to_answer(self, chain):
        assert isinstance(chain, Runnable)
        assert chain.get_name() == "AnswerChain"
        assert chain.InputType is str
        assert chain.OutputType is Answer

    def test_invoke(self, chain, archive):
        assert chain.invoke(QUESTION) == archive.ask(QUESTION)

    def test_stream_grows(self, written):
        answers = list(written.stream(QUESTION))
        assert [len(answer.statements) for answer in answers] == [1, 2, 3, 3]
        assert answers[-1] == written.invoke(QUESTION)

    def test_stream_may_be_left(self, written):
        answers = written.stream(QUESTION)
        assert next(answers).text == TEXTS[0]
        answers.close()

    def test_batch(self, chain):
        questions = [QUESTION, "", "Who won the 1954 World Cup?"] * 3
        assert [answer.question for answer in chain.batch(questions)] == questions

    def test_async(self, written):
        async def both():
            return await written.ainvoke(QUESTION), [answer async for answer in written.astream(QUESTION)]

        answer, answers = asyncio.run(both())
        assert [len(each.statements) for each in answers] == [1, 2, 3, 3]
        assert answers[-1] == answer

    def test_unanswered(self, archive):
        answers = list(archive.chain().stream("Anything?"))
        assert len(answers) == 1
        assert not answers[0].answered

    def test_errors_come_through(self, archive):
        archive.close()
        chain = archive.chain()
        with pytest.raises(Exception, match=r".") as invoked:
            chain.invoke(QUESTION)
        with pytest.raises(type(invoked.value)):
            list(chain.stream(QUESTION))


class TestComposition:
    def test_before_a_function(self, written):
        chain = written | text_of
        assert chain.invoke(QUESTION) == "\n".join(TEXTS)
        assert list(chain.stream(QUESTION)) == ["\n".join(TEXTS)]

    def test_before_a_lambda(self, chain):
        composed = chain | (lambda answer: answer.text)
        assert composed.invoke(QUESTION) == chain.invoke(QUESTION).text
        assert "".join(composed.stream(QUESTION)) == chain.invoke(QUESTION).text

    def test_before_a_generator_that_follows_the_growing_answer(self, written):
        def lengths(answers):
            for answer in answers:
                yield len(answer.statements)

        assert list((written | lengths).stream(QUESTION)) == [1, 2, 3, 3]

    def test_after_a_function(self, chain):
        composed = RunnableLambda(lambda given: given["question"]) | chain
        assert composed.invoke({"question": QUESTION}).answered
        assert [answer.answered for answer in composed.stream({"question": QUESTION})][-1]

    def test_async(self, written):
        chain = written | text_of

        async def both():
            return await chain.ainvoke(QUESTION), [text async for text in chain.astream(QUESTION)]

        text, texts = asyncio.run(both())
        assert texts == [text]

    def test_callbacks_see_the_run(self, chain):
        class Seen(BaseCallbackHandler):
            def __init__(self):
                self.outputs = []

            def on_chain_end(self, outputs, **_):
                self.outputs.append(outputs)

        seen = Seen()
        chain.invoke(QUESTION, config={"callbacks": [seen]})
        list(chain.stream(QUESTION, config={"callbacks": [seen]}))
        assert len(seen.outputs) == 2
