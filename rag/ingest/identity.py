"""How articles that come from files are named: the same file, or the same record of it, always gets the same id."""

import hashlib
import re
from pathlib import Path

SLUG_CHARS = 60  # enough to recognise a headline in a list
OWN_ID_CHARS = 200  # longer ids are not names any more; their hash keeps them apart
# 48 bits: with 100,000 records in a file two of them collide with a chance of 2 in 100,000 (32 bits: 2 in 3).
RECORD_HASH_CHARS = 12

_NOT_SLUG = re.compile(r"[^\w-]+")


def slug(text: str) -> str:
    """Return letters, digits, ``_`` and ``-`` of the text, ``-`` for all else; 1 to 60 characters."""
    return _NOT_SLUG.sub("-", text).strip("-")[:SLUG_CHARS].strip("-") or "article"


def file_id(path: Path) -> str:
    """Return the id of the article in this file: its name and a hash of its resolved absolute path."""
    resolved = path.resolve()
    return f"{slug(resolved.stem)}-{_hash(resolved.as_posix(), 8)}"


def record_id(own_id: str | None, url: str | None, text: str) -> str:
    """Return the second half of a record's id: its own id, else a hash of its URL, else of its normalised text."""
    if own_id is not None:
        printable = own_id.isprintable() and not any(map(str.isspace, own_id))
        return own_id if printable and len(own_id) <= OWN_ID_CHARS else f"{slug(own_id)}-{_hash(own_id, 8)}"
    return _hash(url if url is not None else text, RECORD_HASH_CHARS)


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
