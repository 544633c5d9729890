"""What stands in a reply beside what was asked for: reasoning, fences, words around an object."""

import json
import re
from typing import Any

from rag.chat.failures import UnreadableError

_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)
_THOUGHT_END = re.compile(r".*</(?:think|thinking|thought|reasoning)>", re.IGNORECASE | re.DOTALL)


def without_reasoning(reply: str) -> str:
    """Return a complete reply without what the model thought aloud between tags, of which the first may be missing."""
    return _THOUGHT_END.sub("", _THOUGHT.sub("", reply)).strip()


def read_object(reply: str) -> dict[str, Any]:
    """Return the first JSON object of a complete reply, whatever stands around it.

    :raises UnreadableError: there is none.
    """
    spoken = without_reasoning(reply)
    at = spoken.find("{")
    while at >= 0:
        try:
            found, _ = json.JSONDecoder(strict=False).raw_decode(spoken, at)
        except (ValueError, RecursionError):
            at = spoken.find("{", at + 1)
        else:
            return dict(found)
    raise UnreadableError("replied with no JSON object.")
