"""A follow-up becomes a question that stands alone: by the chat model if there is one, else by carrying names over."""

from collections.abc import Sequence

from rag.answers import Usage
from rag.errors import LanguageModelError
from rag.retrieval import complete
from rag.settings import Settings


def stand_alone(settings: Settings, question: str, earlier: Sequence[str]) -> tuple[str, Usage | None]:
    """Return the question so that it can be understood without those asked before, and what the chat model counted.

    A chat model that does not answer costs nothing but its time: names are then carried over.

    :param earlier: the questions before it, oldest first; where there are none nothing is asked.
    """
    if not earlier or settings.llm is None:
        return complete(question, earlier), None
    from rag.chat import load_chat, rewrite_question  # noqa: PLC0415 - most of a second of LangChain

    try:
        chat = load_chat(settings)
        return rewrite_question(chat, question, earlier), chat.usage
    except LanguageModelError:  # the answer itself will say so, and be quoted
        return complete(question, earlier), None
