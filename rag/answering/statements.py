"""What a chat model wrote becomes claims: a sentence, the numbers of the passages it cites, and the words it quotes.

Models are asked for one statement a line with its number and its quote. What they write is forgiven much: other
brackets, several numbers, several statements on a line, quotes before the number or on the next line, Markdown,
reasoning between tags.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.answering.claims import Cited, Claim, says_not_answered
from rag.answering.lines import MARKUP, Support, parse_line
from rag.errors import LanguageModelError

_ITEM_NUMBER = re.compile(r"(\d{1,2})\.\s+")
_THOUGHT = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)


class ReplyParser:
    """Takes a reply in pieces and yields each claim once it is complete.

    Claims that cite nothing are held back until one does: before it they are a preamble or a refusal, and where none
    cites anything the reply is no answer. ``abstained`` is True once the model has said that the passages do not
    answer, and no claim that cites any before.
    """

    def __init__(self) -> None:
        self.abstained = False
        self._line = ""
        self._items = 0
        self._thinking = False
        self._held: list[Claim] = []
        self._waiting: Claim | None = None
        self._yielded = False

    def feed(self, piece: str) -> Iterator[Claim]:
        """Yield the claims that a further piece completes.

        :raises LanguageModelError: what was taken for the answer turns out to be the model's reasoning.
        """
        *complete, self._line = (self._line + piece).split("\n")
        for line in complete:
            yield from self._read(line)

    def close(self) -> Iterator[Claim]:
        """Yield the claims of the last line."""
        line, self._line = self._line, ""
        yield from self._read(line)
        yield from self._release()

    def _read(self, line: str) -> Iterator[Claim]:
        line = self._unnumbered(MARKUP.sub("", self._spoken(line)).strip())
        if not line:
            return
        claims = parse_line(line)
        if isinstance(claims, Support):
            if self._waiting is not None:
                self._waiting = _supported(self._waiting, claims)
            claims = []
        else:
            yield from self._release()
        if says_not_answered(line):
            claims = [claim for claim in claims if not says_not_answered(claim.text)]
            claims = [] if says_not_answered(line, first=True) else claims
            self.abstained = self.abstained or not (any(claim.cited for claim in claims) or self._yielded)
        if self.abstained:
            return
        for claim in claims:
            yield from self._release()
            self._waiting = claim
        if self._waiting is not None and all(cited.quote is not None for cited in self._waiting.cited):
            yield from self._release()

    def _unnumbered(self, line: str) -> str:
        """Return the line without its number in a list; a date such as *6. November* is none."""
        item = _ITEM_NUMBER.match(line)
        if item is None or int(item[1]) != self._items + 1:
            return line
        self._items += 1
        return line[item.end() :]

    def _release(self) -> Iterator[Claim]:
        """Yield the claim that waited for its quote on the next line, after those held back."""
        if self._waiting is None:
            return
        self._held.append(self._waiting)
        self._waiting = None
        self._yielded = self._yielded or bool(self._held[-1].cited)
        if self._yielded:
            held, self._held = self._held, []
            yield from held

    def _spoken(self, line: str) -> str:
        """Return the line without what the model thought aloud."""
        spoken, rest = "", line
        while (tag := _THOUGHT.search(rest)) is not None:
            if not self._thinking:
                spoken += rest[: tag.start()]
            if tag[1] and not self._thinking:  # the opening tag was part of the prompt: all before was a thought
                if self._yielded:
                    raise LanguageModelError("The chat model mixed its reasoning with its answer.")
                spoken, self._waiting, self._held, self.abstained = "", None, [], False
            self._thinking = not tag[1]
            rest = rest[tag.end() :]
        return spoken if self._thinking else spoken + rest


def _supported(claim: Claim, support: Support) -> Claim:
    """Return the claim with quotes from the line after it, for the passages they are of."""
    cited = []
    for each in claim.cited:
        meant = each.quote is None and support.quotes and (not support.numbers or each.number in support.numbers)
        cited += [Cited(each.number, quote) for quote in support.quotes] if meant else [each]
    return replace(claim, cited=tuple(cited))
