"""NoMIRACL (Thakur et al. 2023): whether the archive answers where a passage does, and abstains where none does.

All passages of a language lie in one temporary archive, and each question is asked of its own ten only, by a filter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import spread
from eval.json_lines import one_file, read_json_lines
from eval.metrics.abstention import Asked, area_under_risk, error_rate, hallucination_rate
from rag.archive import Archive
from rag.articles import Article
from rag.filters import Filters

_FILE = re.compile(r"([a-z]{2,3})\.jsonl(?:\.xz)?")


@dataclass(frozen=True, slots=True)
class Abstained:
    """How one language went, as NoMIRACL counts.

    :param hallucination_rate: share of the questions that no passage answers and that were answered all the same.
    :param error_rate: share of the questions that a passage answers and that were refused.
    :param area: area under the risk–coverage curve: the mean share of wrongly answered questions among the most
        confident ones, over all shares of questions; 0 is best.
    """

    language: str
    unanswerable: int
    answerable: int
    hallucination_rate: float
    error_rate: float
    area: float

    @property
    def both(self) -> float:
        """The sum of the two rates, 1 for one who always or never answers."""
        return self.hallucination_rate + self.error_rate


def measure(data: Path, languages: Sequence[str], bar: Bar, questions: int | None = None) -> list[Abstained]:
    """Ask the questions of each language.

    :param data: folder with ``de.jsonl`` and the like, plain or packed by xz.
    :param questions: how many of each, evenly spread; None asks all.
    :raises GoldError: a file is missing or a record lacks a field.
    """
    return [_rates(language, _ask(data, language, bar, questions)) for language in languages]


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Ask the questions of every language that is there; see :func:`measure`."""
    found = sorted({match[1] for file in data.glob("*.jsonl*") if (match := _FILE.fullmatch(file.name))})
    if not found:
        raise PUBLIC_SETS["nomiracl"].missing(data)
    tally = Tally()
    for language in found:
        for asked in _ask(data, language, bar, questions):
            if asked.answerable:
                tally.add(language, error_rate=not asked.answered)
            else:
                tally.add(language, hallucination_rate=asked.answered)
    return tally.figures(
        "hallucination_rate: questions that no passage answers and that were answered; error_rate: questions that one"
        " answers and that were refused."
    )


def _ask(data: Path, language: str, bar: Bar, questions: int | None) -> list[Asked]:
    file = one_file(data, language, PUBLIC_SETS["nomiracl"].where)
    records = spread(read_json_lines(file, ("id", "question", "passages", "answerable")), questions)
    asked = []
    with TemporaryDirectory() as folder, Archive.open(folder) as archive:
        adding, asking = bar(f"Adding {language}"), bar(f"Asking {language}")
        passages = [
            Article(id=f"{record['id']} {number}", text=text, language=language, source=str(record["id"]))
            for record in records
            for number, text in enumerate(record["passages"])
        ]
        archive.add(passages, progress=lambda step: adding(step.done, step.total))
        for done, record in enumerate(records, start=1):
            answer = archive.ask(record["question"], Filters(sources=(str(record["id"]),)))
            asked.append(Asked(bool(record["answerable"]), answer.answered, answer.confidence or 0.0))
            asking(done, len(records))
    return asked


def _rates(language: str, asked: Sequence[Asked]) -> Abstained:
    return Abstained(
        language=language,
        unanswerable=sum(not each.answerable for each in asked),
        answerable=sum(each.answerable for each in asked),
        hallucination_rate=hallucination_rate(asked) or 0.0,
        error_rate=error_rate(asked) or 0.0,
        area=area_under_risk(asked) or 0.0,
    )
