"""Why a call of the chat model failed, on one line, and what may help."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

from pydantic import ValidationError

from rag.errors import LanguageModelError

_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""HTTP statuses that may be others a moment later: time-outs, conflicts, rate limits, failures, overload."""
_NOT_UNDERSTOOD = frozenset({400, 422, 501})
"""HTTP statuses of servers that do not know a parameter or cannot make use of a schema."""
_USED_UP = "insufficient_quota"
"""What OpenAI's 429 says when no money is left, which waiting does not mend."""
_ERROR_CHARS = 300


class Remedy(Enum):
    """What may help after a call that failed."""

    NONE = "none"
    AGAIN = "again"
    """The same once more, after a moment."""
    PLAIN = "plain"
    """The same without a schema."""


class CallError(LanguageModelError):
    """A call failed.

    :param remedy: what may help.
    :param wait: seconds that the server asks to wait, or None.
    """

    def __init__(self, message: str, remedy: Remedy = Remedy.NONE, wait: float | None = None) -> None:
        super().__init__(message)
        self.remedy, self.wait = remedy, wait


class UnreadableError(LanguageModelError):
    """The model replied, but not with what it was asked for. Its message follows the model's name: *wrote nothing*."""


def call_error(name: str, error: Exception, *, structured: bool) -> CallError:
    """Return what a client's error means.

    :param name: of the model, for the message.
    :param structured: whether the request had a schema, which may be what was refused.
    """
    status = getattr(error, "status_code", None)
    failed = isinstance(status, int) and status >= 400  # noqa: PLR2004 - HTTP; Ollama's client says -1 in a stream
    remedy = Remedy.NONE
    if structured and status in _NOT_UNDERSTOOD:
        remedy = Remedy.PLAIN
    elif (not failed or status in _TRANSIENT) and _body(error).get("code") != _USED_UP:
        remedy = Remedy.AGAIN
    return CallError(f"{name} did not answer: {reason(error)}", remedy, _retry_after(error))


def reason(error: Exception) -> str:
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


def _body(error: Exception) -> Mapping[str, Any]:
    """Return what the server sent about an error, as far as it is an object."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def _said(error: Exception) -> str:
    """Return the server's own words where it sent some, after its status, else the client's."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping):
        body = body.get("error", body)
    said = body.get("message") if isinstance(body, Mapping) else body
    said = said if isinstance(said, str) and said.strip() else str(error)
    status = getattr(error, "status_code", None)
    return f"HTTP {status}: {said}" if isinstance(status, int) and status > 0 else said


def _retry_after(error: Exception) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which holds seconds or a date; Ollama's client drops it."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    try:
        if "retry-after-ms" in headers:
            return max(float(headers["retry-after-ms"]) / 1000, 0.0)
        if (after := headers.get("retry-after")) is None:
            return None
        if after.strip().replace(".", "", 1).isdigit():
            return float(after)
        return max((parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError):  # what cannot be read, or a date without its zone, says nothing
        return None
