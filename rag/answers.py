"""What a question gets back: everything that the command line, the page and the evaluation show."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from rag.articles import Passage, Span

NOT_ANSWERED = "The archive does not answer this."
"""The text of every answer whose evidence is not in the archive; code and tests share it."""


class Verdict(StrEnum):
    """Whether what is cited supports a statement; best first, so that ``list(Verdict)`` is the order of trust."""

    SUPPORTED = "supported"
    """The source says so."""
    OVERSTATED = "overstated"
    """The source only reports that somebody says so; the statement leaves that out."""
    PARTLY = "partly"
    """The source says some of it, and nothing against the rest."""
    UNSUPPORTED = "unsupported"
    """The source does not say so, or what is cited does not exist."""
    CONTRADICTED = "contradicted"
    """The source says otherwise."""


class Located(StrEnum):
    """How the words that a statement quotes were found."""

    VERBATIM = "verbatim"
    """They stand there, letter for letter."""
    REPAIRED = "repaired"
    """They stand there but for white space, punctuation, spelling of a character or a few letters."""
    MOVED = "moved"
    """They stand in another passage than the one that was named."""
    CHOSEN = "chosen"
    """No words were quoted; the sentences of the named passage that say most of the statement are shown."""
    NOT_FOUND = "not_found"
    """They stand nowhere in what was read; the nearest sentences of the named passage are shown instead."""


@dataclass(frozen=True, slots=True)
class Citation(Span):
    """The source's own words and where they stand: ``article.text[start:end] == quote``.

    :param verdict: whether these words, read where they stand, support the statement.
    :param reasons: why, one line each, in English: *the source says 308, the statement 380*.
    :param attributed: the source's own words that put what is quoted in somebody's mouth (*Laut einer Quelle*), or
        None where the source says it itself.
    :param copies: ids of the articles that carry the same words, such as other outlets' prints of one agency report.
    """

    quote: str
    verdict: Verdict
    located: Located = Located.VERBATIM
    reasons: tuple[str, ...] = ()
    attributed: str | None = None
    copies: tuple[str, ...] = ()
    title: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations it rests on.

    :param citations: its own first; then other sources that say the same or, with the verdict ``contradicted``,
        otherwise, newest first.
    :param verdict: what its own citations together make of it.
    :param reasons: why, one line each; where it is supported, only which passages it names that do not exist.
    :param out_of_range: the passage numbers it names that do not exist, each once.
    """

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict = Verdict.SUPPORTED
    reasons: tuple[str, ...] = ()
    out_of_range: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage; ``score`` grows with relevance and compares only within one search."""

    score: float
    passage: Passage


@dataclass(frozen=True, slots=True)
class Usage:
    """What the chat model counted for an answer, all its calls together.

    :param cost: US dollars, or None where the price is not known.
    """

    input_tokens: int
    output_tokens: int
    cost: float | None = None

    def __add__(self, other: "Usage") -> "Usage":
        """Return both together; a cost that one does not know is not known."""
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        return Usage(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens, cost)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    :param answered: False when the archive abstains; ``text`` is then :data:`NOT_ANSWERED`.
    :param text: the statements joined, as a person reads them.
    :param statements: best first; empty when not answered.
    :param hits: the passages that were retrieved, best first; of an unanswered question, the nearest ones.
    :param notice: one line a user should know, such as a chat model that failed, or None.
    :param model: the chat model that wrote the statements, or None where they are quoted sentences.
    :param searched: the question as it was searched, where a follow-up was completed, else None.
    :param confidence: how likely the articles answer the question, 0 to 1, before anything was written; None where the
        encoder cannot tell.
    :param usage: what the chat model counted, or None where none was asked or it does not say.
    """

    question: str
    answered: bool
    text: str
    statements: tuple[Statement, ...]
    hits: tuple[Hit, ...]
    notice: str | None = None
    model: str | None = None
    searched: str | None = None
    confidence: float | None = None
    usage: Usage | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the tree of plain dicts, lists and strings that ``rag ask --json`` prints, with the same names."""
        return asdict(self)
