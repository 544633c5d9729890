"""Question answering as a LangChain runnable, for chains that others build."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import run_in_executor

from rag.answers import Answer


class AnswerChain(Runnable[str, Answer]):
    """Question in, :class:`Answer` out. ``stream`` yields growing answers, each replacing the one before.

    :param answers: yields growing answers to a question, the last one complete, such as ``Archive.stream``.
    """

    def __init__(self, answers: Callable[[str], Iterator[Answer]]) -> None:
        self._answers = answers

    def invoke(self, input: str, config: RunnableConfig | None = None, **_: Any) -> Answer:  # noqa: A002, ANN401
        """Return the complete answer."""
        return self._call_with_config(self._complete, input, config, run_type="chain")

    def stream(
        self,
        input: str,  # noqa: A002 - the name that LangChain gives it
        config: RunnableConfig | None = None,
        **_: Any,  # noqa: ANN401
    ) -> Iterator[Answer]:
        """Yield the answer as it grows."""
        yield from self._transform_stream_with_config(iter([input]), self._growing, config, run_type="chain")

    async def astream(
        self,
        input: str,  # noqa: A002 - the name that LangChain gives it
        config: RunnableConfig | None = None,
        **_: Any,  # noqa: ANN401
    ) -> AsyncIterator[Answer]:
        """Yield the answer as it grows; it is made in another thread."""
        answers = self.stream(input, config)
        while (answer := await run_in_executor(config, next, answers, None)) is not None:
            yield answer

    def _complete(self, question: str) -> Answer:
        *_, answer = self._answers(question)
        return answer

    def _growing(self, questions: Iterator[str]) -> Iterator[Answer]:
        for question in questions:
            yield from self._answers(question)
