"""Markdown: the text stays as written, so that every span is what the author sees; front matter is read and cut."""

import re
from typing import BinaryIO

from rag.ingest.encoding import decode
from rag.ingest.readers.draft import Draft, read_bytes_of_article
from rag.ingest.readers.fields import draft_of
from rag.ingest.text import normalise
from rag.settings import Settings

_KEY_VALUE = re.compile(r"([A-Za-z_][\w -]*):(?:\s+(.*))?")
_HEADING = re.compile(r"# +(.+?)(?: +#+)? *")
_FENCE = ("```", "~~~")


def read_markdown(file: BinaryIO, settings: Settings) -> Draft:
    """Return the text without its front matter, whose simple ``key: value`` lines give title, date, source and URL.

    Without a title there, the first ``# `` heading is the title; it stays in the text as well.

    :raises ReadError: it is too large or not text.
    """
    text = normalise(decode(read_bytes_of_article(file, settings)))
    fields, body = _front_matter(text)
    return draft_of({"title": _first_heading(body), **fields, "text": body})


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the front matter's fields and the text after it; no fields if the opening ``---`` is only a rule."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return {}, text
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return fields, "\n".join(lines[number + 1 :])
        if match := _KEY_VALUE.fullmatch(line.rstrip()):
            fields[match[1].strip().casefold()] = _unquoted((match[2] or "").strip())
        elif line.strip() and not line.startswith((" ", "\t", "#", "- ")):
            break  # neither a key nor part of a list or a nested value: this is the article itself
    return {}, text


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _first_heading(text: str) -> str | None:
    fenced = False
    for line in text.split("\n"):
        if line.lstrip().startswith(_FENCE):
            fenced = not fenced
        elif not fenced and (match := _HEADING.fullmatch(line)):
            return match[1]
    return None
