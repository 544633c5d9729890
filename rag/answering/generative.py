"""Answers written by a chat model: each statement cites passages by number, each quote is located in its passage."""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from rag.answering.prompts import SYSTEM, user_prompt
from rag.answering.statements import Claim, ReplyParser
from rag.answers import Citation, Hit, Statement, Verdict
from rag.articles import Article
from rag.chat import PROVIDERS, load_model, read_reply
from rag.citing import cite, locate
from rag.errors import LanguageModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["PROVIDERS", "load_model", "write_statements"]

_MAX_STATEMENTS = 10
"""More than the six that are asked for; a small model that goes round in circles is stopped."""
_MAX_REPLY_CHARS = 100_000
"""Room for long reasoning before a short answer; a model that writes on without citing anything is stopped."""


def write_statements(
    model: "BaseChatModel", question: str, hits: tuple[Hit, ...], articles: dict[str, Article]
) -> Iterator[Statement]:
    """Yield each statement that cites a passage there is, as soon as it is complete.

    A number that names no passage is dropped, and a statement left without one. Nothing is yielded when the model says
    that the passages do not answer.

    :param articles: the hits' articles by id.
    :raises LanguageModelError: the model did not answer, broke off, or wrote nothing that cites a passage.
    """
    parser = ReplyParser()
    written: set[str] = set()
    messages = [("system", SYSTEM), ("human", user_prompt(question, hits, articles))]
    with closing(read_reply(model, messages)) as pieces:
        for claim in _claims(pieces, parser):
            statement = _statement(claim, hits, articles)
            if statement is None or statement.text in written:
                continue
            written.add(statement.text)
            yield statement
            if len(written) == _MAX_STATEMENTS:
                return
    if not written and not parser.abstained:
        raise LanguageModelError(f"{model.get_name()} wrote nothing that cites a passage.")


def _claims(pieces: Iterator[str], parser: ReplyParser) -> Iterator[Claim]:
    """Yield the claims of a reply, up to a length no answer has."""
    length = 0
    for piece in pieces:
        yield from parser.feed(piece)
        length += len(piece)
        if length > _MAX_REPLY_CHARS:
            return
    yield from parser.close()


def _statement(claim: Claim, hits: tuple[Hit, ...], articles: dict[str, Article]) -> Statement | None:
    """Return the claim with the citations that exist, or None where none does."""
    known = [(hits[cited.number - 1], cited.quote) for cited in claim.cited if 1 <= cited.number <= len(hits)]
    citations = [_citation(hit, quote, articles[hit.passage.article_id]) for hit, quote in known]
    return Statement(claim.text, tuple(dict.fromkeys(citations))) if citations else None


def _citation(hit: Hit, quote: str | None, article: Article) -> Citation:
    """Cite the quote if it stands in the passage, else the passage itself."""
    passage = hit.passage
    span = locate(quote, article.text, passage.start, passage.end) if quote else None
    start, end = span or (passage.start, passage.end)
    return cite(article, start, end, Verdict.UNSUPPORTED)
