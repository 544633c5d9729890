"""A quote that is not quite what stands there: parts left out, or a few letters otherwise."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from rag.citing.locate import Folded, find_folded, fold, is_word, span_of

_ELLIPSIS = re.compile(r"\s*[\[(]?\s*(?:\u2026|\.\s?\.\s?\.)\s*[\])]?\s*")
_LEFT_OUT = 400
"""Characters that an ellipsis may stand for: about three sentences."""
_CHARACTERS_PER_SLIP = 25
"""One letter may differ for so many: what a keyboard or a model slips on, not another word."""
_MOST_SLIPS = 4
_NUMBER = re.compile(r"\d+")


def repair(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Find a quote in ``text[start:end]`` that leaves out parts or has a few other letters; return its span, or None.

    Left out may be what an ellipsis marks, up to 400 characters each time. One letter in 25, four at most, may be
    wrong, missing or too many; digits may not, for 308 is not 380.
    """
    start, end, _ = slice(start, end).indices(len(text))
    there = fold(text[start:end])
    parts = [fold(part).text for part in _ELLIPSIS.split(quote)]
    parts = [part for part in parts if any(letter.isalnum() for letter in part)]
    span = _in_order(parts, there) if len(parts) > 1 else _nearly(parts[0], there) if parts else None
    return None if span is None else (start + span[0], start + span[1])


def _in_order(parts: list[str], there: Folded) -> tuple[int, int] | None:
    """Return the span from the first part to the last, each found not far behind the one before."""
    first = find_folded(parts[0], there)
    while first is not None:
        end: int | None = first[1]
        for part in parts[1:]:
            found = None if end is None else find_folded(part, there, end)
            end = found[1] if found is not None and end is not None and found[0] - end <= _LEFT_OUT else None
        if end is not None:
            return span_of(there, first[0], end)
        first = find_folded(parts[0], there, first[0] + 1)
    return None


def _nearly(sought: str, there: Folded) -> tuple[int, int] | None:
    """Return the span of the nearest place whose letters differ in a few.

    With n slips one of n + 1 equal pieces of the quote stands there unchanged; only around such places is compared.
    """
    slips = min(len(sought) // _CHARACTERS_PER_SLIP, _MOST_SLIPS)
    if slips == 0:
        return None
    size = len(sought) // (slips + 1)
    found: list[tuple[int, int, int]] = []
    for piece in range(slips + 1):
        anchor = sought[piece * size : (piece + 1) * size]
        at = there.text.find(anchor)
        while at >= 0:
            found += _aligned(sought, there.text, at - piece * size, slips)
            at = there.text.find(anchor, at + 1)
    for _, start, end in sorted(found):
        start, end = _whole_words(there.text, start, end)  # noqa: PLW2901 - the same place, grown to whole words
        span = span_of(there, start, end)
        if span is not None and _NUMBER.findall(there.text[start:end]) == _NUMBER.findall(sought):
            return span
    return None


def _aligned(sought: str, text: str, at: int, slips: int) -> Iterator[tuple[int, int, int]]:
    """Yield distance, start and end of each place within a few letters of ``at`` that differs in no more."""
    for start in range(max(at - slips, 0), at + slips + 1):
        for end in range(start + len(sought) - slips, min(start + len(sought) + slips, len(text)) + 1):
            distance = Levenshtein.distance(sought, text[start:end], score_cutoff=slips)
            if distance <= slips:
                yield distance, start, end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place that begins and ends where words do."""
    while start > 0 and is_word(text[start - 1]) and is_word(text[start]):
        start -= 1
    while end < len(text) and is_word(text[end - 1]) and is_word(text[end]):
        end += 1
    return start, end
