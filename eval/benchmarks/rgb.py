"""RGB (Chen et al. 2024): an answer amid noise, a question without one, passages that are false.

Each question has passages of its own and is asked of five of them, chosen as the set's script (``evalue.py``) chooses
them but in their order, for the archive ranks them anew. The script looks for the answer in what a model wrote; here it
is looked for in the quotes, so that it needs no chat model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from eval.benchmarks.presence import quotes
from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import spread
from eval.json_lines import read_json_lines, reading
from eval.pool import filled
from rag.answers import Answer, Verdict
from rag.articles import Article
from rag.filters import Filters

PASSAGES = 5
"""How many a question is asked of, the paper's number."""
_WITHOUT_SPACES = "zh"

Record = dict[str, Any]
Choose = Callable[[Record], list[str]]
"""Takes a question's record, gives the passages it is asked of; none where it has too few."""


def with_noise(share: float, record: Record) -> list[str]:
    """Return passages of which a share does not answer; where there are too few of one sort, more of the other."""
    positive, negative = record["positive"], record["negative"]
    noisy = ceil(PASSAGES * share)
    right = PASSAGES - noisy
    if share < 1 and noisy > len(negative):
        right = PASSAGES - len(negative)
    elif share < 1 and right > len(positive):
        noisy = PASSAGES - len(positive)
    return [*positive[:right], *negative[:noisy]]


def from_several(share: float, record: Record) -> list[str]:
    """Return passages that answer the parts of a question, first one for each part, and a share of noise."""
    parts = record["positive"]
    right = PASSAGES - ceil(PASSAGES * share)
    by_turns = [part[at] for at in range(max(map(len, parts))) for part in parts if at < len(part)]
    chosen = by_turns[: max(right, len(parts))]
    return [*chosen, *record["negative"][: max(PASSAGES - len(chosen), 0)]]


def all_false(record: Record) -> list[str]:
    """Return passages that give the false answer."""
    return list(record["positive_wrong"][:PASSAGES])


def every_other_false(record: Record) -> list[str]:
    """Return passages that by turns give the false answer and the right one; our own mixture, not the paper's."""
    pairs = list(zip(record["positive_wrong"], record["positive"], strict=False))[:PASSAGES]
    return [pair[number % 2] for number, pair in enumerate(pairs)] if len(pairs) > 1 else []


@dataclass(frozen=True, slots=True)
class Condition:
    """What a question's passages are like."""

    name: str
    choose: Choose


CONDITIONS = {
    "": (
        *(Condition(f"noise {share:g}", partial(with_noise, share)) for share in (0.0, 0.2, 0.4, 0.6, 0.8)),
        Condition("rejection", partial(with_noise, 1.0)),
    ),
    "_int": tuple(
        Condition(f"integration, noise {share:g}", partial(from_several, share)) for share in (0.0, 0.2, 0.4)
    ),
    "_fact": (Condition("all false", all_false), Condition("half false", every_other_false)),
}
"""By ending of the file, the paper's conditions."""
_LANGUAGES = ("en", "zh")
_REFINED = "_refine"
"""The authors' corrected version of a file without an ending."""


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Ask the questions of every file that is there, under each of its conditions.

    :param data: the folder of ``en.json`` and the like.
    :param questions: how many of each file, evenly spread; None asks all.
    :raises GoldError: no file is there, or one is not in the format.
    """
    found = [
        (file, language, conditions)
        for language in _LANGUAGES
        for ending, conditions in CONDITIONS.items()
        if (file := _file(data, language, ending)) is not None
    ]
    if not found:
        raise PUBLIC_SETS["rgb"].missing(data)
    tally = Tally()
    for file, language, conditions in found:
        _measure(file, language, conditions, questions, tally, bar)
    return tally.figures(
        "answer_quoted: questions whose whole answer stands in the quotes; refused: what was refused, which is right"
        " under rejection.",
        "all false: every passage gives false_answer; half false: every other one. disagreement_shown: a citation says"
        " otherwise.",
    )


def holds_answer(answer: Any, text: str, language: str) -> bool:  # noqa: ANN401 - a text, or a list of texts and lists
    """Return whether a text has every part of an answer; a part that is a list has alternatives."""
    text = _plain(text, language)
    parts = answer if isinstance(answer, list) else [answer]
    return all(
        any(_plain(each, language) in text for each in (part if isinstance(part, list) else [part])) for part in parts
    )


def _file(data: Path, language: str, ending: str) -> Path | None:
    names = (f"{language}{_REFINED}.json",) * (not ending) + (f"{language}{ending}.json",)
    return next((data / name for name in names if (data / name).is_file()), None)


def _measure(  # noqa: PLR0913, PLR0917
    file: Path, language: str, conditions: Sequence[Condition], questions: int | None, tally: Tally, bar: Bar
) -> None:
    """Ask one file's questions, under each condition of the passages chosen for it: their source names both."""
    records = spread(read_json_lines(file, ("id", "query", "answer", "positive", "negative")), questions)
    with reading(file, "RGB"):
        asked = [
            (f"question {number}, {condition.name}", condition, record, list(filter(_worded, condition.choose(record))))
            for condition in conditions
            for number, record in enumerate(records)
        ]
    articles = [
        Article(f"{source}, passage {at}", text, language=language, source=source)
        for source, _, _, passages in asked
        for at, text in enumerate(passages)
    ]
    with filled(articles, (), bar, f"{file.stem}: ") as archive:
        advance = bar(f"{file.stem}: asking")
        for done, (source, condition, record, passages) in enumerate(asked, start=1):
            if passages:
                answer = archive.ask(record["query"], Filters(sources=(source,)))
                tally.add(f"{language}, {condition.name}", **_values(record, answer, language))
            advance(done, len(asked))


def _values(record: Record, answer: Answer, language: str) -> dict[str, float | None]:
    quoted = quotes(answer)
    values: dict[str, float | None] = {
        "answer_quoted": holds_answer(record["answer"], quoted, language),
        "refused": not answer.answered,
    }
    if "fakeanswer" in record:
        values["false_answer_quoted"] = holds_answer(record["fakeanswer"], quoted, language)
        values["disagreement_shown"] = any(
            citation.verdict is Verdict.CONTRADICTED
            for statement in answer.statements
            for citation in statement.citations
        )
    return values


def _worded(text: str) -> bool:
    """Return whether a passage has words; the archive takes no other."""
    return any(map(str.isalnum, text))


def _plain(text: str, language: str) -> str:
    return ("" if language == _WITHOUT_SPACES else " ").join(text.lower().split())
