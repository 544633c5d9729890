"""Reading the training folders, and holding some pairs out for development scores."""

import hashlib
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

FOLDERS = ("parallel", "dictionary", "names", "qa")
RUNNING_TEXT = frozenset({"wmt-news", "wmt24-general"})  # origins whose neighbouring lines come from one article
DICTIONARY_WORDS = 4  # longer entries are definitions ("forms the illative singular case"), not translations
DEVELOPMENT_SHARE = 0.02  # of each language pair, at most DEVELOPMENT_PAIRS
DEVELOPMENT_PAIRS = 500
QA_DEVELOPMENT_SHARE = 0.05  # of the passages
_QUOTES = "\"'«»„“”‘’「」《》()"


class DataFolderError(Exception):
    """The training data is missing or not laid out as expected."""


@dataclass
class PairTable:
    """Pairs of texts that mean the same (or question and passage), with the group (file) each came from.

    `left[i]` and `right[i]` belong together; `group[i]` indexes `names`; `running[i]` says that the row's
    neighbours in the table are its neighbours in an article.
    """

    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    running: list[bool] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.left)

    def add(self, left: str, right: str, name: str, running: bool = False) -> None:
        """Append one pair of the group `name`."""
        if not self.names or self.names[-1] != name:
            self.names.append(name)
        self.left.append(left)
        self.right.append(right)
        self.group.append(len(self.names) - 1)
        self.running.append(running)

    def languages(self, name: str) -> tuple[str, str]:
        """Return the languages of the left and the right side of a group named like `en-de` or `zh`."""
        first, _, second = name.partition("-")
        return first, second or first

    def select(self, keep: np.ndarray) -> "PairTable":
        """Return the rows at the indices `keep` (int, shape (n,)), group numbers unchanged."""
        pick = [int(i) for i in keep]
        return PairTable(
            [self.left[i] for i in pick],
            [self.right[i] for i in pick],
            [self.group[i] for i in pick],
            [self.running[i] for i in pick],
            self.names,
        )


@dataclass
class Corpus:
    """What is trained on, and what is held out (`*_dev`)."""

    parallel: PairTable
    dictionary: PairTable
    names: PairTable
    qa: PairTable
    parallel_dev: PairTable
    qa_dev: PairTable


def data_fingerprint(folder: Path) -> str:
    """Return a hash of the names and sizes of the data files: other data, other fingerprint."""
    listing = "\n".join(f"{f.parent.name}/{f.name} {f.stat().st_size}" for f in sorted(folder.glob("*/*.xz")))
    return hashlib.sha256(listing.encode()).hexdigest()[:16]


def read_corpus(folder: Path) -> Corpus:
    """Read all training folders below `folder` and hold pairs out.

    :raises DataFolderError: if `folder` or one of its four parts is missing or empty.
    """
    if not folder.is_dir():
        raise DataFolderError(f"training data folder not found: {folder}")
    for part in FOLDERS:
        if not any((folder / part).glob("*.xz")):
            raise DataFolderError(f"no .xz files in {folder / part}; expected the parts {', '.join(FOLDERS)}")
    parallel, dictionary, names, qa = (PairTable() for _ in range(4))
    for name, columns in _rows(folder / "parallel"):
        parallel.add(columns[0], columns[1], name, columns[-1] in RUNNING_TEXT)
    for name, columns in _rows(folder / "dictionary"):
        left, right = columns[0].strip(" ()"), columns[1].strip(" ()")
        if left and right and max(len(left.split()), len(right.split())) <= DICTIONARY_WORDS:
            dictionary.add(left, right, name)
    for name, columns in _rows(folder / "names"):
        left, right = columns[0].strip(_QUOTES), columns[1].strip(_QUOTES)
        if left and right:
            names.add(left, right, name)
    for name, columns in _rows(folder / "qa"):
        qa.add(columns[0], columns[1], name)
    parallel, parallel_dev = _hold_out_pairs(parallel)
    qa, qa_dev = _hold_out_passages(qa)
    return Corpus(parallel, dictionary, names, qa, parallel_dev, qa_dev)


def _rows(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield (file name without its endings, columns) for each usable line of a folder, in a fixed order."""
    for path in sorted(folder.glob("*.xz")):
        name = path.name.split(".")[0]
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                columns = line.rstrip("\n").split("\t")
                if len(columns) > 1 and columns[0].strip() and columns[1].strip():
                    yield name, columns


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf8", "surrogatepass"), digest_size=8).digest()


def _hold_out_pairs(table: PairTable) -> tuple[PairTable, PairTable]:
    """Split off the development pairs; drop from training every pair that shares a sentence with them.

    The same sentence stands in several language pairs, so holding a pair out by its row alone would leave its
    sentences in training.
    """
    group = np.asarray(table.group)
    held: list[int] = []
    for number in range(len(table.names)):
        rows = np.flatnonzero(group == number)
        count = min(DEVELOPMENT_PAIRS, round(len(rows) * DEVELOPMENT_SHARE))
        held += sorted(rows.tolist(), key=lambda i: _digest(f"{table.left[i]}\t{table.right[i]}"))[:count]
    sentences = {table.left[i] for i in held} | {table.right[i] for i in held}
    keep = [i for i in range(len(table)) if table.left[i] not in sentences and table.right[i] not in sentences]
    return table.select(np.asarray(keep, dtype=np.int64)), table.select(np.asarray(sorted(held), dtype=np.int64))


def _hold_out_passages(table: PairTable) -> tuple[PairTable, PairTable]:
    """Split off questions by the hash of their passage, so that no passage is on both sides."""
    limit = int(QA_DEVELOPMENT_SHARE * 2**32)
    held = np.array([int.from_bytes(_digest(text)[:4], "big") < limit for text in table.right], dtype=bool)
    return table.select(np.flatnonzero(~held)), table.select(np.flatnonzero(held))
