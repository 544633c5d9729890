"""What a run leaves of each question; every figure is computed from rows alone."""

from dataclasses import dataclass

from eval.gold_set import Question
from rag.answers import Answer, Citation, Hit
from rag.articles import Span


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what the archive gave.

    :param evidence: the question's evidence as spans of the archive's articles.
    :param hits: the retrieved passages, best first.
    :param inexact: the citations whose quote is not what stands at their span; there must be none.
    """

    question: Question
    evidence: tuple[Span, ...]
    hits: tuple[Hit, ...]
    answer: Answer
    inexact: tuple[Citation, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The answer's citations in reading order."""
        return tuple(citation for statement in self.answer.statements for citation in statement.citations)
