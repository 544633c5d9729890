"""Taking an answer along: its text for the clipboard, and its export as a file that the browser saves."""

import re
from html import escape

from rag.exporting import Record, plain_text, render

FORMATS = {".json": "JSON", ".md": "Markdown", ".html": "HTML"}
"""What the buttons say of each ending of :data:`rag.exporting.FORMATS`."""

LONGEST_NAME = 40
"""Characters of the question in a file's name."""


def buttons_html(record: Record, turn: int) -> str:
    """Return the buttons under a complete answer.

    :param turn: which question of the conversation it answers, from 0.
    """
    downloads = "".join(
        f'<button type="button" class="tool" data-turn="{turn}" data-download="{ending}" '
        f'aria-label="Download as {name}">{name}</button>'
        for ending, name in FORMATS.items()
    )
    return (
        '<div class="tools" role="group" aria-label="Take this answer along">'
        f'<button type="button" class="tool" aria-live="polite" data-copy="{escape(plain_text(record))}">'
        "Copy with sources</button>"
        f'<span class="tools-label" aria-hidden="true">Download</span>{downloads}</div>'
    )


def file_html(record: Record, ending: str, made: int) -> str:
    """Return a file for the page's script to save; nothing of it is shown.

    :param made: any number that differs from the last one's, so that the same file can be saved again.
    """
    text = escape(render(record, ending))
    return f'<span hidden data-made="{made}" data-name="{file_name(record)}{ending}" data-text="{text}"></span>'


def file_name(record: Record) -> str:
    """Return a file's name without its ending: the question's first words, letters and digits only."""
    return re.sub(r"[\W_]+", "-", record.question)[:LONGEST_NAME].strip("-").lower() or "answer"
