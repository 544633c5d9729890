"""Named fields, as a line of .jsonl, a row of .csv or front matter has them, become a draft."""

from collections.abc import Mapping

from rag.errors import ReadError
from rag.ingest.readers.draft import Draft

TEXT = ("text", "body", "content")
_TITLE = ("title", "headline")
_LANGUAGE = ("language", "lang")
_PUBLISHED = ("published", "date", "published_at", "publishedat", "datepublished")
_SOURCE = ("source", "outlet", "publisher", "author")


def draft_of(fields: Mapping[str, object]) -> Draft:
    """Return the draft; of several names for the same thing the first that has a value counts.

    :param fields: values by lower-case name.
    :raises ReadError: there is no text, or text or id are of a type that cannot be one.
    """
    url = _string(fields, ("url", "link"))
    return Draft(
        text=_text(fields),
        title=_string(fields, _TITLE),
        language=_string(fields, _LANGUAGE),
        published=_string(fields, _PUBLISHED),
        source=_string(fields, _SOURCE),
        url=url.strip() if url else None,
        own_id=_own_id(fields),
    )


def _text(fields: Mapping[str, object]) -> str:
    for name in TEXT:
        value = fields.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            raise ReadError(f"{name!r} is of type {type(value).__name__}, not a string")
        if value.strip():
            return value
    raise ReadError("no text: none of the fields 'text', 'body' and 'content' has any")


def _string(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, Mapping):  # "source": {"name": "…"} is how news APIs write it
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return None


def _own_id(fields: Mapping[str, object]) -> str | None:
    value = fields.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReadError(f"'id' is of type {type(value).__name__}; it must be a string or a number")
    return str(value).strip() or None
