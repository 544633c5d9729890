"""How each provider's client is asked for a reply that follows a JSON schema."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
"""A JSON schema with a ``title``; every object lists all its properties as required and allows no others, which the
providers' strict modes ask for."""


def structured_options(provider: str, schema: Schema) -> dict[str, Any]:
    """Return the parameters of ``BaseChatModel.stream`` that ask for a schema.

    All three constrain the decoding, so that even a small local model cannot leave the form; that is why a schema is
    tried with each, servers of one's own included (llama.cpp, vLLM, LM Studio and Ollama have it), before the text
    protocol. None of these is LangChain's ``with_structured_output``: a tool call does not stream everywhere, and a
    forced one excludes Claude's reasoning. OpenAI's goes into the body as it is, since its client, given a
    ``response_format``, parses the whole reply and fails where it is cut at its length limit. Its servers count tokens
    in a stream only when asked, and one that knows schemas knows that too.
    """
    named = {"name": schema["title"], "schema": dict(schema), "strict": True}
    response_format = {"type": "json_schema", "json_schema": named}
    if provider == "openai":
        return {"extra_body": {"response_format": response_format}, "stream_usage": True}
    if provider == "anthropic":
        return {"response_format": response_format}
    return {"format": dict(schema)}
