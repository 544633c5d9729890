"""Judgements and figures on tiny literal rows: one article ``a``, whose characters 100 to 140 answer a question."""

from dataclasses import replace

import pytest

from eval.gold_set import Evidence, Question
from eval.metrics import Miss, by_language, figures, judge, judge_all
from eval.rows import Row
from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Verdict
from rag.articles import Passage, Span

EVIDENCE = (100, 140)
KNOWN = Question("known", "en", "Who sang?", True, (Evidence("a.txt", *EVIDENCE, "x" * 40),))
UNKNOWN = Question("unknown", "en", "Who danced?", False)


def elsewhere(number):
    """A sentence of the article that is no evidence."""
    return 1000 + 50 * number, 1040 + 50 * number


def retrieved(passages):
    return tuple(Hit(1 / rank, Passage("a", *span, "")) for rank, span in enumerate(passages, start=1))


def row(question, passages=((0, 400),), cited=(), inexact=0):
    """A row whose answer has one statement for each citation, the first ``inexact`` of which are misquoted."""
    citations = [Citation("a", start, end, "x" * (end - start), Verdict.SUPPORTED) for start, end in cited]
    return Row(
        question=question,
        evidence=tuple(Span("a", evidence.start, evidence.end) for evidence in question.evidence),
        answer=Answer(
            question.question, True, "…", tuple(Statement("…", (one,)) for one in citations), retrieved(passages)
        ),
        inexact=tuple(citations[:inexact]),
    )


def refused(question, passages=((0, 400),)):
    return Row(
        question=question,
        evidence=tuple(Span("a", evidence.start, evidence.end) for evidence in question.evidence),
        answer=Answer(question.question, False, NOT_ANSWERED, (), retrieved(passages)),
    )


def said(question):
    return row(question, cited=[elsewhere(1)])


RIGHT = row(KNOWN, cited=[EVIDENCE])
CITED_LATE = row(KNOWN, cited=[elsewhere(1), elsewhere(2), elsewhere(3), EVIDENCE])


class TestJudge:
    def test_ranks_start_at_1(self):
        judged = judge(KNOWN, row(KNOWN, passages=[(500, 900), (0, 400)], cited=[(500, 540), EVIDENCE]))
        assert (judged.passage_rank, judged.citation_rank, judged.miss) == (2, 2, None)

    def test_citations_are_counted_across_statements(self):
        judged = judge(KNOWN, row(KNOWN, cited=[elsewhere(1), elsewhere(2), elsewhere(3), EVIDENCE]))
        assert judged.citation_rank == 4
        assert judged.miss is Miss.NOT_CITED

    @pytest.mark.parametrize(
        ("question", "given", "miss"),
        [
            (KNOWN, RIGHT, None),
            (KNOWN, None, Miss.NOT_RUN),
            (KNOWN, refused(KNOWN), Miss.ABSTAINED),
            (KNOWN, row(KNOWN, passages=[(500, 900)], cited=[elsewhere(1)]), Miss.NOT_RETRIEVED),
            (KNOWN, row(KNOWN, passages=[(0, 400)], cited=[elsewhere(1)]), Miss.NOT_CITED),
            (KNOWN, row(KNOWN, passages=[(0, 400)], cited=[]), Miss.NOT_CITED),
            (KNOWN, CITED_LATE, Miss.NOT_CITED),
            (UNKNOWN, refused(UNKNOWN), None),
            (UNKNOWN, None, Miss.NOT_RUN),
            (UNKNOWN, said(UNKNOWN), Miss.ANSWERED),
        ],
    )
    def test_why_it_is_a_miss(self, question, given, miss):
        assert judge(question, given).miss is miss

    def test_evidence_cited_without_being_among_the_retrieved_passages_is_no_miss(self):
        judged = judge(KNOWN, row(KNOWN, passages=[(500, 900)], cited=[EVIDENCE]))
        assert (judged.passage_rank, judged.miss) == (None, None)


class TestJudgeAll:
    def test_keeps_the_order_of_the_gold_set_and_what_was_not_run(self):
        judged = judge_all([UNKNOWN, KNOWN], [RIGHT])
        assert [(one.question.id, one.miss) for one in judged] == [("unknown", Miss.NOT_RUN), ("known", None)]

    def test_two_rows_of_a_question(self):
        with pytest.raises(ValueError, match="Two rows of the question 'known'"):
            judge_all([KNOWN], [RIGHT, RIGHT])

    def test_a_row_of_another_set(self):
        with pytest.raises(ValueError, match="not in the gold set: other"):
            judge_all([KNOWN], [replace(RIGHT, question=replace(KNOWN, id="other"))])


OTHER = replace(KNOWN, id="other")
UNKNOWN_TOO = replace(UNKNOWN, id="unknown too")


def of(questions, rows):
    return figures(judge_all(questions, rows))


class TestFigures:
    def test_all_right(self):
        found = of([KNOWN, UNKNOWN], [RIGHT, refused(UNKNOWN)])
        assert (found.questions, found.answerable, found.unanswerable) == (2, 1, 1)
        assert found.passage_hit_at_1 == found.passage_hit_at_3 == 1
        assert found.citation_hit_at_1 == found.citation_hit_at_3 == 1
        assert (found.answered_rightly, found.abstained_rightly, found.abstained_wrongly) == (1, 1, 0)
        assert (found.citations, found.quote_exactness) == (1, 1)

    def test_all_wrong(self):
        found = of([KNOWN, UNKNOWN], [refused(KNOWN, passages=[(500, 900)]), said(UNKNOWN)])
        assert found.passage_hit_at_1 == found.passage_hit_at_3 == 0
        assert found.citation_hit_at_1 == found.citation_hit_at_3 == 0
        assert (found.answered_rightly, found.abstained_rightly, found.abstained_wrongly) == (0, 0, 1)

    def test_a_question_missing_from_the_run_counts_as_0(self):
        found = of([KNOWN, OTHER, UNKNOWN, UNKNOWN_TOO], [RIGHT, refused(UNKNOWN)])
        assert found.passage_hit_at_1 == found.passage_hit_at_3 == 0.5
        assert found.citation_hit_at_1 == found.citation_hit_at_3 == 0.5
        assert (found.answered_rightly, found.abstained_rightly, found.abstained_wrongly) == (0.5, 0.5, 0.5)

    @pytest.mark.parametrize(
        ("rank", "at_1", "at_3", "at_5"),
        [(1, 1, 1, 1), (2, 0, 1, 1), (3, 0, 1, 1), (4, 0, 0, 1), (5, 0, 0, 1), (6, 0, 0, 0)],
    )
    def test_hits_are_counted_to_1_3_and_5(self, rank, at_1, at_3, at_5):
        before = [elsewhere(number) for number in range(1, rank)]
        found = of([KNOWN], [row(KNOWN, passages=[*before, (0, 400)], cited=[*before, EVIDENCE])])
        assert (found.passage_hit_at_1, found.passage_hit_at_3, found.passage_hit_at_5) == (at_1, at_3, at_5)
        assert (found.citation_hit_at_1, found.citation_hit_at_3) == (at_1, at_3)

    def test_an_answer_with_wrong_citations_still_counts_as_answered(self):
        found = of([KNOWN], [said(KNOWN)])
        assert (found.answered_rightly, found.abstained_wrongly, found.citation_hit_at_3) == (1, 0, 0)

    def test_an_unanswerable_question_touches_no_hit(self):
        assert of([KNOWN, UNKNOWN], [RIGHT, said(UNKNOWN)]).citation_hit_at_1 == 1

    def test_no_share_of_nothing(self):
        found = of([UNKNOWN], [refused(UNKNOWN)])
        assert found.passage_hit_at_1 is found.citation_hit_at_3 is found.abstained_wrongly is None
        assert found.quote_exactness is None
        assert of([KNOWN], [RIGHT]).abstained_rightly is None

    def test_quotes_are_counted_by_citation_over_all_answers(self):
        misquoted = row(UNKNOWN, cited=[elsewhere(1), elsewhere(2), elsewhere(3)], inexact=1)
        found = of([KNOWN, UNKNOWN], [RIGHT, misquoted])
        assert (found.citations, found.quote_exactness) == (4, 0.75)


class TestByLanguage:
    def test_each_question_counts_for_its_own_language(self):
        french = replace(OTHER, language="fr")
        judged = judge_all([french, KNOWN, UNKNOWN], [RIGHT, refused(UNKNOWN), refused(french)])
        found = by_language(judged)
        assert list(found) == ["en", "fr"]
        assert (found["en"].questions, found["en"].citation_hit_at_1) == (2, 1)
        assert (found["fr"].questions, found["fr"].citation_hit_at_1) == (1, 0)
