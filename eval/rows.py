"""What a run leaves of each question; every figure is computed from rows alone."""

from dataclasses import dataclass, field

from eval.gold_set import Question
from rag.answers import Answer, Citation, Hit
from rag.articles import Span


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what was answered.

    :param evidence: the question's evidence, one by one, as spans of the archive's articles.
    :param seconds: how long the answer took.
    :param inexact: the citations whose quote is not what stands at their span; there must be none.
    :param languages: of the articles that are evidence, ISO 639-1, by the names that the question uses; None where the
        archive does not know it.
    """

    question: Question
    evidence: tuple[Span, ...]
    answer: Answer
    seconds: float = 0.0
    inexact: tuple[Citation, ...] = ()
    languages: dict[str, str | None] = field(default_factory=dict)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The retrieved passages, best first."""
        return self.answer.hits

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The answer's citations in reading order."""
        return tuple(citation for statement in self.answer.statements for citation in statement.citations)

    def of_part(self, part: int) -> tuple[Span, ...]:
        """Return the alternatives of one part of the evidence."""
        return tuple(
            span for span, evidence in zip(self.evidence, self.question.evidence, strict=True) if evidence.part == part
        )
