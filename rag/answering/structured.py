"""A JSON reply becomes claims while it streams, one as soon as its object is complete."""

import json
import re
from collections.abc import Iterator
from typing import Any

from rag.answering.claims import Cited, Claim, says_not_answered
from rag.answering.lines import cleaned

_STATEMENTS = re.compile(r'"statements"\s*:\s*\[')
_ANSWERED = re.compile(r'"answered"\s*:\s*(true|false)', re.IGNORECASE)
_STATEMENT = re.compile(r'\{\s*"(?:text|citations)"')
_DECODER = json.JSONDecoder(strict=False)  # small models break lines inside a string


class JsonReplyParser:
    """Takes a JSON reply in pieces and yields each claim once it is complete.

    Claims that cite nothing are held back until one does, as in the text protocol. ``abstained`` is True once the model
    has said that the passages do not answer, or closed its list without a statement.
    """

    def __init__(self) -> None:
        self.abstained = False
        self._read = ""
        self._at: int | None = None
        self._ended = False
        self._held: list[Claim] = []
        self._yielded = False

    def feed(self, piece: str) -> Iterator[Claim]:
        """Yield the claims that a further piece completes."""
        self._read += piece
        if "}" in piece or "]" in piece:
            yield from self._complete()

    def close(self) -> Iterator[Claim]:
        """Yield the claims of what is left, passing over objects that are no JSON."""
        yield from self._complete()
        while not self._ended and self._at is not None:
            following = _STATEMENT.search(self._read, self._at + 1)
            if following is None:
                return
            self._at = following.start()
            yield from self._complete()

    def _complete(self) -> Iterator[Claim]:
        """Yield the claims from where reading stopped up to what is not complete yet."""
        if self._at is None and not self._begin():
            return
        while not self._ended and not self.abstained and self._at is not None:
            self._at = _past_separators(self._read, self._at)
            if self._at == len(self._read):
                return
            if self._read[self._at] == "]":
                self._ended = True
                self.abstained = not (self._yielded or self._held)
                return
            try:
                value, self._at = _DECODER.raw_decode(self._read, self._at)
            except (ValueError, RecursionError):
                return
            yield from self._release(_claim(value))

    def _begin(self) -> bool:
        """Look for the list of statements; what stands before it may say that there is no answer."""
        found = _STATEMENTS.search(self._read)
        answered = _ANSWERED.search(self._read, 0, found.start() if found else len(self._read))
        self.abstained = answered is not None and answered[1].lower() == "false"
        self._at = found.end() if found else None
        return found is not None

    def _release(self, claim: Claim | None) -> Iterator[Claim]:
        if claim is None:
            return
        if not self._yielded and says_not_answered(claim.text):
            self.abstained = True
            return
        self._held.append(claim)
        self._yielded = self._yielded or bool(claim.cited)
        if self._yielded:
            held, self._held = self._held, []
            yield from held


def _claim(value: Any) -> Claim | None:  # noqa: ANN401 - any JSON value
    """Return the claim of a statement's object, however loosely its schema was kept; None where it says nothing."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    text = cleaned(value["text"])
    listed = value.get("citations")
    citations = [listed] if isinstance(listed, dict) else listed if isinstance(listed, list) else []
    cited = [found for each in citations if (found := _cited(each)) is not None]
    return Claim(text, tuple(dict.fromkeys(cited))) if text else None


def _cited(value: Any) -> Cited | None:  # noqa: ANN401 - any JSON value
    """Return a citation, of which small models write the number as text or alone."""
    fields = value if isinstance(value, dict) else {"passage": value}
    number = re.search(r"-?\d{1,6}", str(fields.get("passage")))
    quote = fields.get("quote")
    quote = quote.strip() if isinstance(quote, str) else ""
    return Cited(int(number[0]), quote or None) if number else None


def _past_separators(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at
