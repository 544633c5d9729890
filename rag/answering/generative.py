"""Answers written by a chat model: claims that cite passages by number and quote them, nothing of it checked."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.answering.claims import Claim
from rag.answering.prompts import SCHEMA, STRUCTURED_SYSTEM, SYSTEM, user_prompt
from rag.answering.statements import ReplyParser
from rag.answering.structured import JsonReplyParser
from rag.answers import Hit
from rag.articles import Article
from rag.chat import Chat, UnreadableError
from rag.errors import LanguageModelError

_MAX_CLAIMS = 10
"""More than the six that are asked for; a small model that goes round in circles is stopped."""
_MAX_REPLY_CHARS = 100_000
"""Room for long reasoning before a short answer; a model that writes on without citing anything is stopped."""
_THOUGHT = re.compile(r"\s*<(think|thinking|thought|reasoning)>", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:```\w*\s*)?[{\[]\s*[\"{\]}]")
"""How a JSON reply begins; a citation such as ``[1]`` begins no line that is asked for."""
_TELLING = 40
"""Characters after which it is clear how a reply begins."""


def write_claims(chat: Chat, question: str, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Claim]:
    """Yield each claim as soon as it is complete; none when the model says that the passages do not answer.

    After a reply that failed before its first claim the model is asked again where that helps.

    :param hits: those that fit the model's context (:mod:`rag.answering.fitting`); a claim's numbers count them from 1.
    :param articles: the hits' articles by id.
    :raises LanguageModelError: no passage fits, or the model did not answer, broke off, or wrote nothing that cites a
        passage; claims that were yielded before stand.
    """
    if not hits:
        raise LanguageModelError(f"No passage fits the {chat.context:,} tokens that {chat.name} can be given.")
    asked = user_prompt(question, hits, articles)
    yield from chat.read(
        [("system", STRUCTURED_SYSTEM), ("human", asked)],
        read_claims,
        schema=SCHEMA,
        plain=[("system", SYSTEM), ("human", asked)],
    )


def read_claims(pieces: Iterator[str]) -> Iterator[Claim]:
    """Yield the claims of a reply, be it JSON or lines of text, each once, up to a number no answer has.

    :raises UnreadableError: the reply neither cites anything nor abstains.
    """
    written: set[str] = set()
    reply = _Reply()
    for claim in _claims(pieces, reply):
        if claim.text not in written:
            written.add(claim.text)
            yield claim
            if len(written) == _MAX_CLAIMS:
                return
    if not written and not reply.abstained:
        raise UnreadableError("wrote nothing that cites a passage." if reply.begun else "wrote nothing.")


class _Reply:
    """Finds out by how a reply begins what it is, and reads it as that."""

    def __init__(self) -> None:
        self.begun = ""
        self._parser: ReplyParser | JsonReplyParser | None = None

    @property
    def abstained(self) -> bool:
        return self._parser is not None and self._parser.abstained

    def feed(self, piece: str) -> Iterator[Claim]:
        if self._parser is not None:
            yield from self._parser.feed(piece)
            return
        self.begun = (self.begun + piece).lstrip()
        if len(spoken := self._spoken()) >= _TELLING:
            yield from self._begin(spoken)

    def close(self) -> Iterator[Claim]:
        if self._parser is None:
            yield from self._begin(self._spoken())
        if self._parser is not None:
            yield from self._parser.close()

    def _begin(self, spoken: str) -> Iterator[Claim]:
        json = _JSON.match(spoken) is not None
        self._parser = JsonReplyParser() if json else ReplyParser()
        yield from self._parser.feed(spoken if json else self.begun)

    def _spoken(self) -> str:
        """Return what comes after the reasoning at the beginning; nothing while it lasts."""
        thought = _THOUGHT.match(self.begun)
        if thought is None:
            return self.begun
        return self.begun.partition(f"</{thought[1]}>")[2].lstrip()


def _claims(pieces: Iterator[str], reply: _Reply) -> Iterator[Claim]:
    """Yield the claims of a reply, up to a length no answer has."""
    length = 0
    for piece in pieces:
        yield from reply.feed(piece)
        length += len(piece)
        if length > _MAX_REPLY_CHARS:
            return
    yield from reply.close()
