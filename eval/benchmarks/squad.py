"""Parallel question sets in SQuAD's format: XQuAD (``xquad.de.json``) and LAReQA's XQuAD-R (``de.json``).

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
from typing import Any

from eval.json_lines import GoldError
from rag.articles import Article

_CODE = re.compile(r"[a-z]{2,3}")


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
    try:
        paragraphs = [
            paragraph
            for article in json.loads(path.read_text(encoding="utf-8-sig"))["data"]
            for paragraph in article["paragraphs"]
        ]
        return _question_set(paragraphs, language, unit)
    except OSError as error:
        raise GoldError(f"Cannot read {path}: {error.strerror or error}.") from error
    except (KeyError, TypeError, IndexError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else f"has something of another type ({error})"
        raise GoldError(f"{path} is not in SQuAD's format: it {what}.") from error
    except ValueError as error:
        raise GoldError(f"{path} is not JSON in UTF-8: {error}.") from error


def has_sentences(folder: Path, language: str) -> bool:
    """Return whether the file of a language says where sentences break.

    :raises GoldError: the language has no file.
    """
    return '"sentence_breaks"' in _path(folder, language).read_text(encoding="utf-8-sig", errors="replace")


def spread(ids: Sequence[str], count: int | None) -> list[str]:
    """Return ``count`` of the ids, evenly spread over all of them; all if there are no more, or ``count`` is None."""
    if count is None or count >= len(ids):
        return list(ids)
    return [ids[number * len(ids) // count] for number in range(count)]


def _path(folder: Path, language: str) -> Path:
    if not _CODE.fullmatch(language):
        raise GoldError(f"{language!r} is not a language; give codes such as en,de,es.")
    if not folder.is_dir():
        raise GoldError(f"{folder} is not a folder. --data names the one with xquad.en.json and the like.")
    for name in (f"xquad.{language}.json", f"{language}.json"):
        if (folder / name).is_file():
            return folder / name
    there = sorted({name for file in folder.glob("*.json") if _CODE.fullmatch(name := file.stem.rpartition(".")[2])})
    raise GoldError(
        f"No questions in {language!r}: {folder} has neither xquad.{language}.json nor {language}.json."
        f" Languages there: {', '.join(there) or 'none'}."
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
