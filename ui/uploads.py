"""Where dropped files live: ``uploads/`` in the archive's folder, under their own names.

Gradio stores every upload in a new folder of its own, but an article's id comes from its file's path: only in a stable
place does the next version of a file replace the article that the last one became.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from rag.errors import ArchiveError


def keep(uploaded: Iterable[str | Path], archive_folder: Path) -> list[Path]:
    """Move uploaded files to where they stay and return their new paths.

    A file takes the place of an earlier upload of its name. Two files of one name in the same drop both stay: the
    second becomes ``name (2).txt``.

    :raises ArchiveError: the folder cannot be written.
    """
    folder = archive_folder / "uploads"
    kept: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in dict.fromkeys(Path(path) for path in uploaded):
            target = _free(folder / source.name, kept)
            shutil.move(source, target)
            kept.append(target)
    except OSError as error:
        raise ArchiveError(
            f"The dropped files cannot be stored in {folder}: {error.strerror or error}. "
            "Check that the folder can be written and has room, then drop them again."
        ) from error
    return kept


def forget(origin: str | Path | None, archive_folder: Path) -> None:
    """Delete an uploaded file that no article comes from (any more); files elsewhere are the user's own and stay."""
    path = Path(origin).resolve() if origin else None
    if path is not None and path.parent == (archive_folder / "uploads").resolve():
        path.unlink(missing_ok=True)


def _free(target: Path, taken: list[Path]) -> Path:
    """Return the target, or the first numbered variant of it that no file of the same drop has."""
    number = 2
    candidate = target
    while candidate in taken:
        candidate = target.with_name(f"{target.stem} ({number}){target.suffix}")
        number += 1
    return candidate
