"""The JSON report: what ``rag eval run --json`` prints and ``report.json`` holds.

Times stand apart (``latency_ms``, ``seconds``, ``created``), so that two runs of the same are equal but for them.
"""

from typing import Any

from typing_extensions import TypedDict  # pydantic takes only this one before Python 3.12


class Figure(TypedDict):
    """A share or a mean with its 95 % interval over ``n`` questions; None where no question counts."""

    value: float | None
    low: float | None
    high: float | None
    n: int


Figures = dict[str, Figure]
"""Figures by the names of :data:`eval.metrics.measures.MEASURES`."""


class EvidenceTree(TypedDict):
    """A span that proves a part of the answer, as :class:`eval.gold_set.Evidence` has it."""

    article: str
    start: int
    end: int
    quote: str
    part: int


class Latency(TypedDict):
    """Milliseconds; the histogram's bins are lower end, upper end and number of questions, ascending."""

    median: float | None
    p95: float | None
    histogram: list[tuple[float, float, int]]


class Given(TypedDict):
    """What a system answered; citations are those of :class:`rag.answers.Citation`, with ``exact``."""

    answered: bool
    text: str
    passages: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    notice: str | None
    model: str | None
    confidence: float | None
    seconds: float


class QuestionTree(TypedDict):
    """One question, as the gold set has it, what was given, and how that is judged.

    ``miss`` is None where nothing is wrong; ``measures`` has None where the question does not count.
    """

    id: str
    language: str
    question: str
    answerable: bool
    evidence: list[EvidenceTree]
    answer: str
    note: str
    kind: str
    as_of: str | None
    answers: list[str]
    passage_rank: int | None
    citation_rank: int | None
    part_ranks: list[int | None]
    cited_parts: int
    miss: str | None
    measures: dict[str, float | None]
    given: Given | None


class SetTree(TypedDict):
    """How one system did on one gold set; ``pairs`` are keyed by ``en→de``, question and evidence."""

    overall: Figures
    languages: dict[str, Figures]
    pairs: dict[str, Figures]
    kinds: dict[str, Figures]
    risk_coverage: list[tuple[float, float]]
    area_under_risk: float | None
    latency_ms: Latency
    usage: dict[str, Any] | None
    language_bias: Any
    questions: list[QuestionTree]


class SystemTree(TypedDict):
    """One system's sets by name."""

    sets: dict[str, SetTree]


class Tree(TypedDict):
    """A whole report.

    ``pool`` is the size of each set's archive; ``differences`` are ours minus theirs by baseline, set and measure.
    """

    gold: list[str]
    indexed_with: Any
    llm: str | None
    pool: dict[str, Any]
    systems: dict[str, SystemTree]
    differences: dict[str, dict[str, Figures]]
