"""Questions that no article answers, though they look like ones that do: a term is swapped for a stranger's."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from eval.drafting.proposal import Proposal
from eval.drafting.terms import Term, holders, spread
from rag.archive import Archive


def near_misses(archive: Archive, proposals: Sequence[Proposal], wanted: int) -> list[Proposal]:
    """Swap a term of a question for one of the same kind, from the question of another article.

    Of the same language if there is one; else numbers of any, and names of any that is written in the same script.
    The new term stands neither in the question's article nor in any that holds the old one.

    :param wanted: how many at most, of one question each.
    """
    held = holders(archive, {term.text for proposal in proposals for term in proposal.terms})
    found: list[Proposal] = []
    for index in spread(len(proposals)):
        if len(found) == wanted:
            break
        proposal = proposals[index]
        others = [*proposals[index + 1 :], *proposals[:index]]
        for term in proposal.terms:
            if proposal.question.question.count(term.text) > 1:
                continue
            near = held[term.text] | {proposal.article_id}
            stranger = _stranger(term, proposal, others, near, held)
            if stranger is not None:
                found.append(_swapped(proposal, term, stranger))
                break
    return found


def _stranger(
    term: Term,
    proposal: Proposal,
    others: Sequence[Proposal],
    near: frozenset[str],
    held: dict[str, frozenset[str]],
) -> str | None:
    language = proposal.question.language
    fitting = [
        (other.question.language != language, one.text)
        for other in others
        for one in other.terms
        if one.kind == term.kind and not held[one.text] & near
    ]
    possible = [(foreign, text) for foreign, text in fitting if not foreign or _is_at_home(term, text)]
    return min(possible, key=lambda one: one[0])[1] if possible else None


def _is_at_home(term: Term, stranger: str) -> bool:
    """Tell whether a term of another language may stand in place of this one."""
    if term.kind == "name":
        return _script(term.text) == _script(stranger)
    return term.kind == "number"


def _script(text: str) -> str:
    """Return the first word of the first letter's Unicode name: ``LATIN``, ``CYRILLIC``."""
    return next((unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()), "")


def _swapped(proposal: Proposal, term: Term, stranger: str) -> Proposal:
    text = proposal.question.question
    question = replace(
        proposal.question,
        question=f"{text[: term.start]}{stranger}{text[term.end :]}",
        answerable=False,
        evidence=(),
        answer="",
        answers=(),
        kind="unanswerable",
        note=f"other {term.kind}: “{stranger}” put in place of “{term.text}” of {proposal.article_id}",
    )
    return Proposal(question, proposal.article_id)
