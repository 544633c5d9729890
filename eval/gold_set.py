"""Gold questions and how they are read. ``eval/gold/README.md`` describes the format for those who write them."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.json_lines import GoldError, read_items

SEED_GOLD = Path(__file__).resolve().parent / "gold" / "seed.jsonl"
SEED_ARTICLES = Path(__file__).resolve().parents[1] / "seeds"
"""There in a checkout of the repository only: the installed package has the questions but no articles."""

_REQUIRED = {"id", "language", "question", "answerable", "evidence"}
_FIELDS = _REQUIRED | {"answer", "note"}
_EVIDENCE_FIELDS = {"article", "quote", "start", "end"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A run of whole sentences that answers a question: ``text[start:end] == quote``.

    :param article: file name of the article.
    :param start: first character, in code points of the article's normalised text.
    :param end: the character after the last.
    """

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """One gold question.

    :param language: language of the question, ISO 639-1.
    :param evidence: alternatives, any one of which suffices, best first; empty exactly if it is not answerable.
    :param answer: a short answer for readers; not a string to match.
    :param note: for readers; of an unanswerable question, why it is.
    :param where: file and line it was read from, for messages.
    """

    id: str
    language: str
    question: str
    answerable: bool
    evidence: tuple[Evidence, ...] = ()
    answer: str = ""
    note: str = ""
    where: str = ""


def read_gold(path: Path) -> tuple[Question, ...]:
    """Return the questions of a gold file, in its order. Empty lines are passed over.

    :raises GoldError: the file cannot be read, a line is not a gold question, an id comes twice, or there is none.
    """
    questions = read_items(path, "gold questions", _question)
    if not questions:
        raise GoldError(f"{path} holds no question.")
    return questions


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


def _question(line: str, where: str) -> Question:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{where}: not JSON ({error}).") from error
    fields = _object(value, where, "a question", _REQUIRED, _FIELDS)
    texts = {name: _text(fields, name, where) for name in ("id", "language", "question")}
    notes = {name: _text(fields, name, where, may_be_empty=True) for name in ("answer", "note") if name in fields}
    answerable, listed = fields["answerable"], fields["evidence"]
    if not isinstance(answerable, bool):
        raise GoldError(f"{where}: answerable is {answerable!r}; it is true or false.")
    if not isinstance(listed, list):
        raise GoldError(f"{where}: evidence is {listed!r}; it is a list of spans.")
    evidence = tuple(_evidence(item, where) for item in listed)
    if answerable and not evidence:
        raise GoldError(f"{where}: an answerable question needs evidence.")
    if evidence and not answerable:
        raise GoldError(f"{where}: an unanswerable question has no evidence.")
    return Question(**texts, answerable=answerable, evidence=evidence, **notes, where=where)


def _evidence(value: Any, where: str) -> Evidence:  # noqa: ANN401 - any JSON value, checked here
    fields = _object(value, where, "evidence", _EVIDENCE_FIELDS, _EVIDENCE_FIELDS)
    start, end = fields["start"], fields["end"]
    for offset in (start, end):
        if not isinstance(offset, int) or isinstance(offset, bool):
            raise GoldError(f"{where}: the offset {offset!r} is not a whole number.")
    article, quote = _text(fields, "article", where), _text(fields, "quote", where)
    if not 0 <= start < end:
        raise GoldError(f"{where}: {start} to {end} is not a span; 0 <= start < end.")
    if len(quote) != end - start:
        raise GoldError(f"{where}: the quote has {len(quote)} characters and its span {end - start}.")
    return Evidence(article, start, end, quote)


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
