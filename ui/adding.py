"""Dropped files on their way into the archive: stored, added in the background, and told about while that goes on."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING

from rag.receipts import Entry, Progress
from ui import uploads
from ui.archive_panel import progress_html, receipt_html

if TYPE_CHECKING:
    from rag.archive import Archive


def add_files(archive: "Archive", uploaded: Sequence[str]) -> Iterator[str]:
    """Add uploaded files; yields the HTML of the progress, again and again, and of the receipt at last.

    Files that became no article are deleted again.

    :raises NewsragError: nothing could be added, for instance because another process is writing to the archive.
    """
    yield progress_html(0, 0, ())
    kept = uploads.keep(uploaded, archive.directory)
    told: SimpleQueue[Progress | None] = SimpleQueue()
    try:
        with ThreadPoolExecutor(max_workers=1) as background:
            receipt = background.submit(archive.add, kept, progress=told.put)
            receipt.add_done_callback(lambda _: told.put(None))
            entries: list[Entry] = []
            while (step := told.get()) is not None:
                entries.append(step.entry)
                if told.empty():  # what comes in a burst is told as one
                    yield progress_html(step.done, step.total, entries)
        yield receipt_html(receipt.result())
    finally:
        origins = {info.origin for info in archive.list()}
        for path in kept:
            if str(path.resolve()) not in origins:
                uploads.forget(path, archive.directory)
