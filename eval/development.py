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
    (_GOLD / "stories" / "questions.jsonl", _GOLD / "stories" / "articles"),
)
"""Questions, and the folder of their articles. A question's id begins with the name of the article or, in ``stories``,
of the story it is about, as the names of the story's articles do."""


def read_development() -> Iterator[tuple[tuple[Question, ...], list[Path]]]:
    """Yield the questions of each set and the files of the articles that they are about."""
    for gold, folder in DEVELOPMENT:
        questions = read_gold(gold)
        files = [file for file in sorted(folder.iterdir()) if any(about(question, file) for question in questions)]
        yield questions, files


def about(question: Question, file: Path) -> bool:
    """Tell whether a development question is about an article or its story."""
    subject = question.id.rpartition("-")[0]
    return file.stem == subject or file.stem.startswith(f"{subject}-")


def subjects(questions: Sequence[Question], files: Sequence[Path]) -> list[list[Path]]:
    """Return the articles of each article or story that questions are about."""
    named = {question.id.rpartition("-")[0]: question for question in questions}
    return [[file for file in files if about(question, file)] for question in named.values()]


def retrieved(archive: rag.Archive, question: Question, passages: int) -> list[rag.Hit]:
    """Return the passages that the archive finds for a question, on its day."""
    return archive.search(question.question, passages, rag.Filters(published_to=question.as_of))


@contextmanager
def archive_of(files: Sequence[Path]) -> Iterator[tuple[rag.Archive, dict[str, str]]]:
    """Offer a temporary archive of files with the bundled encoder, and the articles' ids by file name."""
    with tempfile.TemporaryDirectory() as folder, rag.Archive.open(folder, rag.Settings(encoder=None)) as archive:
        receipt = archive.add(files)
        yield archive, {Path(entry.origin).name: str(entry.article_id) for entry in receipt.entries}
