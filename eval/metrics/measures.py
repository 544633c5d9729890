"""The measures of one question, as a table; every figure is a mean of one of them.

A question that a measure is not about has no value there. One that is missing from the run has the worst value of every
measure that may be about it: 0, or 1 where less is better.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eval.gold_set import Question
from eval.metrics import answers, citations, retrieval
from eval.metrics.judging import CITED, Judgement
from eval.metrics.overlap import cites
from eval.rows import Row


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured of a question.

    :param name: as programs read it.
    :param label: as people read it.
    :param of: the value, 0 to 1, or None where the question does not count.
    """

    name: str
    label: str
    of: Callable[[Judgement], float | None]
    higher_is_better: bool = True


def measure(name: str) -> Measure:
    """Return the measure of a name.

    :raises ValueError: there is none.
    """
    for one in MEASURES:
        if one.name == name:
            return one
    raise ValueError(f"There is no measure {name!r}; there are {', '.join(one.name for one in MEASURES)}.")


def values(judgements: Iterable[Judgement], measure: Measure) -> list[float]:
    """Return the values of the questions that count there, in their order."""
    return [value for judgement in judgements if (value := measure.of(judgement)) is not None]


_Value = Callable[[Judgement, Row], float | None]


def _about(
    counts: Callable[[Question], bool], value: _Value, missing: float = 0.0
) -> Callable[[Judgement], float | None]:
    """Return a measure's function: of questions that count, the value of their row, or of a missing row the worst."""

    def of(judgement: Judgement) -> float | None:
        if not counts(judgement.question):
            return None
        return missing if judgement.row is None else value(judgement, judgement.row)

    return of


def _answerable(question: Question) -> bool:
    return question.answerable


def _unanswerable(question: Question) -> bool:
    return not question.answerable


def _has_answers(question: Question) -> bool:
    return question.answerable and bool(question.answers)


def _any(_: Question) -> bool:
    return True


def _within(rank: int | None, best: int) -> float:
    return float(rank is not None and rank <= best)


def _hit_at(k: int) -> Callable[[Judgement], float | None]:
    return _about(_answerable, lambda judgement, _: _within(judgement.passage_rank, k))


def _recall_at(k: int) -> Callable[[Judgement], float | None]:
    return _about(_answerable, lambda judgement, row: retrieval.recall(judgement.part_ranks, len(row.hits), k))


def _of_answers(score: Callable[[Question, Row], float]) -> Callable[[Judgement], float | None]:
    return _about(_has_answers, lambda judgement, row: score(judgement.question, row) if judgement.answered else 0.0)


def _quote_exactness(_: Judgement, row: Row) -> float | None:
    return 1 - len(row.inexact) / len(row.citations) if row.citations else None


def _evidence_precision(_: Judgement, row: Row) -> float | None:
    """Of an unanswerable question that was answered no citation is evidence, and an inexact one never is."""
    if not row.answer.answered:
        return None
    cited = [
        citation not in row.inexact and any(cites(citation, evidence) for evidence in row.evidence)
        for citation in row.citations
    ]
    return sum(cited) / len(cited) if cited else 0.0


MEASURES: tuple[Measure, ...] = (
    Measure("evidence_hit_at_1", "evidence in the first passage", _hit_at(1)),
    Measure("evidence_hit_at_3", "evidence in the first 3 passages", _hit_at(3)),
    Measure("evidence_hit_at_5", "evidence in the first 5 passages", _hit_at(5)),
    Measure("evidence_recall_at_3", "share of the evidence in the first 3 passages", _recall_at(3)),
    Measure("evidence_recall_at_10", "share of the evidence in the first 10 passages", _recall_at(10)),
    Measure(
        "mrr",
        "mean reciprocal rank",
        _about(_answerable, lambda judgement, row: retrieval.reciprocal_rank(judgement.part_ranks, len(row.hits))),
    ),
    Measure(
        "ndcg_at_10",
        "nDCG@10",
        _about(_answerable, lambda judgement, row: retrieval.ndcg(judgement.part_ranks, len(row.hits))),
    ),
    Measure(
        "cited",
        f"evidence among the first {CITED} citations",
        _about(_answerable, lambda judgement, _: _within(judgement.citation_rank, CITED)),
    ),
    Measure(
        "evidence_cited",
        "share of the evidence that is cited",
        _about(_answerable, lambda judgement, _: judgement.cited_parts / len(judgement.question.parts)),
    ),
    Measure("evidence_precision", "share of the citations that are evidence", _about(_any, _evidence_precision)),
    Measure(
        "citation_precision",
        "citation precision",
        _about(
            _any,
            lambda _, row: (
                citations.citation_precision(row.answer.statements, row.inexact) if row.answer.answered else None
            ),
        ),
    ),
    Measure(
        "citation_recall",
        "citation recall",
        _about(
            _any,
            lambda _, row: (
                citations.citation_recall(row.answer.statements, row.inexact) if row.answer.answered else None
            ),
        ),
    ),
    Measure("exact_match", "exact match", _of_answers(answers.exact_match)),
    Measure("token_f1", "token F1", _of_answers(answers.token_f1)),
    Measure("answer_contained", "an accepted answer is in the text", _of_answers(answers.contained)),
    Measure(
        "refused_rightly",
        "unanswerable refused",
        _about(_unanswerable, lambda judgement, _: float(not judgement.answered)),
    ),
    Measure(
        "refused_wrongly",
        "answerable refused",
        _about(_answerable, lambda judgement, _: float(not judgement.answered), missing=1.0),
        higher_is_better=False,
    ),
    Measure("quote_exactness", "quotes that stand at their span", _about(_any, _quote_exactness)),
)
"""All measures, in the order of a report. Retrieval is of answerable questions; evidence precision, citation precision
and citation recall are of all questions that were answered, quote exactness of all that have a citation."""
