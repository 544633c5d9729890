"""The left column as HTML: how much is in the archive, the list of its articles, and the receipt of what was added."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import PurePath

from rag.articles import ArticleInfo
from rag.receipts import Entry, Outcome, Receipt
from rag.wording import language_name
from ui.labels import details, name_of, opener

LONGEST_LIST = 200
"""Articles that the list shows; the filter finds the others."""

FILTER_FROM = 10
"""Articles from which on the filter is offered."""

LONGEST_RECEIPT = 200
"""Lines that a receipt shows; what failed comes first, so that it is never among those left out."""

ICONS = {
    Outcome.ADDED: "+",
    Outcome.REPLACED: "↻",
    Outcome.UNCHANGED: "=",
    Outcome.SKIPPED: "–",
    Outcome.FAILED: "!",
}


def count_html(articles: Sequence[ArticleInfo]) -> str:
    """Return the column's heading with the number of articles."""
    number = f"{len(articles):,} article{'' if len(articles) == 1 else 's'}"
    return f'<h2 class="column-title">Archive <span class="count">{number}</span></h2>'


def list_html(articles: Iterable[ArticleInfo], wanted: str = "", opened: str | None = None) -> str:
    """Return the articles, newest addition first, one button each.

    :param articles: in the order they were added.
    :param wanted: words that must all occur in an article's title, name, outlet, date or language.
    :param opened: id of the article that is open.
    """
    words = wanted.casefold().split()
    found = [article for article in articles if all(word in _searched(article) for word in words)]
    found.reverse()
    if not found:
        return f'<p class="hint">{"No article matches the filter." if words else "No articles yet."}</p>'
    items = "".join(_item(article, opened) for article in found[:LONGEST_LIST])
    left = len(found) - LONGEST_LIST
    more = f'<p class="hint">… and {left:,} more; use the filter to find them.</p>' if left > 0 else ""
    return f'<ul class="articles" aria-label="Articles">{items}</ul>{more}'


def progress_html(done: int, total: int, entries: Sequence[Entry]) -> str:
    """Return a progress bar and the last line of the receipt so far; ``total`` 0 means not known yet."""
    value = f' value="{done}" max="{total}"' if total else ""
    said = f"Adding {done:,} of {total:,} …" if total else "Reading the files …"
    last = f'<ul class="entries">{_entry(entries[-1])}</ul>' if entries else ""
    return (
        f'<div class="receipt"><p role="status">{said}</p>'
        f'<progress{value} aria-label="Adding articles"></progress>{last}</div>'
    )


def receipt_html(receipt: Receipt) -> str:
    """Return how many files had which outcome, and one line per file with its outcome and reason."""
    counts = ", ".join(f"{number:,} {outcome}" for outcome, number in receipt.counts.items() if number)
    trouble = {Outcome.FAILED: 0, Outcome.SKIPPED: 1}
    entries = sorted(receipt.entries, key=lambda entry: trouble.get(entry.outcome, 2))
    lines = "".join(_entry(entry) for entry in entries[:LONGEST_RECEIPT])
    left = len(entries) - LONGEST_RECEIPT
    more = f'<p class="hint">… and {left:,} more.</p>' if left > 0 else ""
    return (
        '<div class="receipt" role="status" aria-label="Receipt">'
        f'<p class="counts">{counts or "No files found."}</p><ul class="entries">{lines}</ul>{more}</div>'
    )


def _searched(article: ArticleInfo) -> str:
    language = language_name(article.language)
    parts = (name_of(article), article.id, article.source, article.published, article.language, language)
    return " ".join(part for part in parts if part).casefold()


def _item(article: ArticleInfo, opened: str | None) -> str:
    current = ' aria-current="true"' if article.id == opened else ""
    return (
        f'<li><button class="article" {opener(article.id)}{current}>'
        f'<span class="title" dir="auto">{escape(name_of(article))}</span>'
        f'<span class="details">{details(article)}</span></button></li>'
    )


def _entry(entry: Entry) -> str:
    reason = f'<span class="reason" dir="auto">{escape(entry.reason)}</span>' if entry.reason else ""
    return (
        f'<li class="entry {escape(entry.outcome)}"><span class="icon" aria-hidden="true">{ICONS[entry.outcome]}</span>'
        f'<span class="name" dir="auto">{escape(PurePath(entry.origin).name or entry.origin)}</span> '
        f'<span class="outcome">{escape(entry.outcome)}</span>{reason}</li>'
    )
