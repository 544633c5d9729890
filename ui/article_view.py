"""The open article as HTML: who published it, its text as it is, and the quoted characters marked."""

import re
from html import escape
from urllib.parse import urlsplit

from rag.articles import Article
from ui.labels import details

MARK_ID = "quoted"
"""The id of the mark (of its first part, where it runs over several paragraphs), which the page scrolls to."""

LONGEST_SHOWN = 400_000
"""Characters of one article that are shown at once, around the mark; a browser lays out a few megabytes only slowly."""

NOTHING_OPEN = """<div class="nothing"><p class="lead">No article open</p>
<p>Click a source under an answer, or an article of the archive. The quoted words are marked in the text.</p></div>"""


def article_html(
    article: Article, start: int | None = None, end: int | None = None, *, name: str | None = None, opening: int = 0
) -> str:
    """Return the article with the characters from ``start`` to ``end`` in a ``<mark>``.

    :param name: what to call an article that has no title; else its id.
    :param opening: any number that differs from the last opening's, so that the page scrolls to the same mark again.
    """
    text = article.text
    span = (max(0, start), min(len(text), end)) if start is not None and end is not None else (0, 0)
    first, last = _window(len(text), span)
    language = f' lang="{escape(article.language)}"' if article.language else ""
    name = article.title or name or article.id
    return (
        f'<article class="open-article" data-opening="{opening}" aria-label="{escape(name)}">'
        f'<header><h2 dir="auto"{language}>{escape(name)}</h2>'
        f'<p class="details">{details(article)}</p>{_address(article.url)}</header>'
        f"{_omitted(first, 'before')}"
        f'<div class="text"{language}>{_paragraphs(text, first, last, span)}</div>'
        f"{_omitted(len(text) - last, 'after')}</article>"
    )


def error_html(message: str) -> str:
    """Return one line that says what went wrong."""
    return f'<p class="error" role="alert">{escape(message)}</p>'


def _window(length: int, span: tuple[int, int]) -> tuple[int, int]:
    """Return which characters to show: all of them, or :data:`LONGEST_SHOWN` with the span in their middle."""
    if length <= LONGEST_SHOWN:
        return 0, length
    first = max(0, min((span[0] + span[1] - LONGEST_SHOWN) // 2, length - LONGEST_SHOWN))
    return min(first, span[0]), max(first + LONGEST_SHOWN, span[1])


def _paragraphs(text: str, first: int, last: int, span: tuple[int, int]) -> str:
    """Return ``text[first:last]`` as one ``<p>`` a line; with the line ends inside, so the text content is the text."""
    paragraphs = []
    marked = False
    for line in re.finditer(r"[^\n]*\n|[^\n]+", text[first:last]):
        start, end = first + line.start(), first + line.end()
        inner = (min(max(span[0], start), end), max(min(span[1], end), start))
        if inner[0] < inner[1]:
            mark_id = "" if marked else f' id="{MARK_ID}" tabindex="-1"'
            marked = True
            content = (
                f"{escape(text[start : inner[0]])}<mark{mark_id}>{escape(text[inner[0] : inner[1]])}</mark>"
                f"{escape(text[inner[1] : end])}"
            )
        else:
            content = escape(text[start:end])
        gap = "" if line.group().strip() else ' class="gap"'
        paragraphs.append(f'<p dir="auto"{gap}>{content}</p>')
    return "".join(paragraphs)


def _address(url: str | None) -> str:
    """Return the article's address: a link where it is a web address, else plain text."""
    if not url:
        return ""
    shown = escape(url)
    try:
        web = urlsplit(url).scheme.lower() in {"http", "https"}
    except ValueError:  # such as "http://[" – an address that no browser would open either
        web = False
    if web:
        shown = f'<a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    return f'<p class="address" dir="ltr">{shown}</p>'


def _omitted(characters: int, where: str) -> str:
    """Return a line that says how much of a very long article is not shown, if any."""
    return f'<p class="omitted">{characters:,} characters {where} this are not shown.</p>' if characters else ""
