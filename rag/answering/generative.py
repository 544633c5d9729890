"""Answers written by a chat model: a statement a line, each cited by passage number, each quote located in its passage."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rag.answering.prompts import SYSTEM, user_prompt
from rag.answers import NOT_ANSWERED, Citation, Hit, Statement, Verdict
from rag.articles import Article
from rag.citing import cite, locate
from rag.errors import LanguageModelError
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PROVIDERS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}
"""The providers ``RAG_LLM`` may name, and the extra of newsrag that each needs."""

_NUMBERS = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_QUOTE = re.compile(r"[\"“”„«»]([^\"“”„«»]{3,})[\"“”„«»]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")


def load_model(settings: Settings) -> "BaseChatModel":
    """Create the chat model that ``RAG_LLM`` names.

    :raises LanguageModelError: the provider is unknown, its package is missing or its settings do not suffice.
    """
    named = settings.llm or ""
    provider, _, model = named.partition(":")
    if provider not in PROVIDERS or not model:
        raise LanguageModelError(
            f"RAG_LLM={named!r} names no chat model. Write provider:model, the provider one of {', '.join(PROVIDERS)}."
        )
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - most of a second of LangChain

    options: dict[str, Any] = {"temperature": 0.0}
    if provider == "ollama":
        options["client_kwargs"] = {"timeout": settings.llm_timeout}
    else:
        options["timeout"] = settings.llm_timeout
    if settings.llm_base_url is not None:
        options["base_url"] = settings.llm_base_url
    if settings.llm_api_key is not None:
        options["api_key"] = settings.llm_api_key.get_secret_value()
    try:
        model_object: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise LanguageModelError(
            f"RAG_LLM={named!r} needs a package that is missing: pip install 'newsrag[{PROVIDERS[provider]}]'."
        ) from error
    except Exception as error:  # each provider raises its own kinds
        raise LanguageModelError(f"RAG_LLM={named!r} cannot be used: {_one_line(error)}.") from error
    return model_object


def write_statements(
    model: "BaseChatModel", question: str, hits: tuple[Hit, ...], articles: dict[str, Article]
) -> Iterator[Statement]:
    """Yield each statement that cites a passage there is, as soon as its line is complete.

    A statement without such a citation is dropped. Nothing is yielded when the model says that nothing answers.

    :raises LanguageModelError: the model did not answer, or its stream broke off.
    """
    messages = [("system", SYSTEM), ("human", user_prompt(question, hits, articles))]
    line = ""
    try:
        for chunk in model.stream(messages):
            *complete, line = (line + str(chunk.text)).split("\n")
            for text in complete:
                yield from _statement(text, hits, articles)
    except Exception as error:  # each provider raises its own kinds
        raise LanguageModelError(f"The chat model did not answer: {_one_line(error)}") from error
    yield from _statement(line, hits, articles)


def _statement(line: str, hits: tuple[Hit, ...], articles: dict[str, Article]) -> Iterator[Statement]:
    """Yield the statement of one line, if it is one and cites something."""
    cited = _NUMBERS.search(line)
    if cited is None or NOT_ANSWERED in line:
        return
    text = _BULLET.sub("", line[: cited.start()]).strip()
    numbers = [int(number) for match in _NUMBERS.findall(line) for number in re.split(r"\s*[,;]\s*", match)]
    known = [hits[number - 1] for number in dict.fromkeys(numbers) if 1 <= number <= len(hits)]
    quotes = _QUOTE.findall(line[cited.end() :])
    citations = [citation for hit in known for citation in _citations(hit, quotes, articles[hit.passage.article_id])]
    if text and citations:
        yield Statement(text, tuple(citations))


def _citations(hit: Hit, quotes: list[str], article: Article) -> list[Citation]:
    """Cite the quotes that stand in the passage; where none does, the passage itself."""
    passage = hit.passage
    spans = [span for quote in quotes if (span := locate(quote, article.text, passage.start, passage.end)) is not None]
    return [cite(article, start, end, Verdict.UNCHECKED) for start, end in spans or [(passage.start, passage.end)]]


def _one_line(error: Exception) -> str:
    """Return an error's message on one line, or its kind where it has none."""
    return " ".join(str(error).split())[:300] or type(error).__name__
