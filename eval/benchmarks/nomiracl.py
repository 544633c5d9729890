"""NoMIRACL (Thakur et al. 2023): whether the archive answers where a passage does, and abstains where none does.

All passages of a language lie in one temporary archive, and each question is asked of its own ten only, by a filter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.json_lines import one_file, read_json_lines
from rag.archive import Archive
from rag.articles import Article
from rag.filters import Filters

WHERE = "Get NoMIRACL at github.com/project-miracl/nomiracl, Apache-2.0."
Bar = Callable[[str], Callable[[int, int], None]]


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


def measure(data: Path, languages: Sequence[str], bar: Bar) -> list[Abstained]:
    """Ask the questions of each language.

    :param data: folder with ``de.jsonl`` and the like, plain or packed by xz.
    :raises GoldError: a file is missing or a record lacks a field.
    """
    return [_measure(one_file(data, language, WHERE), language, bar) for language in languages]


def _measure(file: Path, language: str, bar: Bar) -> Abstained:
    records = read_json_lines(file, ("id", "question", "passages", "answerable"))
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
            asked.append((bool(record["answerable"]), answer.answered, answer.confidence))
            asking(done, len(records))
    wrong = [answered for answerable, answered, _ in asked if not answerable]
    right = [answered for answerable, answered, _ in asked if answerable]
    return Abstained(
        language=language,
        unanswerable=len(wrong),
        answerable=len(right),
        hallucination_rate=sum(wrong) / max(len(wrong), 1),
        error_rate=1 - sum(right) / max(len(right), 1),
        area=area_under_risk([(confidence or 0.0, answerable) for answerable, _, confidence in asked]),
    )


def area_under_risk(asked: Sequence[tuple[float, bool]]) -> float:
    """Return the area under the risk–coverage curve (El-Yaniv & Wiener 2010).

    :param asked: of each question the confidence, and whether it can be answered.
    """
    ordered = sorted(asked, key=lambda each: -each[0])
    wrong, risks = 0, []
    for done, (_, answerable) in enumerate(ordered, start=1):
        wrong += not answerable
        risks.append(wrong / done)
    return sum(risks) / max(len(risks), 1)
