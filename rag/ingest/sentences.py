"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

# The segmenter's time grows with the square of what it is given (1 MB of short Chinese sentences at once: minutes).
WINDOW_CHARS = 2_000
# The segmenter never ends a sentence inside quotation marks. Where a span grows past this (2 of 100 news sentences
# are longer), it is more likely a quoted run of several sentences, or a quotation mark that was never closed.
LONG_CHARS = 300

_QUOTES = str.maketrans(dict.fromkeys('"“”„«»‹›「」『』', " "))
_BLANK = re.compile(r"\s")


def sentence_spans(text: str, language: str | None, max_chars: int) -> list[Span]:
    r"""Return ``(start, end)`` of each sentence in code points, without outer white space, none over ``max_chars``.

    A line break always ends a sentence. Every character that is not white space lies in exactly one sentence.

    :param language: ISO 639-1 code whose abbreviations and ordinals are respected; None is treated as English.
    """
    spans: list[Span] = []
    for start, end in _lines(text):
        for left, right in _sentences(text, start, end, language or "en"):
            if right - left <= max_chars:
                if span := _trim(text, left, right):
                    spans.append(span)
            else:
                spans.extend(_pieces(text, left, right, max_chars))
    return spans


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the sentences of one line, not yet trimmed, looking at ``WINDOW_CHARS`` of it at a time."""
    while start < end:
        stop = min(end, start + WINDOW_CHARS)
        cuts = _boundaries(text[start:stop], language)
        if stop < end:
            # The window ends within a sentence: it is looked at again as the beginning of the next window.
            stop = start + cuts.pop() if cuts else _last_blank(text, start, stop)
        for left, right in pairwise([start, *(start + cut for cut in cuts), stop]):
            if right - left <= LONG_CHARS:
                yield left, right
            else:
                inner = _inner_cuts(text[left:right], language)
                yield from pairwise([left, *(left + cut for cut in inner), right])
        start = stop


def _boundaries(line: str, language: str) -> list[int]:
    """Return where the second and every later sentence begins, by sentencex."""
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]  # noqa: PLC0415 - a compiled module that only adding needs

    starts = {boundary["start_index"] for boundary in get_sentence_boundaries(language, line)}
    return sorted(start for start in starts if 0 < start < len(line))


def _inner_cuts(sentence: str, language: str) -> list[int]:
    """Return where to cut a long sentence: as :func:`_boundaries`, but blind to quotation marks.

    Hidden as spaces of the same length, the marks no longer hold sentences together, and sentencex still knows the
    abbreviations. A cut is kept only at real white space, so that a closing mark stays with its sentence, and not
    before a lower-case word: in „Ja!“ sagte er, the sentence goes on.
    """
    hidden = sentence.translate(_QUOTES)
    cuts = []
    for boundary in _boundaries(hidden, language):
        word = hidden[boundary : boundary + 1]
        before = len(hidden[:boundary].rstrip())
        blank = _BLANK.search(sentence, before, boundary)
        if blank and not word.islower():
            cuts.append(blank.end())
    return cuts


def _pieces(text: str, start: int, end: int, max_chars: int) -> Iterator[Span]:
    """Yield the span in trimmed pieces of at most ``max_chars``, cut at the last white space of each, else anywhere."""
    while end - start > max_chars:
        cut = _last_blank(text, start, start + max_chars)
        if span := _trim(text, start, cut):
            yield span
        start = cut
    if span := _trim(text, start, end):
        yield span


def _last_blank(text: str, start: int, high: int) -> int:
    """Return the last white space in the second half of ``start`` to ``high``, or ``high`` if there is none."""
    for position in range(high, (start + high) // 2, -1):
        if text[position].isspace():
            return position
    return high


def _trim(text: str, start: int, end: int) -> Span | None:
    span = text[start:end]
    start += len(span) - len(span.lstrip())
    end = start + len(span.strip())
    return (start, end) if end > start else None
