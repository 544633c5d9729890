"""Question sets in SQuAD's format: SQuAD 2.0, and the parallel XQuAD (``xquad.de.json``) and XQuAD-R (``de.json``).

XQuAD-R is XQuAD with two more fields a paragraph, ``sentence_breaks`` (start and end of each sentence) and
``sentences``; its candidates are the sentences, those of XQuAD the paragraphs. A question has the same id in every
language.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from eval.benchmarks.public_sets import PUBLIC_SETS
from eval.citation_pairs import normalise_article
from eval.json_lines import GoldError, reading
from rag.articles import Article, Span

_CODE = re.compile(r"[a-z]{2,3}")

Item = TypeVar("Item")


class Unit(StrEnum):
    """What a candidate is."""

    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """One language of a parallel set.

    :param candidates: its paragraphs or sentences, one article each.
    :param questions: the questions by id, in the file's order.
    :param right: for each question's id the id of the article that answers it.
    :param unit: what the articles are.
    """

    language: str
    candidates: tuple[Article, ...]
    questions: dict[str, str]
    right: dict[str, str]
    unit: Unit


def read_set(folder: Path, language: str, unit: Unit = Unit.PARAGRAPH) -> QuestionSet:
    """Read one language.

    :param unit: sentences need a file that says where they break.
    :raises GoldError: the language has no file, or it is not in the format.
    """
    path = _path(folder, language)
    with reading(path, "SQuAD"):
        return _question_set(_paragraphs(path), language, unit)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set in SQuAD 2.0's format.

    :param paragraph: the article it is asked of.
    :param spans: where its answers stand in the paragraph; none where it has no answer there.
    :param answers: their words.
    """

    question: str
    paragraph: str
    spans: tuple[Span, ...]
    answers: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the paragraph answers it."""
        return bool(self.spans)


def read_questions(path: Path) -> tuple[list[Article], list[Asked]]:
    """Read a file in SQuAD 2.0's format, in which ``is_impossible`` marks a question without an answer.

    :return: the paragraphs, one article each that names itself as its source too; the questions in the file's order.
    :raises GoldError: it cannot be read or is not in the format.
    """
    paragraphs: list[Article] = []
    asked: list[Asked] = []
    with reading(path, "SQuAD"):
        for number, paragraph in enumerate(_paragraphs(path)):
            name, context = f"paragraph-{number}", paragraph["context"]
            paragraphs.append(Article(name, context, source=name))
            for each in paragraph["qas"]:
                answers = [] if each.get("is_impossible", False) else each["answers"]
                starts = [len(_archived(context[: answer["answer_start"]])) for answer in answers]
                texts = [_archived(answer["text"]) for answer in answers]
                spans = [Span(name, start, start + len(text)) for start, text in zip(starts, texts, strict=True)]
                asked.append(Asked(each["question"], name, tuple(spans), tuple(texts)))
    return paragraphs, asked


def _archived(text: str) -> str:
    """Return a text in the form in which the archive counts characters."""
    return normalise_article(text.encode())


def languages_of(folder: Path) -> list[str]:
    """Return the languages that a folder has files of."""
    return sorted({name for file in folder.glob("*.json") if _CODE.fullmatch(name := file.stem.rpartition(".")[2])})


def has_sentences(folder: Path, language: str) -> bool:
    """Return whether the file of a language says where sentences break.

    :raises GoldError: the language has no file.
    """
    return '"sentence_breaks"' in _path(folder, language).read_text(encoding="utf-8-sig", errors="replace")


def spread(items: Sequence[Item], count: int | None) -> list[Item]:
    """Return ``count`` of the items, evenly spread over all of them; all if there are no more, or ``count`` is None."""
    if count is None or count >= len(items):
        return list(items)
    return [items[number * len(items) // count] for number in range(count)]


def _paragraphs(path: Path) -> list[dict[str, Any]]:
    return [
        paragraph
        for article in json.loads(path.read_text(encoding="utf-8-sig"))["data"]
        for paragraph in article["paragraphs"]
    ]


def _path(folder: Path, language: str) -> Path:
    if not _CODE.fullmatch(language):
        raise GoldError(f"{language!r} is not a language; give codes such as en,de,es.")
    if not folder.is_dir():
        raise GoldError(f"{folder} is not a folder. --data names the one with xquad.en.json and the like.")
    for name in (f"xquad.{language}.json", f"{language}.json"):
        if (folder / name).is_file():
            return folder / name
    raise GoldError(
        f"No questions in {language!r}: {folder} has neither xquad.{language}.json nor {language}.json."
        f" Languages there: {', '.join(languages_of(folder)) or 'none'}. {PUBLIC_SETS['xquad'].where}"
    )


def _question_set(paragraphs: list[dict[str, Any]], language: str, unit: Unit) -> QuestionSet:
    candidates: list[Article] = []
    questions: dict[str, str] = {}
    right: dict[str, str] = {}
    for number, paragraph in enumerate(paragraphs):
        spans = _spans(paragraph, unit)
        names = [f"{language}-{number}" + (f"-{at}" if unit is Unit.SENTENCE else "") for at in range(len(spans))]
        texts = [paragraph["context"][start:end] for start, end in spans]
        # A stray quotation mark may be a sentence of its own; the archive takes only what has words.
        worded = [at for at, text in enumerate(texts) if any(map(str.isalnum, text))]
        candidates += [Article(names[at], texts[at], language=language) for at in worded]
        for asked in paragraph["qas"]:
            questions[asked["id"]] = asked["question"]
            start = asked["answers"][0]["answer_start"] if unit is Unit.SENTENCE else 0
            right[asked["id"]] = names[max(at for at, span in enumerate(spans) if span[0] <= max(start, spans[0][0]))]
    return QuestionSet(language, tuple(candidates), questions, right, unit)


def _spans(paragraph: dict[str, Any], unit: Unit) -> list[tuple[int, int]]:
    if unit is Unit.PARAGRAPH:
        return [(0, len(paragraph["context"]))]
    return [(start, end) for start, end in paragraph["sentence_breaks"]]
