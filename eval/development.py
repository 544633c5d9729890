"""The development questions, on which ranking and abstention are fitted, and archives of their articles."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import rag
from eval.gold_set import SEED_GOLD, Question, read_gold

_GOLD = SEED_GOLD.parent
DEVELOPMENT = (
    (_GOLD / "dev" / "questions.jsonl", _GOLD / "dev" / "articles"),
    (_GOLD / "citations" / "questions.jsonl", _GOLD / "citations" / "articles" / "dev"),
)
"""Questions, and the folder of their articles. A question's id begins with the name of the article it is about."""


def read_development() -> Iterator[tuple[tuple[Question, ...], list[Path]]]:
    """Yield the questions of each set and the files of the articles that they are about."""
    for gold, folder in DEVELOPMENT:
        questions = read_gold(gold)
        files = [file for file in sorted(folder.glob("*.txt")) if any(about(question, file) for question in questions)]
        yield questions, files


def about(question: Question, file: Path) -> bool:
    """Tell whether a development question is about an article."""
    return question.id.rpartition("-")[0] == file.stem


@contextmanager
def archive_of(files: Sequence[Path]) -> Iterator[tuple[rag.Archive, dict[str, str]]]:
    """Offer a temporary archive of files with the bundled encoder, and the articles' ids by file name."""
    with tempfile.TemporaryDirectory() as folder, rag.Archive.open(folder, rag.Settings(encoder=None)) as archive:
        receipt = archive.add(files)
        yield archive, {Path(entry.origin).name: str(entry.article_id) for entry in receipt.entries}
