"""A follow-up question is completed by the chat model: *And what did Trump say?* becomes one that stands alone."""

from collections.abc import Sequence

from rag.chat.chat import Chat
from rag.chat.data import as_data
from rag.chat.replies import without_reasoning

MAX_CHARS = 300
"""A question is shorter; what is longer is an answer or a talk about the task."""
_SYSTEM = """You complete a journalist's follow-up question, so that it can be understood without the earlier ones.
Replace words such as "he", "there" or "and what about" by the names, places, events and dates of the earlier questions.
Keep the follow-up's language and meaning, add nothing else, and spell names as they are spelled in the questions. If it
can be understood as it is, repeat it unchanged. Do not answer it. Write only the question, on one line."""
_ASKING = "?？؟;՞።"
"""Question marks; Greek's looks like a semicolon."""
_MARKS = "\"'“”„‟‘’«»‹›「」*`"
_EARLIER = 5
"""More is seldom meant by a follow-up."""


def rewrite_question(chat: Chat, question: str, earlier: Sequence[str]) -> str:
    """Return a follow-up as a question that stands alone, in its own language.

    A reply that is no single line of at most :data:`MAX_CHARS` characters, or no question where one was asked, is an
    answer or a talk about the task; the question is then returned as it was, as it is where there is no earlier one.

    :param earlier: the questions before it, oldest first.
    :raises LanguageModelError: the model did not answer.
    """
    if not earlier:
        return question
    before = "\n".join(f"- {' '.join(as_data(each).split())}" for each in earlier[-_EARLIER:])
    asked = f"Earlier questions:\n{before}\n\nFollow-up question: {' '.join(as_data(question).split())}"
    reply = chat.ask([("system", _SYSTEM), ("human", asked)], without_reasoning)
    written = _unquoted(reply)
    is_question = _asks(written) or not _asks(question)
    if "\n" in written or not 0 < len(written) <= MAX_CHARS or not is_question:
        return question
    return written


def _unquoted(reply: str) -> str:
    """Return a line without quotation marks around it."""
    line = reply.strip()
    while len(line) > 1 and line[0] in _MARKS and line[-1] in _MARKS:
        line = line[1:-1].strip()
    return line


def _asks(line: str) -> bool:
    return line.rstrip(_MARKS + " ").endswith(tuple(_ASKING))
