"""The figures over many questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.metrics.judging import Judgement


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1; None where there is nothing to take a share of.

    A question missing from the run counts as 0 in every share that should be high.

    :param passage_hit_at_1: answerable questions whose evidence is in the first retrieved passage
        (:func:`eval.metrics.overlap.holds`).
    :param passage_hit_at_3: … in one of the first three.
    :param passage_hit_at_5: … in one of the first five.
    :param citation_hit_at_1: answerable questions whose first citation is evidence
        (:func:`eval.metrics.overlap.cites`); none is where the archive abstained.
    :param citation_hit_at_3: … one of whose first three is.
    :param answered_rightly: answerable questions that were answered, whatever the answer cites.
    :param abstained_rightly: unanswerable questions that were refused.
    :param abstained_wrongly: answerable questions that were refused (or not run): 1 - ``answered_rightly``.
    :param citations: how many citations all answers have.
    :param quote_exactness: citations whose quote is, character for character, what stands at their span; must be 1.
    """

    questions: int
    answerable: int
    unanswerable: int
    passage_hit_at_1: float | None
    passage_hit_at_3: float | None
    passage_hit_at_5: float | None
    citation_hit_at_1: float | None
    citation_hit_at_3: float | None
    answered_rightly: float | None
    abstained_rightly: float | None
    abstained_wrongly: float | None
    citations: int
    quote_exactness: float | None


def figures(judgements: Sequence[Judgement]) -> Figures:
    """Return the figures over these questions, each question counting the same."""
    answerable = [judgement for judgement in judgements if judgement.question.answerable]
    unanswerable = [judgement for judgement in judgements if not judgement.question.answerable]
    citations = sum(len(judgement.row.citations) for judgement in judgements if judgement.row)
    inexact = sum(len(judgement.row.inexact) for judgement in judgements if judgement.row)
    return Figures(
        questions=len(judgements),
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        passage_hit_at_1=_share(_within(judgement.passage_rank, 1) for judgement in answerable),
        passage_hit_at_3=_share(_within(judgement.passage_rank, 3) for judgement in answerable),
        passage_hit_at_5=_share(_within(judgement.passage_rank, 5) for judgement in answerable),
        citation_hit_at_1=_share(_within(judgement.citation_rank, 1) for judgement in answerable),
        citation_hit_at_3=_share(_within(judgement.citation_rank, 3) for judgement in answerable),
        answered_rightly=_share(judgement.answered for judgement in answerable),
        # A question that was not run was not refused either.
        abstained_rightly=_share(judgement.row is not None and not judgement.answered for judgement in unanswerable),
        abstained_wrongly=_share(not judgement.answered for judgement in answerable),
        citations=citations,
        quote_exactness=(citations - inexact) / citations if citations else None,
    )


def by_language(judgements: Iterable[Judgement]) -> dict[str, Figures]:
    """Return the figures by language of the question, languages in alphabetical order."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(judgement.question.language, []).append(judgement)
    return {language: figures(groups[language]) for language in sorted(groups)}


def _within(rank: int | None, best: int) -> bool:
    return rank is not None and rank <= best


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None
