"""Archives that are made for a measurement and thrown away, and what else stands in them."""

import lzma
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.json_lines import GoldError
from rag.archive import Archive
from rag.articles import Article
from rag.progress import Advance
from rag.receipts import Outcome


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How much stands in an archive that is asked.

    :param languages: articles by language, as the archive has detected or been told it.
    """

    articles: int
    passages: int
    languages: dict[str, int]

    def __str__(self) -> str:
        languages = ", ".join(f"{language} {count:,}" for language, count in self.languages.items())
        return f"{self.articles:,} articles ({languages}), {self.passages:,} passages"


def size_of(archive: Archive) -> PoolSize:
    """Return how much an archive holds."""
    status = archive.status()
    return PoolSize(status.articles, status.passages, status.languages)


@contextmanager
def temporary() -> Iterator[Archive]:
    """Offer a new, empty archive with the user's settings; it is deleted afterwards."""
    with (
        TemporaryDirectory(prefix="newsrag-eval-", ignore_cleanup_errors=True) as directory,
        Archive.open(directory) as archive,
    ):
        yield archive


@contextmanager
def filled(
    articles: Sequence[Article], among: Sequence[Path], bar: Callable[[str], Advance], title: str = ""
) -> Iterator[Archive]:
    """Offer a temporary archive of these articles and of what the files hold.

    :param bar: starts a progress bar of a title.
    :param title: what the bars' titles begin with.
    :raises GoldError: an article, or all of a file, could not be added.
    """
    with temporary() as archive:
        add_articles(archive, articles, bar(f"{title}adding"))
        if among:
            add_files(archive, among, bar(f"{title}adding others"))
        yield archive


def add_articles(archive: Archive, articles: Sequence[Article], progress: Advance | None = None) -> int:
    """Add articles and return how many passages they became.

    :param progress: told the number of articles added and of all.
    :raises GoldError: one could not be added.
    """
    receipt = archive.add(articles, lambda step: progress(step.done, step.total) if progress else None)
    for entry in receipt.entries:
        if entry.outcome is Outcome.FAILED:
            raise GoldError(f"The {entry.origin} could not be added: {entry.reason}.")
    return sum(entry.passages for entry in receipt.entries)


def add_files(archive: Archive, files: Sequence[Path], progress: Advance | None = None) -> None:
    """Add files that ``rag add`` reads, also packed by xz; records in them that cannot be added are left out.

    :param progress: told the number of files added and of all.
    :raises GoldError: nothing of a file could be added.
    """
    for number, file in enumerate(files, start=1):
        with _unpacked(file) as plain:
            receipt = archive.add(plain)
        if receipt.nothing_added:
            reasons = [entry.reason for entry in receipt.entries if entry.reason]
            raise GoldError(f"Nothing of {file} could be added: {reasons[0] if reasons else 'it holds no article'}.")
        if progress is not None:
            progress(number, len(files))


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    """Offer the file itself, or, of one that ends in .xz, an unpacked copy that is deleted afterwards."""
    if file.suffix.lower() != ".xz":
        yield file
        return
    with TemporaryDirectory(prefix="newsrag-eval-", ignore_cleanup_errors=True) as directory:
        plain = Path(directory) / file.stem
        try:
            with lzma.open(file) as packed, plain.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
        except (OSError, lzma.LZMAError, EOFError) as error:
            raise GoldError(f"Cannot unpack {file}: {error}.") from error
        yield plain
