"""A made-up world of sixty words in three languages, small enough to learn in a second."""

import lzma
import random
from pathlib import Path

import pytest

from rag.encoders.training.recipe import Recipe

WORDS = 60


def _word(language: str, number: int) -> str:
    letters = {"en": "abcdefghij", "de": "klmnopqrst", "ru": "абвгдежзик"}[language]
    return letters[number // 10] + letters[number % 10] + letters[(number * 7) % 10]


def _sentence(language: str, numbers: list[int]) -> str:
    return " ".join(_word(language, number) for number in numbers)


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf8") as lines:
        lines.writelines("\t".join(row) + "\n" for row in rows)


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    draw = random.Random(7)
    for other in ("de", "ru"):
        sentences = [[draw.randrange(WORDS) for _ in range(8)] for _ in range(3000)]
        rows = [(_sentence("en", s), _sentence(other, s), "wmt-news") for s in sentences]
        _write(folder / f"parallel/en-{other}.tsv.xz", rows)
        words = [(_word("en", n), _word(other, n)) for n in range(WORDS)]
        _write(folder / f"dictionary/en-{other}.tsv.xz", [*words, ("aa", "the third form of a word kept out")])
    _write(folder / "names/en-ru.tsv.xz", [(f'"{_word("en", n)}"', _word("ru", n)) for n in range(WORDS)])
    passages = [[draw.randrange(WORDS) for _ in range(30)] for _ in range(200)]
    _write(folder / "qa/en.tsv.xz", [(_sentence("en", p[:4]), _sentence("en", p), "nq") for p in passages])
    return folder


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    return Recipe(
        vocabulary=400,
        dimensions=16,
        mean_batch=64,
        late_batch=32,
        late_passage_batch=16,
        late_sentence_rows=30 * 32,
        late_window_rows=8 * 16,
        late_qa_rows=8 * 16,
        late_dictionary_rows=4 * 32,
        late_names_rows=4 * 32,
        words_batch=16,
        words_sentence_batch=32,
        words_entry_batch=32,
        words_window_rows=12 * 16,
        words_pseudo_rows=4 * 16,
        words_sentence_rows=10 * 32,
        words_qa_rows=4 * 16,
        words_dictionary_rows=3 * 32,
        words_names_rows=2 * 32,
        words_leaf=8,
        warm_up=5,
        checkpoint_every=10,
    )
