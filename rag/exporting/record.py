"""What is exported of an answer: everything that a later reader needs to check it without trusting it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from rag.answers import Answer, Statement, Usage
from rag.articles import Article
from rag.errors import UnknownArticleError
from rag.filters import EVERYTHING, Filters

FORMAT = "newsrag-answer"
VERSION = 1
"""Raised when a reader of the last version would misread a file; new optional names do not count."""


@dataclass(frozen=True, slots=True)
class Record:
    """An answer with its circumstances; its fields are the names of the JSON export, after ``format`` and ``version``.

    :param created: when it was answered, ISO 8601 in UTC.
    :param newsrag: version of the program.
    :param question: as it was asked.
    :param answered: False when the archive abstained; ``statements`` is then empty.
    :param text: the statements joined, or that the archive does not answer.
    :param statements: each with ``text``, ``verdict``, ``reasons``, ``out_of_range`` (numbers of passages that do not
        exist) and ``citations``; a citation has the fields of
        :class:`rag.answers.Citation`: ``article_id``, ``start`` and ``end`` (code points of the article's normalised
        text), ``quote`` (exactly these characters), ``verdict``, ``located``, ``reasons``, ``attributed``, ``copies``,
        ``title``, ``source``, ``published``, ``language``, ``url``.
    :param text_sha256: for each cited article the SHA-256 of its normalised text in UTF-8, in hexadecimal digits; None
        where the article had been replaced or removed before the answer was exported.
    :param index: what the archive was indexed with: encoder, its weights, passage size, versions.
    :param filters: which articles were searched: ``languages``, ``sources``, ``published_from``, ``published_to``.
    :param searched: the question as it was searched, where a follow-up was completed.
    :param notice: one line that was shown with the answer.
    :param model: the chat model that wrote the statements, or None where they are quoted sentences.
    :param confidence: how likely the articles answer the question, 0 to 1, before anything was written.
    :param usage: ``input_tokens``, ``output_tokens`` and ``cost`` (US dollars) of the chat model.
    """

    created: str
    newsrag: str
    question: str
    answered: bool
    text: str
    statements: tuple[Statement, ...]
    text_sha256: dict[str, str | None]
    index: dict[str, str | int] = field(default_factory=dict)
    filters: Filters = EVERYTHING
    searched: str | None = None
    notice: str | None = None
    model: str | None = None
    confidence: float | None = None
    usage: Usage | None = None

    @classmethod
    def of(
        cls,
        answer: Answer,
        article: Callable[[str], Article],
        index: Mapping[str, str | int],
        filters: Filters = EVERYTHING,
    ) -> Self:
        """Record an answer that was just given.

        :param article: article id to article; raises UnknownArticleError.
        """
        from importlib.metadata import version  # noqa: PLC0415 - tens of milliseconds that only an export needs

        return cls(
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            newsrag=version("newsrag"),
            question=answer.question,
            answered=answer.answered,
            text=answer.text,
            statements=answer.statements,
            text_sha256=_hashes(answer, article),
            index=dict(index),
            filters=filters,
            searched=answer.searched,
            notice=answer.notice,
            model=answer.model,
            confidence=answer.confidence,
            usage=answer.usage,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the tree of the JSON export."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}


def text_sha256(text: str) -> str:
    """Return the hash by which a later reader knows an article's normalised text again."""
    return hashlib.sha256(text.encode()).hexdigest()


def _hashes(answer: Answer, article: Callable[[str], Article]) -> dict[str, str | None]:
    """Return the hash of each cited article, None where it no longer holds every quote in its place."""
    cited = [citation for statement in answer.statements for citation in statement.citations]
    hashes: dict[str, str | None] = {}
    for article_id in dict.fromkeys(citation.article_id for citation in cited):
        try:
            text = article(article_id).text
        except UnknownArticleError:
            hashes[article_id] = None
            continue
        quotes = [citation for citation in cited if citation.article_id == article_id]
        unchanged = all(text[citation.start : citation.end] == citation.quote for citation in quotes)
        hashes[article_id] = text_sha256(text) if unchanged else None
    return hashes
