"""Gold questions and how they are read. ``eval/gold/README.md`` describes the format for those who write them."""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.json_lines import GoldError, read_items

SEED_GOLD = Path(__file__).resolve().parent / "gold" / "seed.jsonl"
NEWSROOM_GOLD = SEED_GOLD.with_name("newsroom") / "questions.jsonl"
SHIPPED = {"seed": SEED_GOLD, "newsroom": NEWSROOM_GOLD}
"""The sets that are measured, by name."""
SEED_ARTICLES = Path(__file__).resolve().parents[1] / "seeds"
"""There in a checkout of the repository only: the installed package has the questions but no articles."""

_REQUIRED = {"id", "language", "question", "answerable", "evidence"}
_FIELDS = _REQUIRED | {"kind", "as_of", "answer", "answers", "note", "reviewed"}
_EVIDENCE_REQUIRED = {"article", "quote", "start", "end"}
_EVIDENCE_FIELDS = _EVIDENCE_REQUIRED | {"part"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A run of whole sentences that answers a question: ``text[start:end] == quote``.

    :param article: file name of the article.
    :param start: first character, in code points of the article's normalised text.
    :param end: the character after the last.
    :param part: which part of the answer it proves, from 1. Evidence of the same part is alternative; an answer that
        needs two articles has two parts.
    """

    article: str
    start: int
    end: int
    quote: str
    part: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """One gold question.

    :param language: language of the question, ISO 639-1.
    :param evidence: alternatives of each part, best first; empty exactly if it is not answerable.
    :param answer: a short answer for readers; not a string to match.
    :param note: for readers; of an unanswerable question, why it is.
    :param where: file and line it was read from, for messages.
    :param kind: what makes it hard, such as ``several`` or ``spelling``; empty where the set does not say.
    :param as_of: the day it is asked on, ISO 8601: only what was published by then counts; None is any day.
    :param answers: short answers, any of which is right; to be matched.
    :param reviewed: False of a proposal that no person has read yet.
    """

    id: str
    language: str
    question: str
    answerable: bool
    evidence: tuple[Evidence, ...] = ()
    answer: str = ""
    note: str = ""
    where: str = ""
    kind: str = ""
    as_of: str | None = None
    answers: tuple[str, ...] = ()
    reviewed: bool = True

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts its answer has, in ascending order."""
        return tuple(sorted({evidence.part for evidence in self.evidence}))


def read_gold(path: Path) -> tuple[Question, ...]:
    """Return the questions of a gold file, in its order. Empty lines are passed over.

    :raises GoldError: the file cannot be read, a line is not a gold question, an id comes twice, or there is none.
    """
    questions = read_items(path, "gold questions", read_question)
    if not questions:
        raise GoldError(f"{path} holds no question.")
    return questions


def check_reviewed(questions: Sequence[Question], gold: Path) -> None:
    """Refuse questions that no person has reviewed.

    :raises GoldError: there are some.
    """
    drafts = sum(not question.reviewed for question in questions)
    if drafts:
        raise GoldError(
            f"{gold}: {drafts} of {len(questions)} questions are not reviewed. Read them and set reviewed to true,"
            " or run them as they are with --unreviewed."
        )


def gold_line(question: Question) -> str:
    """Return a question as one line of a gold file, without the line break; fields that say nothing are left out."""
    fields = asdict(question)
    del fields["where"]
    said = {name: value for name, value in fields.items() if name in _REQUIRED or name == "reviewed" or value}
    return json.dumps(said, ensure_ascii=False)


def articles_of(gold: Path) -> Path:
    """Return the folder of a gold file's articles: ``articles/`` beside it, else the repository's ``seeds/``.

    :raises GoldError: there is neither.
    """
    beside = gold.resolve().parent / "articles"
    for folder in (beside, SEED_ARTICLES):
        if folder.is_dir():
            return folder
    raise GoldError(
        f"No articles for {gold.name}: no folder articles/ is beside it, and the seed article comes with the"
        " repository, not with the installed package. Run it in a checkout, or name the folder with --articles."
    )


def read_question(line: str, where: str) -> Question:
    """Return the question of one line.

    :param where: file and line, for messages.
    :raises GoldError: it is no gold question.
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{where}: not JSON ({error}).") from error
    fields = _object(value, where, "a question", _REQUIRED, _FIELDS)
    texts: dict[str, Any] = {name: _text(fields, name, where) for name in ("id", "language", "question")}
    notes: dict[str, Any] = {
        name: _text(fields, name, where, may_be_empty=True) for name in ("kind", "answer", "note") if name in fields
    }
    notes["answers"] = _answers(fields.get("answers", []), where)
    notes["as_of"] = _day(fields.get("as_of"), where)
    answerable, listed = fields["answerable"], fields["evidence"]
    for name in ("answerable", "reviewed"):
        if not isinstance(fields.get(name, True), bool):
            raise GoldError(f"{where}: {name} is {fields[name]!r}; it is true or false.")
    if not isinstance(listed, list):
        raise GoldError(f"{where}: evidence is {listed!r}; it is a list of spans.")
    evidence = tuple(_evidence(item, where) for item in listed)
    if answerable and not evidence:
        raise GoldError(f"{where}: an answerable question needs evidence.")
    if evidence and not answerable:
        raise GoldError(f"{where}: an unanswerable question has no evidence.")
    notes["reviewed"] = fields.get("reviewed", True)
    return Question(**texts, answerable=answerable, evidence=evidence, **notes, where=where)


def _answers(value: Any, where: str) -> tuple[str, ...]:  # noqa: ANN401 - any JSON value, checked here
    if not isinstance(value, list) or not all(isinstance(answer, str) and answer.strip() for answer in value):
        raise GoldError(f"{where}: answers is {value!r}; it is a list of texts that are not empty.")
    return tuple(value)


def _day(value: Any, where: str) -> str | None:  # noqa: ANN401 - any JSON value, checked here
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise GoldError(f"{where}: as_of is {value!r}; it is a day, such as 2031-03-04.") from None


def _evidence(value: Any, where: str) -> Evidence:  # noqa: ANN401 - any JSON value, checked here
    fields = _object(value, where, "evidence", _EVIDENCE_REQUIRED, _EVIDENCE_FIELDS)
    start, end, part = fields["start"], fields["end"], fields.get("part", 1)
    for name, number in (("offset", start), ("offset", end), ("part", part)):
        if not isinstance(number, int) or isinstance(number, bool):
            raise GoldError(f"{where}: the {name} {number!r} is not a whole number.")
    if part < 1:
        raise GoldError(f"{where}: there is no part {part}; parts count from 1.")
    article, quote = _text(fields, "article", where), _text(fields, "quote", where)
    if not 0 <= start < end:
        raise GoldError(f"{where}: {start} to {end} is not a span; 0 <= start < end.")
    if len(quote) != end - start:
        raise GoldError(f"{where}: the quote has {len(quote)} characters and its span {end - start}.")
    return Evidence(article, start, end, quote, part)


def _object(
    value: Any,  # noqa: ANN401 - any JSON value, checked here
    where: str,
    what: str,
    required: Set[str],
    known: Set[str],
) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise GoldError(f"{where}: {what} is a JSON object, not {type(value).__name__}.")
    if missing := required - value.keys():
        raise GoldError(f"{where}: {what} lacks {', '.join(sorted(missing))}.")
    if unknown := value.keys() - known:
        raise GoldError(f"{where}: {what} has no {', '.join(sorted(unknown))}. Fields are: {', '.join(sorted(known))}.")
    return value


def _text(fields: Mapping[str, Any], name: str, where: str, *, may_be_empty: bool = False) -> str:
    value = fields[name]
    if not isinstance(value, str) or not (value.strip() or may_be_empty):
        raise GoldError(f"{where}: {name} is {value!r}; it is {'text' if may_be_empty else 'text that is not empty'}.")
    return value
