"""The archive's terms alone: how well stems and lemmas bring a question and its evidence together.

The archive finds a passage by several ways, and where one fails the others find it: with no stemmer for a language, at
most one of the newsroom's 288 answerable questions changes at all. So the terms are measured by themselves.
"""

from collections.abc import Sequence

from eval.gold_set import Question
from eval.metrics.overlap import holds
from eval.rows import Row
from eval.runner import ArticleIds, run
from rag.answers import NOT_ANSWERED, Answer, Hit
from rag.archive import Archive
from rag.filters import Filters
from rag.index import Index

PASSAGES = 100
"""As many as the archive takes from its terms as candidates."""


def matched(archive: Archive, questions: Sequence[Question], ids: ArticleIds) -> dict[str, float]:
    """Return how well terms match the evidence of each question that is in the language of its evidence.

    It is the score of the best passage that holds evidence, about 0 to 1 (the share of the question's terms, by BM25
    weight); 0 where none is among the first hundred. Across languages shared terms are chance, so those questions do
    not count.
    """
    asked = [question for question in questions if question.answerable]
    index = Index(archive.directory)
    try:
        active = index.active_build()
        build = None if active is None else active[0]

        def by_terms(question: Question) -> Answer:
            hits = () if build is None else _hits(index, build, question)
            return Answer(question.question, False, NOT_ANSWERED, (), hits)

        rows = run(archive, asked, ids, ask=by_terms)
    finally:
        index.close()
    return {row.question.id: _score(row) for row in rows if row.question.language in row.languages.values()}


def _hits(index: Index, build: int, question: Question) -> tuple[Hit, ...]:
    among = None if question.as_of is None else index.passing(Filters(published_to=question.as_of))
    found = index.matching(build, question.question, PASSAGES, among)
    passages = index.passages([number for number, _ in found])
    return tuple(Hit(score, passages[number]) for number, score in found if number in passages)


def _score(row: Row) -> float:
    scores = (hit.score for hit in row.hits if any(holds(hit.passage, evidence) for evidence in row.evidence))
    return max(scores, default=0.0)
