"""Plain text: the whole file is the article."""

import re
from typing import BinaryIO

from rag.ingest.encoding import decode
from rag.ingest.readers.draft import Draft, read_bytes_of_article
from rag.ingest.text import normalise
from rag.settings import Settings

TITLE_CHARS = 120  # headlines are shorter, opening paragraphs longer
_ENDS_SENTENCE = re.compile("[.!?…:;,。！？।؟][\"'”“»«’)\\]]*$")


def read_text(file: BinaryIO, settings: Settings) -> Draft:
    """Return the text, with its first line as title if that looks like a headline. The text stays complete.

    :raises ReadError: it is too large or not text.
    """
    text = normalise(decode(read_bytes_of_article(file, settings)))
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    is_title = len(first) <= TITLE_CHARS and rest.strip() != "" and not _ENDS_SENTENCE.search(first)
    return Draft(text, title=first if is_title else None)
