"""One writer per archive, across processes: an operating-system lock, and a note that says who holds it.

Two processes that write one Chroma folder lose vectors silently; the lock makes the second one fail at once instead.
The operating system frees the lock when its process dies, however it dies.
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import ArchiveError, ArchiveLockedError


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Hold the archive's writer lock.

    :raises ArchiveLockedError: another process holds it; raised at once, naming that process.
    :raises ArchiveError: the folder cannot be written.
    """
    lock = FileLock(directory / "writer.lock")
    note = directory / "writer.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:  # which is an OSError too
        raise ArchiveLockedError(
            f"The archive {directory} is being written by {_holder(note)}. "
            "Wait until it has finished, or use another archive (--archive DIR)."
        ) from None
    except OSError as error:
        raise ArchiveError(f"The archive {directory} cannot be written: {error.strerror}. Make it writable.") from error
    try:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat("T", "seconds"),
        }
        note.write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        lock.release()


def _holder(note: Path) -> str:
    """Describe who wrote the note; the holder may not have written it yet, or half of it."""
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (OSError, ValueError, KeyError):
        return "another process"
