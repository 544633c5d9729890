"""The chat model that ``RAG_LLM`` names: created with the parameters its client understands, and read as a stream."""

import os
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rag.errors import LanguageModelError
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Provider:
    """What a provider's client needs to know.

    :param extra: the extra of newsrag that installs the client.
    :param key_variable: the variable the client reads its key from; None if it needs no key.
    :param url_variables: the variables the client reads its server from.
    """

    extra: str
    key_variable: str | None
    url_variables: tuple[str, ...]


PROVIDERS = {
    "openai": Provider("openai", "OPENAI_API_KEY", ("OPENAI_API_BASE", "OPENAI_BASE_URL")),
    "anthropic": Provider("anthropic", "ANTHROPIC_API_KEY", ("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL")),
    "ollama": Provider("ollama", None, ("OLLAMA_HOST",)),
}
"""The providers that ``RAG_LLM`` may name."""

_NO_KEY = "none"
"""Sent to a server of one's own where no key is set: the clients refuse to start without one."""
_RETRIES = 1
"""One more attempt helps against a hiccup; more would keep the reader waiting for the quoted answer."""
_OLLAMA_CONTEXT = 16_384
"""Tokens. Ollama's default of 4,096 silently cuts off the start of what is longer, such as ten passages of Chinese."""
_FINISHED = {"finish_reason": None, "stop_reason": None, "done": None, "status": ("completed", "incomplete")}
"""What the last chunk of a complete reply carries, by protocol, and the values that count; None: any."""
_ERROR_CHARS = 300


def load_model(settings: Settings) -> "BaseChatModel":
    """Create the chat model that ``RAG_LLM`` names; nothing is sent yet.

    A key in a provider's own variable is for that provider: it is not sent to the server of ``RAG_LLM_BASE_URL``.

    :raises LanguageModelError: the provider is unknown, its package is missing or its settings do not suffice.
    """
    named = settings.llm or ""
    provider, _, model = (part.strip() for part in named.partition(":"))
    provider = provider.lower()
    if provider not in PROVIDERS or not model:
        choices = ", ".join(f"{name}:MODEL" for name in PROVIDERS)
        raise LanguageModelError(f"RAG_LLM={named!r} names no chat model. It must be one of {choices}.")
    options = _options(provider, settings)
    try:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 - most of a second of LangChain

        loaded: BaseChatModel = init_chat_model(model, model_provider=provider, name=named, **options)
    except ImportError as error:
        raise LanguageModelError(
            f"RAG_LLM={named!r} needs a package that is missing: pip install 'newsrag[{PROVIDERS[provider].extra}]'."
        ) from error
    except Exception as error:  # each provider raises its own kinds
        raise LanguageModelError(f"RAG_LLM={named!r} cannot be used: {_reason(error)}") from error
    return loaded


def read_reply(model: "BaseChatModel", messages: list[tuple[str, str]]) -> Generator[str, None, None]:
    """Yield the text of the model's reply, piece by piece, as it comes.

    :raises LanguageModelError: the model did not answer in time or at all, or its reply ended before its end.
    """
    chunks = model.stream(messages)
    finished = False
    try:
        while True:
            try:
                chunk = next(chunks, None)
            except Exception as error:  # the clients raise httpx's, their own and built-in kinds
                raise LanguageModelError(f"{model.get_name()} did not answer: {_reason(error)}") from error
            if chunk is None:
                break
            finished = finished or _is_last(chunk.response_metadata)
            yield str(chunk.text)
    finally:
        close = getattr(chunks, "close", None)  # a reader who has enough must not leave the server writing
        if close is not None:
            close()
    if not finished:
        raise LanguageModelError(f"{model.get_name()} broke off in the middle of its reply.")


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """Return the client's parameters, which differ: only the first two have a key, a timeout and retries of their own.

    Temperature 0 makes answers repeatable, but models of the providers refuse it; it is set for servers of one's own.
    """
    url = _base_url(settings)
    key = _key(provider, settings)
    options: dict[str, Any] = {} if url is None else {"base_url": url}
    if provider == "ollama":
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        client = {"timeout": settings.llm_timeout, "headers": headers}
        return {**options, "client_kwargs": client, "num_ctx": _OLLAMA_CONTEXT, "temperature": 0.0}
    if key is not None:
        options["api_key"] = key
    if provider == "openai" and url is not None:
        options["temperature"] = 0.0
    return {**options, "timeout": settings.llm_timeout, "max_retries": _RETRIES}


def _base_url(settings: Settings) -> str | None:
    url = (settings.llm_base_url or "").strip()
    if url and not url.lower().startswith(("http://", "https://")):
        raise LanguageModelError(f"RAG_LLM_BASE_URL={url!r} must start with http:// or https://.")
    return url or None


def _key(provider: str, settings: Settings) -> str | None:
    """Return the key to send; None leaves it to the client, which finds it in the provider's own variable."""
    key = settings.llm_api_key.get_secret_value().strip() if settings.llm_api_key is not None else ""
    variable = PROVIDERS[provider].key_variable
    if key or variable is None:
        return key or None
    if settings.llm_base_url:
        return _NO_KEY
    if os.environ.get(variable):
        return None
    if any(os.environ.get(name) for name in PROVIDERS[provider].url_variables):
        return _NO_KEY
    raise LanguageModelError(
        f"RAG_LLM={settings.llm!r} needs a key. Set RAG_LLM_API_KEY or {variable}, "
        "or RAG_LLM_BASE_URL for a server of your own."
    )


def _is_last(metadata: Mapping[str, Any]) -> bool:
    """Tell whether a chunk's metadata says that the reply is complete."""
    for name, values in _FINISHED.items():
        found = metadata.get(name)
        if found and (values is None or found in values):
            return True
    return False


def _reason(error: Exception) -> str:
    """Return why a call failed, on one line that ends in a period and repeats no setting, since one may be a key."""
    if isinstance(error, ValidationError):
        said = str(error.errors()[0]["msg"])
    else:
        said = _said(error) or type(error).__name__
        cause: BaseException = error
        while cause.__cause__ is not None:
            cause = cause.__cause__
        if type(error).__name__.endswith("ConnectionError") and str(cause) not in ("", said):
            said = f"{said.rstrip('.')}: {cause}"  # the clients say no more than "Connection error."
    line = " ".join(said.split())
    line = line if len(line) <= _ERROR_CHARS else line[: _ERROR_CHARS - 1] + "…"
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _said(error: Exception) -> str:
    """Return the server's own words where it sent some, after its status, else the client's."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping):
        body = body.get("error", body)
    said = body.get("message") if isinstance(body, Mapping) else body
    said = said if isinstance(said, str) and said.strip() else str(error)
    status = getattr(error, "status_code", None)
    return f"HTTP {status}: {said}" if isinstance(status, int) and status > 0 else said
