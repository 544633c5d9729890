"""Does an export still hold? Each of its quotes is looked up in the archive again, and what changed is said."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from rag.answers import Citation, Verdict
from rag.articles import Article
from rag.citing import locate
from rag.errors import UnknownArticleError
from rag.exporting.record import Record, text_sha256

_NEAR = 60.0
"""Least similarity, of 100, of the words that are shown as what became of a quote: below it they are other words."""
_SHOWN = 160
"""Characters of a quote that a line shows."""
_DESCRIBED = ("title", "source", "published", "language", "url")


_UNSPACED = "\u3040", "\u9fff"
"""From the first kana to the last of the common Han characters: languages that put no spaces between words."""

_Spans = list[tuple[int, int]]


class Change(StrEnum):
    """What became of a citation since it was exported; worst last."""

    NONE = "none"
    """Article, text and quote are what they were."""
    EDITED = "edited"
    """The quote stands where it stood, but the article's text or what is known of it has changed."""
    MOVED = "moved"
    """The quote stands elsewhere in the article."""
    REWORDED = "reworded"
    """The quoted words stand nowhere in the article any more."""
    REMOVED = "removed"
    """The article is not in the archive."""


@dataclass(frozen=True, slots=True)
class Check:
    """What became of one citation.

    :param statement: number of the statement it belongs to, from 1.
    :param citation: its number in the export, from 1.
    :param verdict: what the statement's verdict was; it is not judged again.
    :param start: where the quote stands now, as ``end``; None where it stands nowhere.
    :param detail: one line that says what changed; empty where nothing did.
    """

    statement: int
    citation: int
    text: str
    verdict: Verdict
    article_id: str
    change: Change
    start: int | None = None
    end: int | None = None
    detail: str = ""

    @property
    def line(self) -> str:
        """One line for a person: the statement, its verdict, the source and what changed."""
        return (
            f"Statement {self.statement} {shown(self.text)}, verdict was {self.verdict}, "
            f"source {self.citation} ({one_line(self.article_id)}): {self.change}: {self.detail}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every citation of an export."""

    question: str
    created: str
    checks: tuple[Check, ...]

    @property
    def changed(self) -> tuple[Check, ...]:
        """The citations that are not what they were."""
        return tuple(check for check in self.checks if check.change is not Change.NONE)

    @property
    def summary(self) -> str:
        """One line that says how many citations hold."""
        if not self.checks:
            return "Nothing to check: the export holds no quotes."
        held = len(self.checks) - len(self.changed)
        return f"Unchanged since the answer of {self.created}: {held} of {len(self.checks)} citations."

    def as_dict(self) -> dict[str, Any]:
        """Return the tree that ``rag verify --json`` prints."""
        return {"holds": not self.changed, **asdict(self)}


def verify(record: Record, article: Callable[[str], Article]) -> Report:
    """Check every quote of an export against the archive.

    :param article: article id to article; raises UnknownArticleError.
    """
    return Report(record.question, record.created, tuple(_checks(record, article)))


def _checks(record: Record, article: Callable[[str], Article]) -> Iterator[Check]:
    """Yield a check for each citation, in order."""
    articles: dict[str, Article | None] = {}

    def known(article_id: str) -> Article | None:
        if article_id not in articles:
            try:
                articles[article_id] = article(article_id)
            except UnknownArticleError:
                articles[article_id] = None
        return articles[article_id]

    number = 0
    for place, statement in enumerate(record.statements, start=1):
        for citation in statement.citations:
            number += 1
            change, span, detail = _compare(citation, record.text_sha256.get(citation.article_id), known)
            start, end = span or (None, None)
            yield Check(
                place, number, statement.text, statement.verdict, citation.article_id, change, start, end, detail
            )


def _compare(
    citation: Citation, digest: str | None, known: Callable[[str], Article | None]
) -> tuple[Change, tuple[int, int] | None, str]:
    """Return what became of a citation, where its quote stands now, and what changed."""
    article = known(citation.article_id)
    if article is None:
        return Change.REMOVED, None, _without_article(citation, known)
    text, quote = article.text, citation.quote
    span = citation.start, citation.end
    if text[slice(*span)] == quote:
        edits = [
            f"its {name} was {shown(getattr(citation, name))}, is {shown(getattr(article, name))}"
            for name in _DESCRIBED
            if getattr(citation, name) != getattr(article, name)
        ]
        if digest is not None and digest != text_sha256(text):
            edits.insert(0, "the quote stands where it stood, but the article's text has changed around it")
        return (Change.EDITED, span, "; ".join(edits)) if edits else (Change.NONE, span, "")
    found = locate(quote, text)
    if found is None:
        return Change.REWORDED, None, _reworded(citation, text)
    detail = f"the quote stood at {span[0]}–{span[1]}, it now stands at {found[0]}–{found[1]}"
    if text[slice(*found)] != quote:
        detail += f" and reads {shown(text[slice(*found)])}"
    return Change.MOVED, found, detail


def _without_article(citation: Citation, known: Callable[[str], Article | None]) -> str:
    """Say that an article is gone, and which of its copies still carries the words."""
    for copy_id in citation.copies:
        copy = known(copy_id)
        span = locate(citation.quote, copy.text) if copy is not None else None
        if span is not None:
            where = f"{one_line(copy_id)} at {span[0]}–{span[1]}"
            return f"the article is no longer in the archive; the same words stand in its copy {where}"
    return f"the article is no longer in the archive; the quote was {shown(citation.quote)}"


def _reworded(citation: Citation, text: str) -> str:
    """Say what became of words that stand nowhere any more: how the nearest ones differ, or what stands there now."""
    nearest = _nearest(citation.quote, text)
    if nearest is not None:
        start, end = nearest
        differences = _differences(citation.quote, text[start:end])
        return f"{differences}; the nearest words, at {start}–{end}, are {shown(text[start:end])}"
    now = text[citation.start : citation.end]
    there = f"at {citation.start}–{citation.end} now stands {shown(now)}" if now else "the article now ends before it"
    return f"{shown(citation.quote)} is gone and nothing like it is left; {there}"


def _nearest(quote: str, text: str) -> tuple[int, int] | None:
    """Return the span of the words of the text that are most like the quote, None where none are like it."""
    from rapidfuzz.fuzz import partial_ratio_alignment, ratio  # noqa: PLC0415 - only needed where a quote is gone

    found = partial_ratio_alignment(quote, text, score_cutoff=_NEAR)
    if found is None or found.dest_start == found.dest_end:
        return None
    # The window found is as long as the quote; what was put in may reach beyond it, so its surroundings are aligned.
    room = len(quote) // 2 + 20
    words = _words(text, max(0, found.dest_start - room), min(len(text), found.dest_end + room))
    blocks = [block for block in _aligned(quote, _words(quote), text, words) if block[0] != "insert"]
    if not blocks:
        return None
    _, first, last, low, high = blocks[0]
    begin = max(low, high - (last - first))  # of other words at an edge only as many as the quote has there
    _, first, last, low, high = blocks[-1]
    after = min(high, low + last - first)
    if begin >= after:
        return None
    start, end = words[begin][0], words[after - 1][1]
    return (start, end) if ratio(quote, text[start:end]) >= _NEAR else None


def _differences(before: str, after: str) -> str:
    """Say which words were replaced by which: *“308” is now “380”*."""
    old, new = _words(before), _words(after)
    said = []
    for kind, a, b, c, d in _aligned(before, old, after, new):
        if kind != "equal":
            was = before[old[a][0] : old[b - 1][1]] if b > a else ""
            now = after[new[c][0] : new[d - 1][1]] if d > c else ""
            said.append(f"{shown(was)} is now {shown(now)}" if was and now else _added_or_dropped(was, now))
    return ", ".join(said) or "only spaces between words differ"


def _aligned(before: str, old: _Spans, after: str, new: _Spans) -> Sequence[tuple[str, int, int, int, int]]:
    """Return what makes the words of one text those of another, as :meth:`difflib.SequenceMatcher.get_opcodes`."""
    matcher = SequenceMatcher(None, [before[a:b] for a, b in old], [after[a:b] for a, b in new], autojunk=False)
    return matcher.get_opcodes()


def _words(text: str, start: int = 0, end: int | None = None) -> _Spans:
    """Return the spans of words and signs in ``text[start:end]``; of Chinese and Japanese, of each character."""
    spans: _Spans = []
    running = False
    for at, letter in enumerate(text[start:end], start):
        lettered = letter == "_" or unicodedata.category(letter)[0] in "LNM"
        alone = not lettered or _UNSPACED[0] <= letter <= _UNSPACED[1]
        if running and not alone:
            spans[-1] = spans[-1][0], at + 1
        elif not letter.isspace():
            spans.append((at, at + 1))
        running = not alone
    return spans


def _added_or_dropped(was: str, now: str) -> str:
    return f"{shown(was)} is gone" if was else f"{shown(now)} was put in"


def shown(text: str | None) -> str:
    """Return text in quotation marks on one line, cut to :data:`_SHOWN` characters; *not known* where there is none."""
    if not text:
        return "not known"
    line = one_line(text)
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[:_SHOWN].rstrip()} …”"


def one_line(text: str) -> str:
    """Return text on one line without characters that would steer a terminal or turn the line's direction."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
