"""What is proposed, before it has an id."""

from dataclasses import dataclass, replace

from eval.drafting.terms import Term
from eval.gold_set import Question


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question and where it comes from.

    :param question: not reviewed; without an id.
    :param article_id: of the article it was made from.
    :param terms: the terms of the question's text that another can be put in place of.
    """

    question: Question
    article_id: str
    terms: tuple[Term, ...] = ()

    def named(self, number: int) -> Question:
        """Return the question with the id of its place in the file, from 1."""
        return replace(self.question, id=f"draft-{number:03}")
