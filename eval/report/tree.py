"""From judgements to the JSON report; everything else here is made of that tree alone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from eval.metrics import MEASURES, Estimate, Judgement, figures, grouped, kind_of, language_of, pair_of
from eval.metrics.abstention import area_under_risk, asked_of, risk_coverage
from eval.metrics.bias import language_bias
from eval.metrics.bootstrap import difference
from eval.metrics.cost import latency, usage
from eval.report.schema import Figure, Figures, Given, QuestionTree, SetTree, Tree
from eval.report.wording import OURS

if TYPE_CHECKING:
    from eval.pool import PoolSize

Judged = Mapping[str, Mapping[str, Sequence[Judgement]]]
"""Judgements by system and set; every system was asked the questions of a set in the same order."""


def report_tree(
    judged: Judged,
    *,
    gold: Sequence[str],
    indexed_with: Any,  # noqa: ANN401 - as the archive's status says it
    llm: str | None,
    pool: "Mapping[str, PoolSize]",
) -> Tree:
    """Return everything as plain dicts, lists, strings and numbers, as ``rag eval run --json`` prints it.

    :param judged: ours under :data:`eval.report.wording.OURS`, every other a baseline.
    :param gold: the files of the questions.
    :param llm: the chat model that wrote answers, None where they are quoted.
    :param pool: how much stood in each set's archive.
    """
    return {
        "gold": list(gold),
        "indexed_with": indexed_with,
        "llm": llm,
        "pool": {name: asdict(size) for name, size in pool.items()},
        "systems": {
            system: {"sets": {name: set_tree(judgements) for name, judgements in sets.items()}}
            for system, sets in judged.items()
        },
        "differences": {
            system: {name: _differences(judged[OURS][name], theirs) for name, theirs in sets.items()}
            for system, sets in judged.items()
            if system != OURS
        },
    }


def set_tree(judgements: Sequence[Judgement]) -> SetTree:
    """Return how one system did on one set.

    A system that never says how sure it is has no risk–coverage curve.
    """
    asked = asked_of(judgements) if any(one.row and one.row.answer.confidence is not None for one in judgements) else []
    took, counted = latency(judgements), usage(judgements)
    return {
        "overall": _figures(figures(judgements)),
        "languages": _groups(grouped(judgements, language_of)),
        "pairs": _groups(grouped(judgements, pair_of)),
        "kinds": _groups(grouped(judgements, kind_of)),
        "risk_coverage": list(risk_coverage(asked)),
        "area_under_risk": area_under_risk(asked),
        "latency_ms": {"median": took.median, "p95": took.p95, "histogram": list(took.histogram)},
        "usage": None if counted is None else asdict(counted),
        "language_bias": asdict(language_bias(judgements)),
        "questions": [_question(judgement) for judgement in judgements],
    }


def _groups(found: Mapping[str, Mapping[str, Estimate]]) -> dict[str, Figures]:
    return {key: _figures(estimates) for key, estimates in found.items()}


def _figures(estimates: Mapping[str, Estimate]) -> Figures:
    return {name: _figure(one) for name, one in estimates.items()}


def _figure(one: Estimate) -> Figure:
    return {"value": one.value, "low": one.low, "high": one.high, "n": one.n}


def _differences(ours: Sequence[Judgement], theirs: Sequence[Judgement]) -> Figures:
    """Return ours minus theirs of each measure that has a value for some question in both.

    :raises ValueError: the two were asked different questions.
    """
    if [one.question.id for one in ours] != [one.question.id for one in theirs]:
        raise ValueError("Two systems were asked different questions.")
    found = {
        measure.name: difference([measure.of(one) for one in ours], [measure.of(one) for one in theirs])
        for measure in MEASURES
    }
    return {name: _figure(one) for name, one in found.items() if one.n}


def _question(judgement: Judgement) -> QuestionTree:
    question = judgement.question
    return {
        "id": question.id,
        "language": question.language,
        "question": question.question,
        "answerable": question.answerable,
        "evidence": [
            {"article": one.article, "start": one.start, "end": one.end, "quote": one.quote, "part": one.part}
            for one in question.evidence
        ],
        "answer": question.answer,
        "note": question.note,
        "kind": question.kind,
        "as_of": question.as_of,
        "answers": list(question.answers),
        "passage_rank": judgement.passage_rank,
        "citation_rank": judgement.citation_rank,
        "part_ranks": list(judgement.part_ranks),
        "cited_parts": judgement.cited_parts,
        "miss": None if judgement.miss is None else str(judgement.miss),
        "measures": {measure.name: measure.of(judgement) for measure in MEASURES},
        "given": _given(judgement),
    }


def _given(judgement: Judgement) -> Given | None:
    row = judgement.row
    if row is None:
        return None
    return {
        "answered": row.answer.answered,
        "text": row.answer.text,
        "passages": [
            {
                "article_id": hit.passage.article_id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": hit.score,
            }
            for hit in row.hits
        ],
        "citations": [asdict(citation) | {"exact": citation not in row.inexact} for citation in row.citations],
        "notice": row.answer.notice,
        "model": row.answer.model,
        "confidence": row.answer.confidence,
        "seconds": row.seconds,
    }
