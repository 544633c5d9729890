"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

# A line is given to the segmenter in pieces of at most this many characters, so that no input can make it slow;
# the longest paragraphs of real articles stay well below.
LINE_CHARS = 20_000
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
        for piece in _pieces(text, start, end, LINE_CHARS):
            for sentence in _sentences(text, *piece, language or "en"):
                spans.extend(_pieces(text, *sentence, max_chars))
    return spans


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the trimmed sentences of one line, long ones split again with their quotation marks hidden."""
    line = text[start:end]
    cuts = _boundaries(line, language)
    for left, right in zip([0, *cuts], [*cuts, len(line)], strict=True):
        inner = _inner_cuts(line[left:right], language) if right - left > LONG_CHARS else []
        edges = [left, *(left + cut for cut in inner), right]
        for one, two in pairwise(edges):
            if span := _trim(text, start + one, start + two):
                yield span


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
        cut = _last_blank(text, start + max_chars // 2, start + max_chars)
        if span := _trim(text, start, cut):
            yield span
        start = cut
    if span := _trim(text, start, end):
        yield span


def _last_blank(text: str, low: int, high: int) -> int:
    for position in range(high, low, -1):
        if text[position].isspace():
            return position
    return high


def _trim(text: str, start: int, end: int) -> Span | None:
    span = text[start:end]
    start += len(span) - len(span.lstrip())
    end = start + len(span.strip())
    return (start, end) if end > start else None
