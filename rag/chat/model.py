"""The chat model that ``RAG_LLM`` names, created with the parameters its client understands."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rag.chat.failures import reason
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
_RETRIES = 0
"""The clients' own; :class:`rag.chat.Chat` asks again, which knows what was yielded and how long it may take."""
OLLAMA_CONTEXT = 16_384
"""Tokens. Ollama's default of 4,096 silently cuts off the start of what is longer, such as ten passages of Chinese."""


def load_model(settings: Settings) -> "BaseChatModel":
    """Create the chat model that ``RAG_LLM`` names; nothing is sent yet.

    A key in a provider's own variable is for that provider: it is not sent to the server of ``RAG_LLM_BASE_URL``.

    :raises LanguageModelError: the provider is unknown, its package is missing or its settings do not suffice.
    """
    named = settings.llm or ""
    provider, model = provider_of(settings), named.partition(":")[2].strip()
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
        raise LanguageModelError(f"RAG_LLM={named!r} cannot be used: {reason(error)}") from error
    return loaded


def provider_of(settings: Settings) -> str:
    """Return the provider of ``RAG_LLM``, which need not be one of :data:`PROVIDERS`."""
    return (settings.llm or "").partition(":")[0].strip().lower()


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
        return {
            **options,
            "client_kwargs": client,
            "num_ctx": settings.llm_context or OLLAMA_CONTEXT,
            "temperature": 0.0,
        }
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
