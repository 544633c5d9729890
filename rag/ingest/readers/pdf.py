"""PDF: the text of its pages, with the lines of a paragraph joined again."""

import logging
import os
import re
from typing import TYPE_CHECKING, BinaryIO

from rag.errors import ReadError
from rag.ingest.dates import iso_date
from rag.ingest.readers.draft import Draft
from rag.ingest.sizes import check_article, check_file
from rag.ingest.text import has_words
from rag.settings import Settings

if TYPE_CHECKING:
    from pypdf import PdfReader

# A line is full, and the next one continues it, from this share of the page's longest lines.
FULL_LINE = 0.6
FULL_LINE_CHARS = 40  # shorter lines are headlines, tables and verse
_ENDS_SENTENCE = re.compile("[.!?…:;。！？।؟][\"'”“»«’)\\]]*$")
# What programs write there when nobody gave a title.
_NO_TITLE = re.compile(r"(?i)untitled.*|unknown|title|microsoft \w+ - .*|.*\.(docx?|pdf|indd|qxp|rtf|txt|tex|odt)")


def read_pdf(file: BinaryIO, settings: Settings) -> Draft:
    """Return the text of all pages, and title, author and date if the PDF names them.

    :raises ReadError: it is too large, encrypted, broken, or has no text.
    """
    check_file(os.fstat(file.fileno()).st_size, settings)
    from pypdf import PdfReader  # noqa: PLC0415 - a third of a second

    # Without a handler of its own, its remarks on sloppy PDFs would be printed among ours.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = PdfReader(file)
        _unlock(reader)
        text = _text(reader, settings)
        title, source, published = _facts(reader)
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(f"not a PDF that can be read: {error}") from error
    if not has_words(text):
        raise ReadError("no text (a scanned PDF? run OCR first)")
    return Draft(text, title=title, source=source, published=published)


def _unlock(reader: "PdfReader") -> None:
    """Open a PDF that is encrypted with the empty password, as one is that only forbids printing."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("the PDF is encrypted; remove its password first")


def _text(reader: "PdfReader", settings: Settings) -> str:
    pages = []
    size = 0
    for page in reader.pages:
        text = unwrap(page.extract_text())
        size += len(text)
        check_article(size, settings)
        pages.append(text)
    return "\n".join(pages)


def unwrap(page: str) -> str:
    """Return the page's text with the lines of each paragraph joined.

    A PDF stores lines, not sentences, and a line break ends a sentence here. A full line that does not end a sentence
    is joined to the next with a space; after a hyphen, before a lower-case letter, without. No character is removed.
    """
    lines = [line.strip() for line in page.splitlines()]
    if not lines:
        return ""
    # One line of ten may be longer: a single one that sticks out says nothing about the width of the column.
    longest = sorted(map(len, lines), reverse=True)[len(lines) // 10]
    full = max(FULL_LINE * longest, FULL_LINE_CHARS)
    parts = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        parts.append(line)
        if len(line) < full or not following or _ENDS_SENTENCE.search(line):
            parts.append("\n")
        elif not (line.endswith(("-", "\u00ad", "\u2010")) and following[0].islower()):
            parts.append(" ")
    return "".join(parts).rstrip("\n")


def _facts(reader: "PdfReader") -> tuple[str | None, str | None, str | None]:
    """Return title, author and date; what is broken in them is left out, it is no reason to lose the text."""
    facts = reader.metadata
    if facts is None:
        return None, None, None
    title = facts.title if isinstance(facts.title, str) else None
    source = facts.author if isinstance(facts.author, str) else None
    try:
        published = iso_date(facts.creation_date)
    except ValueError:
        published = None
    return None if title and _NO_TITLE.fullmatch(title.strip()) else title, source, published
