"""What a reader finds in a file, before it has an id and before its text is normalised."""

import os
from dataclasses import dataclass
from typing import BinaryIO

from rag.ingest.sizes import MEGABYTE, check_article, check_file
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its source gives it.

    :param own_id: the id that a record of a .jsonl or .csv file carries itself.
    """

    text: str
    title: str | None = None
    language: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    own_id: str | None = None


def read_bytes_of_article(file: BinaryIO, settings: Settings) -> bytes:
    """Return the content of a file that is one article's text, without reading one that is too large.

    :raises ReadError: it is larger than a file or an article may be.
    """
    size = os.fstat(file.fileno()).st_size
    check_file(size, settings)
    check_article(size, settings)
    data = file.read(settings.max_article_mb * MEGABYTE + 1)  # it may be growing while we read
    check_article(len(data), settings)
    return data
