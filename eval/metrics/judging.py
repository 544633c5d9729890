"""What became of one question: the ranks of its evidence and, if it was missed, why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.gold_set import Question
from eval.metrics.overlap import cites, first_rank, holds
from eval.rows import Row

CITED = 3
"""Evidence counts as cited among this many citations: an extractive answer has at most three."""


class Miss(StrEnum):
    """Why a question counts as missed."""

    NOT_RUN = "not run"
    ABSTAINED = "abstained wrongly"
    NOT_RETRIEVED = "not retrieved"
    NOT_CITED = "retrieved but not cited"
    ANSWERED = "answered though unanswerable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question, judged.

    :param row: what the archive gave, None if the question is missing from the run.
    :param passage_rank: rank of the first retrieved passage with the evidence, from 1; None if none has it.
    :param citation_rank: rank of the first citation that is evidence, from 1; None if none is.
    :param part_ranks: rank of the first retrieved passage with each part of the evidence, in the order of
        ``question.parts``.
    :param part_languages: language of the best evidence of each part, ISO 639-1, in the same order; None where no row
        tells the language of its article.
    :param cited_parts: how many parts of the evidence the citations have.
    :param miss: None where an answerable question has its evidence among the first three citations, or an unanswerable
        one was refused; else the first of the reasons that holds, in the order of :class:`Miss`.
    """

    question: Question
    row: Row | None
    passage_rank: int | None
    citation_rank: int | None
    miss: Miss | None
    part_ranks: tuple[int | None, ...] = ()
    part_languages: tuple[str | None, ...] = ()
    cited_parts: int = 0

    @property
    def answered(self) -> bool:
        """Whether there is an answer; a question missing from the run has none."""
        return self.row is not None and self.row.answer.answered


def judge(question: Question, row: Row | None, languages: Mapping[str, str | None] | None = None) -> Judgement:
    """Judge one question by what the archive gave, None where nothing did.

    :param languages: of the articles that are evidence, by the names that questions use; None takes the row's.
    """
    if languages is None:
        languages = {} if row is None else row.languages
    best = {evidence.part: evidence.article for evidence in reversed(question.evidence)}
    part_languages = tuple(languages.get(best[part]) for part in question.parts)
    if row is None:
        ranks = (None,) * len(question.parts)
        return Judgement(question, None, None, None, Miss.NOT_RUN, part_ranks=ranks, part_languages=part_languages)
    passages = [hit.passage for hit in row.hits]
    parts = [row.of_part(part) for part in question.parts]
    passage_rank = first_rank(passages, row.evidence, holds)
    citation_rank = first_rank(row.citations, row.evidence, cites)
    return Judgement(
        question,
        row,
        passage_rank,
        citation_rank,
        _miss(row, passage_rank, citation_rank),
        part_ranks=tuple(first_rank(passages, part, holds) for part in parts),
        part_languages=part_languages,
        cited_parts=sum(first_rank(row.citations, part, cites) is not None for part in parts),
    )


def judge_all(questions: Sequence[Question], rows: Iterable[Row]) -> tuple[Judgement, ...]:
    """Judge every question of the gold set, also those that the run lacks.

    :raises ValueError: a row is of no question of the set, or a question has two.
    """
    by_id: dict[str, Row] = {}
    for row in rows:
        if row.question.id in by_id:
            raise ValueError(f"Two rows of the question {row.question.id!r}.")
        by_id[row.question.id] = row
    if strangers := by_id.keys() - {question.id for question in questions}:
        raise ValueError(f"Rows of questions that are not in the gold set: {', '.join(sorted(strangers))}.")
    languages = {article: language for row in by_id.values() for article, language in row.languages.items()}
    return tuple(judge(question, by_id.get(question.id), languages) for question in questions)


def _miss(row: Row, passage_rank: int | None, citation_rank: int | None) -> Miss | None:
    if not row.question.answerable:
        return Miss.ANSWERED if row.answer.answered else None
    if not row.answer.answered:
        return Miss.ABSTAINED
    if citation_rank is not None and citation_rank <= CITED:
        return None
    return Miss.NOT_RETRIEVED if passage_rank is None else Miss.NOT_CITED
