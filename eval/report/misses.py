"""What was expected of a missed question, and what was given, as page, Markdown and tables show it."""

from typing import TypedDict

from eval.report.schema import EvidenceTree, QuestionTree

_GIVEN = 3
"""Citations shown: as many as an extractive answer has sentences."""


class Passage(TypedDict):
    """Words, and where they stand, empty where they stand nowhere."""

    text: str
    where: str


def expected(question: QuestionTree) -> list[Passage]:
    """Return the first alternative of each part of the evidence, or that no answer was expected and why."""
    if not question["answerable"]:
        return [{"text": "no answer", "where": question["note"]}]
    parts: dict[int, list[EvidenceTree]] = {}
    for evidence in question["evidence"]:
        parts.setdefault(evidence["part"], []).append(evidence)
    found: list[Passage] = []
    for first, *others in parts.values():
        more = f" (or {len(others)} other)" if others else ""
        where = f"{first['article']} {first['start']}–{first['end']}{more}"
        found.append({"text": first["quote"], "where": where})
    return found


def given(question: QuestionTree) -> list[Passage]:
    """Return the first citations, or the answer's text where it has none."""
    answer = question["given"]
    if answer is None:
        return [{"text": "nothing: it was not run", "where": ""}]
    if not answer["answered"] or not answer["citations"]:
        return [{"text": answer["text"], "where": ""}]
    return [
        {"text": cited["quote"], "where": f"{cited['article_id']} {cited['start']}–{cited['end']}"}
        for cited in answer["citations"][:_GIVEN]
    ]


def ranks(question: QuestionTree) -> str:
    """Return where among the passages and citations evidence was, nothing where there is no evidence or no answer."""
    answer = question["given"]
    if answer is None or not question["answerable"]:
        return ""
    passages, citations = len(answer["passages"]), len(answer["citations"])
    return (
        f"in passage {question['passage_rank'] or 'none'} of {passages}, "
        f"citation {question['citation_rank'] or 'none'} of {citations}"
    )
