"""Exports as files: which endings there are, writing one whole or not at all, and reading one back."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from rag.errors import ExportError
from rag.exporting.markdown import markdown
from rag.exporting.record import FORMAT, VERSION, Record
from rag.exporting.webpage import webpage


def _json(record: Record) -> str:
    return json.dumps(record.as_dict(), ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Record], str]] = {".json": _json, ".md": markdown, ".html": webpage}
"""A file's ending and what is written into it; only JSON can be read back."""


def render(record: Record, ending: str) -> str:
    """Return a record in the format of this ending, one of :data:`FORMATS`."""
    return FORMATS[ending](record)


def check_target(path: Path) -> None:
    """Raise if nothing could be exported to this path, so that no question is asked in vain.

    :raises ExportError: its ending names no format, or its folder cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise ExportError(f"{str(path)!r} names no format to export to. Let it end in {', '.join(FORMATS)}.")
    if path.is_dir():
        raise ExportError(f"{path} is a folder. Name a file in it, such as {path / ('answer' + path.suffix)}.")
    if not path.parent.is_dir():
        raise ExportError(f"There is no folder {path.parent} to export to. Create it, or name another.")
    if not os.access(path.parent, os.W_OK):
        raise ExportError(f"The folder {path.parent} cannot be written. Name another.")


def write_export(record: Record, path: Path) -> None:
    """Write a record to a file in the format of its ending; a reader finds the old file or the new one, never half.

    :raises ExportError: see :func:`check_target`, or the disk refuses.
    """
    check_target(path)
    made = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with made.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(render(record, path.suffix.lower()))
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error


def read_record(path: Path) -> Record:
    """Read a JSON export.

    :raises ExportError: there is no such file, it is no export, or a newer version of newsrag wrote it.
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - only verifying needs it

    try:
        written = path.read_bytes()
        tree = json.loads(written)
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise ExportError(
            f"{path} is not JSON. `rag verify` checks what `rag ask … --export FILE.json` wrote."
        ) from error
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise ExportError(f"{path} is no export of an answer: its format is not {FORMAT!r}.")
    version = tree.get("version")
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        remedy = "Upgrade newsrag to read it." if newer else "The file is damaged."
        raise ExportError(f"{path} is of version {version!r}; this newsrag reads version {VERSION}. {remedy}")
    try:
        record: Record = TypeAdapter(Record).validate_json(written, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ExportError(f"{path} is damaged at {where!r}: {first['msg']}.") from error
    for number, statement in enumerate(record.statements, start=1):
        for citation in statement.citations:
            if not 0 <= citation.start < citation.end:
                span = f"{citation.start}–{citation.end}"
                raise ExportError(f"{path} is damaged: statement {number} cites characters {span}, which cannot be.")
    return record
