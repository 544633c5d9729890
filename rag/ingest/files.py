"""Which files there are to read: folders are walked in sorted order, everything passed over gets its reason."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.ingest.readers import SUFFIXES
from rag.ingest.record import Record, shown


def find_files(paths: Iterable[Path]) -> Iterator[Path | Record]:
    """Yield each file to read once, and a Record for each thing that is not read, in sorted order within a folder.

    Folders are walked to any depth, links are followed. Files and folders whose names begin with ``.`` or ``~$`` are
    passed over where a folder is walked, and read where they are named themselves.
    """
    walk = _Walk()
    for path in paths:
        yield from walk.visit(Path(path))


class _Walk:
    """What has been seen so far, so that no file is read twice and no loop of links is followed."""

    def __init__(self) -> None:
        self._files: dict[Path, Path] = {}
        self._folders: dict[Path, Path] = {}

    def visit(self, named: Path) -> Iterator[Path | Record]:
        """Yield what one path that the user named leads to."""
        waiting = [named]  # a stack, not recursion: folders may be nested deeper than Python's limit
        while waiting:
            path = waiting.pop()
            if path is not named and path.name.startswith((".", "~$")):
                yield Record.passed_over(shown(path), "hidden or temporary: its name begins with '.' or '~$'")
                continue
            try:
                mode = path.stat().st_mode
                resolved = path.resolve(strict=True)
                if stat.S_ISDIR(mode):
                    if seen := self._seen_folder(path, resolved):
                        yield seen
                    else:
                        inside = sorted(path.iterdir(), reverse=True)
                        waiting.extend(inside)
                        if not inside and path is named:
                            yield Record.passed_over(shown(path), "the folder is empty")
                    continue
            except (OSError, ValueError, RuntimeError) as error:
                yield _unreachable(path, error)
                continue
            yield self._file(path, resolved, mode)

    def _seen_folder(self, path: Path, resolved: Path) -> Record | None:
        if resolved not in self._folders:
            self._folders[resolved] = path
            return None
        if path.is_symlink() and path.parent.resolve().is_relative_to(resolved):
            return Record.passed_over(shown(path), f"a symlink loop: it leads back to {shown(self._folders[resolved])}")
        return Record.passed_over(shown(path), f"the same folder as {shown(self._folders[resolved])}")

    def _file(self, path: Path, resolved: Path, mode: int) -> Path | Record:
        if reason := refusal(path, mode):
            return Record.passed_over(shown(path), reason)
        if resolved in self._files:
            return Record.passed_over(shown(path), f"the same file as {shown(self._files[resolved])}")
        self._files[resolved] = path
        return path


def refusal(path: Path, mode: int) -> str | None:
    """Return why this is nothing to read: its type (``st_mode``) or its suffix; None if it can be tried."""
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}
        return f"not a regular file but {kinds.get(stat.S_IFMT(mode), 'a device')}"
    if path.suffix.lower() not in SUFFIXES:
        kind = f"type {path.suffix!r}" if path.suffix else "a name without a suffix"
        return f"{kind} is not supported; supported are {' '.join(SUFFIXES)}"
    return None


def explain(error: OSError | ValueError | RuntimeError) -> str:
    """Return in one line why the operating system refuses a path."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file; it may have been moved or removed"
    if isinstance(error, PermissionError):
        return "permission denied; make it readable for this user"
    if isinstance(error, OSError):
        return f"cannot be read: {os.strerror(error.errno) if error.errno else error}"
    return f"cannot be read: {error}"


def _unreachable(path: Path, error: OSError | ValueError | RuntimeError) -> Record:
    try:
        link = path.is_symlink()
    except (OSError, ValueError):
        link = False
    if link and (isinstance(error, RuntimeError) or "symbolic link" in str(error)):
        return Record.passed_over(shown(path), "a symlink loop: it leads back to itself")
    if link and isinstance(error, FileNotFoundError):
        return Record.failed(shown(path), "a link to something that does not exist")
    return Record.failed(shown(path), explain(error))
