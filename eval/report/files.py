"""Reports as files: reading one, and writing all three so that the last one is kept to compare with."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rag.errors import NewsragError

if TYPE_CHECKING:
    from eval.report.schema import Tree

REPORT, BEFORE = "report.json", "report-before.json"


class ReportError(NewsragError):
    """A report cannot be read, written or compared."""


def read_tree(path: Path) -> "Tree":
    """Read a JSON report.

    :raises ReportError: it cannot be read, or is none.
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - `rag ask` does without

    from eval.report.schema import Tree  # noqa: PLC0415

    try:
        tree = json.loads(path.read_bytes())
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{path} is not JSON; `rag eval run --report DIR` writes report.json.") from error
    if not isinstance(tree, dict) or "systems" not in tree:
        raise ReportError(f"{path} is no report; `rag eval run --report DIR` writes report.json.")
    try:
        TypeAdapter(Tree).validate_python(tree)
    except ValidationError as error:
        first = error.errors()[0]
        raise ReportError(f"{path} is damaged at {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    return cast("Tree", tree)


def last_report(folder: Path) -> "Tree | None":
    """Return the report that a folder holds, None where it holds none.

    :raises ReportError: it cannot be read.
    """
    path = folder / REPORT
    return read_tree(path) if path.exists() else None


def check_folder(folder: Path) -> None:
    """Make a report's folder, and raise if no report could be written there, before anything is asked in vain.

    :raises ReportError: it cannot be made or written, or the last report in it cannot be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error
    if not os.access(folder, os.W_OK):
        raise ReportError(f"The folder {folder} cannot be written. Name another.")
    last_report(folder)


def write_report(tree: "Tree", folder: Path, created: datetime) -> tuple[Path, ...]:
    """Write report.html, report.md and report.json, and keep the last report.json as report-before.json.

    :param created: when it was made.
    :return: the files, the page first.
    :raises ReportError: the last report cannot be read, or the disk refuses.
    """
    from eval.report.comparing import in_common  # noqa: PLC0415 - numpy
    from eval.report.markdown import markdown  # noqa: PLC0415
    from eval.report.page import page  # noqa: PLC0415 - Jinja

    check_folder(folder)
    before = last_report(folder)
    since = in_common(before, tree) if before is not None else None
    day = f"{created.day} {created:%B %Y, %H:%M %Z}".rstrip()
    written = {
        "report.html": page(tree, since, day),
        "report.md": markdown(tree, since, day),
        REPORT: json.dumps({"created": created.isoformat(timespec="seconds"), **tree}, ensure_ascii=False, indent=1)
        + "\n",
    }
    try:
        if before is not None:
            (folder / REPORT).replace(folder / BEFORE)
        for name, text in written.items():
            made = folder / f".{name}.new"
            made.write_text(text, encoding="utf-8", errors="replace", newline="\n")
            made.replace(folder / name)
    except OSError as error:
        raise ReportError(f"The report cannot be written to {folder}: {error.strerror or error}.") from error
    return tuple(folder / name for name in written)
