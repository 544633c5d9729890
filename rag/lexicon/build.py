"""Makes the lexicon: ``python -m rag.lexicon.build DATA/train``.

Two sources, of the data that the encoder was trained on. **Dictionaries** (Wiktionary): the entries that analysis makes
one term of on both sides. **Translated sentences**: IBM Model 1 (Brown et al. 1993, *The Mathematics of Statistical
Machine Translation*) over sets of terms, both ways; an entry weighs the geometric mean of its two probabilities.
"""

import lzma
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import typer
from numpy.typing import NDArray

from rag.lexicon.analysis import terms
from rag.lexicon.lexicon import BUNDLED, key

IN_DICTIONARY = 0.4
"""Weight of a dictionary's entry: two that meet in English weigh .16."""
LEAST_KEPT = 0.08
"""Weight from which what the sentences show is kept."""
_ONCE = 0.5
"""The same for terms that stand together in one sentence pair only."""
_MOST_TERMS = 30
_ROUNDS = 5
_CODES = {"sh": "hr"}
"""Serbo-Croatian has no code any more."""
Entries = dict[tuple[int, int], float]
Terms = tuple[str, ...]


def main(data: Path, out: Path = BUNDLED) -> None:
    """Write the lexicon.

    :param data: the folder with ``dictionary/`` and ``parallel/``, tab-separated, ``.tsv.xz``.
    """
    entries: Entries = {}
    for english, foreign, language in _dictionary(data / "dictionary"):
        _put(entries, english, foreign, language, IN_DICTIONARY)
    for file, english_first, language in _files(data / "parallel"):
        pairs = list(_sentences(file, english_first, language))
        for (english, foreign), weight in aligned(pairs).items():
            _put(entries, english, foreign, language, weight)
        typer.echo(f"{file.name}: {len(pairs)} sentences, {len(entries)} entries so far")
    rows = sorted(entries)
    np.savez_compressed(
        out,
        foreign=np.array([foreign for foreign, _ in rows], dtype=np.uint32),
        english=np.array([english for _, english in rows], dtype=np.uint32),
        weights=np.array([round(255 * entries[row]) for row in rows], dtype=np.uint8),
    )
    typer.echo(f"{len(rows)} entries, {out.stat().st_size / 1e6:.1f} MB")


def aligned(pairs: Sequence[tuple[Terms, Terms]]) -> Mapping[tuple[str, str], float]:
    """Return the terms of two languages that translate each other in these sentence pairs, and their weights, 0 to 1.

    :param pairs: the distinct terms of each side; neither is empty.
    """
    if not pairs:
        return {}
    left, right = (_numbered(side) for side in zip(*pairs, strict=True))
    sizes = np.array([(len(one), len(other)) for one, other in pairs])
    columns = _columns(left[1], right[1], sizes)
    pairs_of_terms = columns[0] * len(right[0]) + columns[1]
    joint, inverse, together = np.unique(pairs_of_terms, return_inverse=True, return_counts=True)
    own, other = joint // len(right[0]), joint % len(right[0])
    forth = _probabilities(inverse, columns[2], own, together)
    back = _probabilities(inverse, columns[3], other, together)
    weights = np.sqrt(forth * back)
    kept = (weights >= LEAST_KEPT) & ((together > 1) | (weights >= _ONCE))
    one, two = list(left[0]), list(right[0])
    return {
        (one[first], two[second]): float(weight)
        for first, second, weight in zip(own[kept], other[kept], weights[kept], strict=True)
    }


def _probabilities(
    inverse: NDArray[np.int64], receiver: NDArray[np.int64], giver: NDArray[np.int64], together: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the probability of each pair of terms given its one side, by expectation maximisation, shape (pairs,).

    :param inverse: the pair of terms at each place where one stands, shape (places,).
    :param receiver: the word at each place that one of the other side's words explains, shape (places,).
    :param giver: the given side of each pair; shape (pairs,), as is ``together``, its number of places.
    """
    given = np.bincount(giver, weights=together)
    probability = together / given[giver]
    for _ in range(_ROUNDS):
        share = probability[inverse]
        share /= np.bincount(receiver, weights=share)[receiver]
        expected = np.bincount(inverse, weights=share, minlength=len(giver))
        probability = expected / np.bincount(giver, weights=expected)[giver]
    return probability


def _numbered(side: Sequence[Terms]) -> tuple[dict[str, int], NDArray[np.int64]]:
    """Return numbers for the terms of one side, and the numbers of all its terms in a row."""
    numbers: dict[str, int] = {}
    return numbers, np.array([numbers.setdefault(term, len(numbers)) for words in side for term in words])


def _columns(left: NDArray[np.int64], right: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return every term of each sentence beside every one of its translation, shape (4, places).

    The rows are the left and the right term's number, and the places in all text of the right and of the left one.
    """
    starts = np.cumsum(sizes, axis=0) - sizes
    places = [
        (np.repeat(np.arange(here) + first, there), np.tile(np.arange(there) + second, here))
        for (here, there), (first, second) in zip(sizes.tolist(), starts.tolist(), strict=True)
    ]
    ours, theirs = (np.concatenate(column) for column in zip(*places, strict=True))
    return np.stack([left[ours], right[theirs], theirs, ours])


def _dictionary(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the English term, the foreign term and its language of every entry of one term on both sides."""
    for file, english_first, language in _files(folder):
        for columns in _rows(file):
            english, foreign = columns[:2] if english_first else columns[1::-1]
            one, other = terms(english.removeprefix("to "), "en"), terms(foreign, language)
            if len(one) == len(other) == 1:
                yield one[0], other[0], language


def _sentences(file: Path, english_first: bool, language: str) -> Iterator[tuple[Terms, Terms]]:
    """Yield the distinct English and foreign terms of sentence pairs that are not too long."""
    for columns in _rows(file):
        english, foreign = columns[:2] if english_first else columns[1::-1]
        one, other = (tuple(dict.fromkeys(terms(*side))) for side in ((english, "en"), (foreign, language)))
        if 0 < len(one) <= _MOST_TERMS and 0 < len(other) <= _MOST_TERMS:
            yield one, other


def _files(folder: Path) -> Iterator[tuple[Path, bool, str]]:
    """Yield the files with English, whether it comes first, and the other language."""
    for file in sorted(folder.glob("*.tsv.xz")):
        first, _, second = file.name.removesuffix(".tsv.xz").partition("-")
        if "en" in {first, second}:
            other = second if first == "en" else first
            yield file, first == "en", _CODES.get(other, other)


def _rows(file: Path) -> Iterator[list[str]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) > 1:
                yield columns


def _put(entries: Entries, english: str, foreign: str, language: str, weight: float) -> None:
    """Keep the greatest weight of an entry."""
    pair = key(foreign, language), key(english, "en")
    entries[pair] = max(entries.get(pair, 0.0), weight)


if __name__ == "__main__":
    typer.run(main)
