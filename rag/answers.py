"""What a question gets back: everything that the command line, the page and the evaluation show."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from rag.articles import Passage, Span

NOT_ANSWERED = "The archive does not answer this."
"""The text of every answer whose evidence is not in the archive; code and tests share it."""


class Verdict(StrEnum):
    """Whether a quoted span supports the statement that cites it."""

    SUPPORTED = "supported"
    """The statement is the quote itself, word for word."""
    UNCHECKED = "unchecked"
    """The quote stands in the source; whether it supports a statement in other words has not been checked."""


@dataclass(frozen=True, slots=True)
class Citation(Span):
    """The source's own words and where they stand: ``article.text[start:end] == quote``."""

    quote: str
    verdict: Verdict
    title: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations it rests on."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage; ``score`` grows with relevance and compares only within one search."""

    score: float
    passage: Passage


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    :param answered: False when the archive abstains; ``text`` is then :data:`NOT_ANSWERED`.
    :param text: the statements joined, as a person reads them.
    :param statements: best first; empty when not answered.
    :param hits: the passages that were retrieved, best first; of an unanswered question, the nearest ones.
    :param notice: one line a user should know, such as a chat model that failed, or None.
    :param model: the chat model that wrote the statements, or None where they are quoted sentences.
    """

    question: str
    answered: bool
    text: str
    statements: tuple[Statement, ...]
    hits: tuple[Hit, ...]
    notice: str | None = None
    model: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the tree of plain dicts, lists and strings that ``rag ask --json`` prints, with the same names."""
        return asdict(self)
