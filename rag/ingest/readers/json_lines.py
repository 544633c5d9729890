"""JSON lines: one article a line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from rag.errors import ReadError
from rag.ingest.readers.draft import Draft
from rag.ingest.readers.fields import draft_of
from rag.ingest.readers.lines import Line, Lines
from rag.settings import Settings


def read_jsonl(file: BinaryIO, settings: Settings) -> Iterator[tuple[int, Draft | ReadError]]:
    """Yield the line number and the article, or why there is none, of each line that is not blank.

    Keys, in any case: ``text`` (or ``body``, ``content``), and if known ``id``, ``title``, ``language``, ``published``
    (or ``date``), ``source`` (or ``outlet``, ``publisher``), ``url``.

    :raises ReadError: the file is not text.
    """
    for line in Lines(file, settings):
        if line.text.strip():
            yield line.number, _draft(line, settings)


def _draft(line: Line, settings: Settings) -> Draft | ReadError:
    if line.too_long:
        return ReadError(f"the line is longer than {settings.max_article_mb} MB; raise RAG_MAX_ARTICLE_MB")
    try:
        fields = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        return ReadError(f"not valid JSON: {error}")
    if not isinstance(fields, dict):
        return ReadError(f"not a JSON object but of type {type(fields).__name__}")
    try:
        return draft_of({name.strip().casefold(): value for name, value in fields.items()})
    except ReadError as error:
        return error
