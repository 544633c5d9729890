"""Speed of encoding, adding and searching, in this process and on this machine."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.benchmarks.encoding import passages_a_second
from eval.benchmarks.invented import InventedText, questions
from eval.benchmarks.recombined import RecombinedText, gold_questions
from eval.json_lines import GoldError
from eval.pool import add_articles
from rag.archive import Archive
from rag.progress import Advance

PASSAGE_WORDS = 120
_ENCODED = 2048
_ROUNDS = 5
_ARTICLES_A_CALL = 256  # some batches of passages, so that opening the writer is not what is measured
_PASSAGES_AN_ARTICLE = 7
"""About what both texts give; it decides only when the last, smaller calls begin."""
_WARM_UP = 20
"""Questions asked before the clock runs."""


@dataclass(frozen=True, slots=True)
class SpeedResult:
    """What was measured.

    :param text: which text it was.
    :param indexed_with: what the archive was made with, encoder included.
    :param processors: how many this process may use.
    :param encoding: passages of ``passage_words`` words that ``encode_passages`` encodes in a second.
    :param adding: passages that ``Archive.add`` makes findable in a second; None where the archive was there already.
    :param passages: passages in the archive that was searched.
    :param first_search_ms: milliseconds to open the archive and search once.
    :param median_ms: milliseconds of a whole ``Archive.search`` for ten passages.
    :param p95_ms: … 95th percentile.
    """

    text: str
    indexed_with: dict[str, str | int]
    processors: int
    passage_words: int
    encoding: float
    adding: float | None
    passages: int
    questions: int
    first_search_ms: float
    median_ms: float
    p95_ms: float


def measure(
    passages: int,
    *,
    files: Sequence[Path] = (),
    directory: Path | None = None,
    asked: int = 300,
    bar: Callable[[str], Advance],
) -> SpeedResult:
    """Measure.

    :param passages: how many the archive is to have, at least.
    :param files: articles whose sentences make up the text; without any it is invented.
    :param directory: keeps the archive here, and takes the one that is here if it is large enough.
    :param asked: how many questions are timed.
    :param bar: starts a progress bar of a title.
    :raises GoldError: the archive in ``directory`` is too small, or the files cannot be used.
    """
    encoding = passages_a_second(InventedText().passages(_ENCODED, PASSAGE_WORDS), _ROUNDS, bar("Encoding"))
    text = "sentences of real articles, recombined" if files else "invented"
    with _folder(directory) as folder:
        with Archive.open(folder) as archive:
            there = archive.status().passages
            if 0 < there < passages:
                raise GoldError(
                    f"The archive in {folder} has {there:,} passages, not {passages:,}. Name another folder, or none."
                )
            adding = None
            if there:
                text = "of the archive that was there"
            else:
                made = RecombinedText(files, bar("Reading")) if files else InventedText()
                adding = _fill(archive, made, passages, bar("Adding"))
            status = archive.status()
            wanted = asked + _WARM_UP
            listed = gold_questions(wanted) if files else questions(_some_texts(archive, wanted), wanted)
        first, times = _search(folder, listed, bar("Searching"))
    return SpeedResult(
        text=text,
        indexed_with=status.indexed_with,
        processors=_processors(),
        passage_words=PASSAGE_WORDS,
        encoding=encoding,
        adding=adding,
        passages=status.passages,
        questions=len(times),
        first_search_ms=first,
        median_ms=float(np.median(times)),
        p95_ms=float(np.percentile(times, 95)),
    )


def _fill(archive: Archive, text: InventedText | RecombinedText, passages: int, advance: Advance) -> float:
    """Add articles until the archive has so many passages; return passages a second, making the text excluded."""
    added, number, seconds = 0, 0, 0.0
    while added < passages:
        count = min(_ARTICLES_A_CALL, -(-(passages - added) // _PASSAGES_AN_ARTICLE))
        articles = [text.article(at) for at in range(number, number + count)]
        number += count
        started = time.perf_counter()
        added += add_articles(archive, articles)
        seconds += time.perf_counter() - started
        advance(min(added, passages), passages)
    return added / seconds


def _search(folder: Path, asked: Sequence[str], advance: Advance) -> tuple[float, list[float]]:
    """Return milliseconds of the first search with opening, and of each search after the warm-up."""
    times = []
    started = time.perf_counter()
    with Archive.open(folder) as archive:
        archive.search(asked[0])
        first = time.perf_counter() - started
        for number, question in enumerate(asked, start=1):
            started = time.perf_counter()
            archive.search(question)
            times.append(1000 * (time.perf_counter() - started))
            advance(number, len(asked))
    return 1000 * first, times[_WARM_UP:]


def _some_texts(archive: Archive, count: int) -> list[str]:
    """Return the texts of up to so many articles, evenly spread over the archive."""
    infos = archive.list()
    step = max(1, len(infos) // count)
    return [archive.article(info.id).text for info in infos[::step][:count]]


@contextmanager
def _folder(directory: Path | None) -> Iterator[Path]:
    """Offer the folder, or one that is deleted afterwards."""
    if directory is not None:
        yield directory
        return
    with TemporaryDirectory(prefix="newsrag-eval-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
