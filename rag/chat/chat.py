"""The chat model as the rooms use it: a reply is read as it streams, asked for again where that helps, and counted."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar

from rag.answers import Usage
from rag.chat.failures import CallError, Remedy, UnreadableError, call_error
from rag.chat.model import OLLAMA_CONTEXT, load_model, provider_of
from rag.chat.structure import Schema, structured_options
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

T = TypeVar("T")
Messages = Sequence[tuple[str, str]]
"""Pairs of a role, ``system`` or ``human``, and a text."""

UNKNOWN_CONTEXT = 8_192
"""Tokens. The smallest context of the models in common use since 2024, such as Llama 3 and Gemma 2; a local server may
be started with less, which ``RAG_LLM_CONTEXT`` then says."""
_ATTEMPTS = 3
"""One more helps against a hiccup and a second against a busy server; then the quoted answer is worth more."""
_WAIT = 0.5
"""Seconds before the second attempt, twice as many before the third, where the server asks for nothing else."""
_LONGEST = 5
"""Times ``llm_timeout`` that a whole reply may take: a minute without a word is too long, five minutes of slow writing,
as by a model on a laptop's processor, are not."""
_MAX_REPLY_CHARS = 20_000
"""Of a reply that is read as a whole: room for some reasoning before a sentence or a small object."""
_FINISHED: Mapping[str, tuple[str, ...] | None] = {
    "finish_reason": None,
    "stop_reason": None,
    "done": None,
    "status": ("completed", "incomplete"),
}
"""What the last chunk of a complete reply carries, by protocol, and the values that count; None: any."""
_DECLINED = frozenset({"content_filter", "refusal"})
"""Reasons to stop that asking again does not change."""

_without_schema: set[tuple[str, str | None]] = set()
"""Models, each with its server, that have refused a schema since the process started."""


class Chat:
    """One chat model and what it has counted.

    :param model: any LangChain chat model whose own retries are switched off.
    :param provider: its key in :data:`rag.chat.PROVIDERS`.
    """

    def __init__(self, model: "BaseChatModel", provider: str, settings: Settings) -> None:
        self._model, self._provider = model, provider
        self._identity = (model.get_name(), settings.llm_base_url)
        self._timeout = settings.llm_timeout
        self._prices = (settings.llm_price_input, settings.llm_price_output)
        self._tokens: tuple[int, int] | None = None
        profile: Mapping[str, Any] = getattr(model, "profile", None) or {}
        self._knows_schemas = profile.get("structured_output") is not False
        self.context = _context(profile, provider, settings)
        """Tokens that it can be given, with its reply."""

    @property
    def name(self) -> str:
        """As ``RAG_LLM`` names it."""
        return self._identity[0]

    @property
    def usage(self) -> Usage | None:
        """What all calls so far counted, failed ones included; None where the model counts nothing."""
        if self._tokens is None:
            return None
        (read, written), (of_input, of_output) = self._tokens, self._prices
        known = of_input is not None and of_output is not None
        cost = (read * (of_input or 0.0) + written * (of_output or 0.0)) / 1e6 if known else None
        return Usage(read, written, cost)

    def read(
        self,
        messages: Messages,
        reader: Callable[[Iterator[str]], Iterator[T]],
        *,
        schema: Schema | None = None,
        plain: Messages | None = None,
    ) -> Generator[T, None, None]:
        """Yield what the reader makes of a reply while it streams.

        What fails before anything was yielded is asked for again where that helps, as long as ``llm_timeout`` has not
        passed; so nothing is ever yielded twice. A model that refuses the schema is asked without it, and remembered.

        :param reader: takes the reply's pieces; raises :class:`UnreadableError` where they are not what was asked for.
        :param schema: the form of the reply, where the model has forms.
        :param plain: the messages for a model that has none; None: the same.
        :raises LanguageModelError: the model did not answer in time or at all, broke off, or said nothing usable.
        """
        started = time.monotonic()
        structured = schema is not None and self._knows_schemas and self._identity not in _without_schema
        refused = False
        for attempt in range(1, _ATTEMPTS + 1):
            yielded = False
            asked = messages if structured or plain is None else plain
            try:
                with closing(self._pieces(asked, schema if structured else None)) as pieces:
                    for item in reader(pieces):
                        yielded = True
                        yield item
            except UnreadableError as error:
                failure = CallError(f"{self.name} {error}", self._after_unreadable(structured=structured))
            except CallError as error:
                failure = error
                refused = refused or error.remedy is Remedy.PLAIN
            else:
                if refused:
                    _without_schema.add(self._identity)
                return
            if yielded or attempt == _ATTEMPTS or failure.remedy is Remedy.NONE:
                raise failure
            if failure.remedy is Remedy.PLAIN:
                structured = False
                continue
            wait = _WAIT * 2 ** (attempt - 1) if failure.wait is None else failure.wait
            if time.monotonic() - started + wait >= self._timeout:
                raise failure
            time.sleep(wait)

    def ask(self, messages: Messages, parse: Callable[[str], T], *, schema: Schema | None = None) -> T:
        """Return what ``parse`` makes of a whole reply; see :meth:`read`.

        :raises LanguageModelError: the model did not answer, or ``parse`` raised :class:`UnreadableError`.
        """

        def reader(pieces: Iterator[str]) -> Iterator[T]:
            reply = ""
            for piece in pieces:
                reply += piece
                if len(reply) > _MAX_REPLY_CHARS:
                    raise UnreadableError(f"wrote more than {_MAX_REPLY_CHARS:,} characters where few were asked for.")
            yield parse(reply)

        (parsed,) = self.read(messages, reader, schema=schema)
        return parsed

    def _after_unreadable(self, *, structured: bool) -> Remedy:
        """Without its schema a model may do better; the same request at temperature 0 gives the same reply."""
        if structured:
            return Remedy.PLAIN
        return Remedy.NONE if getattr(self._model, "temperature", None) == 0 else Remedy.AGAIN

    def _pieces(self, messages: Messages, schema: Schema | None) -> Generator[str, None, None]:
        """Yield the text of one reply as it comes.

        :raises CallError: the model did not answer, declined to, or its reply ended before its end.
        """
        options = {} if schema is None else structured_options(self._provider, schema)
        deadline = time.monotonic() + _LONGEST * self._timeout
        chunks = self._model.stream(list(messages), **options)
        stopped = ""
        try:
            while True:
                try:
                    chunk = next(chunks, None)
                except Exception as error:  # the clients raise httpx's, their own and built-in kinds
                    raise call_error(self.name, error, structured=schema is not None) from error
                if chunk is None:
                    break
                self._count(getattr(chunk, "usage_metadata", None))
                stopped = stopped or _stopped(chunk.response_metadata)
                yield str(chunk.text)
                if time.monotonic() > deadline:
                    raise CallError(f"{self.name} was still writing after {_LONGEST * self._timeout:g} seconds.")
        finally:
            close = getattr(chunks, "close", None)  # a reader who has enough must not leave the server writing
            if close is not None:
                close()
        if stopped in _DECLINED:
            raise CallError(f"{self.name} declined to answer.")
        if not stopped:
            raise CallError(f"{self.name} broke off in the middle of its reply.", Remedy.AGAIN)

    def _count(self, usage: Mapping[str, Any] | None) -> None:
        if usage:
            read, written = self._tokens or (0, 0)
            self._tokens = read + int(usage["input_tokens"]), written + int(usage["output_tokens"])


def load_chat(settings: Settings) -> Chat:
    """Create the chat model that ``RAG_LLM`` names; nothing is sent yet.

    :raises LanguageModelError: the provider is unknown, its package is missing or its settings do not suffice.
    """
    return Chat(load_model(settings), provider_of(settings), settings)


def _context(profile: Mapping[str, Any], provider: str, settings: Settings) -> int:
    """Return the tokens a model can be given; what is known of its name does not hold for a server of one's own."""
    known = None if settings.llm_base_url else profile.get("max_input_tokens")
    if provider == "ollama":
        known = OLLAMA_CONTEXT
    return settings.llm_context or known or UNKNOWN_CONTEXT


def _stopped(metadata: Mapping[str, Any]) -> str:
    """Return why a reply ended, as its last chunk says; empty for the chunks before."""
    for name, values in _FINISHED.items():
        found = metadata.get(name)
        if found and (values is None or found in values):
            return str(found)
    return ""
