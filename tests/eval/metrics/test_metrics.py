"""Judgements and figures on tiny literal rows: one article ``a``, whose characters 100 to 140 answer a question."""

from dataclasses import replace

import pytest

from eval.gold_set import Evidence, Question
from eval.metrics import (
    MEASURES,
    Miss,
    figures,
    grouped,
    judge,
    judge_all,
    kind_of,
    language_of,
    measure,
    pair_of,
)
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
GERMAN = {"a.txt": "de"}


def of(questions, rows):
    """The means by the measure's name."""
    return {name: one.value for name, one in figures(judge_all(questions, rows)).items()}


def answered(question, text, *answers):
    question = replace(question, answers=answers)
    given = row(question, cited=[EVIDENCE])
    return question, replace(given, question=question, answer=replace(given.answer, text=text))


class TestMeasures:
    def test_a_name_is_found_and_there_is_one_of_each(self):
        assert measure("mrr").name == "mrr"
        assert len({one.name for one in MEASURES}) == len({one.label for one in MEASURES}) == len(MEASURES)

    def test_an_unknown_name(self):
        with pytest.raises(ValueError, match="no measure 'map'; there are evidence_hit_at_1"):
            measure("map")

    @pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.name)
    def test_a_question_missing_from_the_run_has_the_worst_value(self, one):
        known = replace(KNOWN, answers=("Anna",))
        values = [one.of(judge(question, None)) for question in (known, UNKNOWN)]
        worst = 0 if one.higher_is_better else 1
        assert set(values) <= {worst, None}
        assert worst in values

    @pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.name)
    def test_half_the_run_missing_halves_what_is_right(self, one):
        questions, rows = zip(*(answered(replace(KNOWN, id=name), "Anna", "Anna") for name in "ab"), strict=True)
        questions, rows = (*questions, UNKNOWN, UNKNOWN_TOO), (*rows, refused(UNKNOWN), refused(UNKNOWN_TOO))
        whole, half = of(questions, rows), of(questions, [rows[0], rows[2]])
        best, worst = (1, 0) if one.higher_is_better else (0, 1)
        assert whole[one.name] == best
        # A refusal has no citations to count, a question missing from the run has none that are right.
        share = 1 / 3 if one.name in COUNTED_WHERE_ANSWERED else 1 / 2
        assert half[one.name] == pytest.approx(best * share + worst * (1 - share))

    @pytest.mark.parametrize(
        ("rank", "at_1", "at_3", "at_5"),
        [(1, 1, 1, 1), (2, 0, 1, 1), (3, 0, 1, 1), (4, 0, 0, 1), (5, 0, 0, 1), (6, 0, 0, 0)],
    )
    def test_hits_are_counted_to_1_3_and_5(self, rank, at_1, at_3, at_5):
        before = [elsewhere(number) for number in range(1, rank)]
        found = of([KNOWN], [row(KNOWN, passages=[*before, (0, 400)], cited=[*before, EVIDENCE])])
        assert [found[f"evidence_hit_at_{k}"] for k in (1, 3, 5)] == [at_1, at_3, at_5]
        assert (found["cited"], found["mrr"]) == (at_3, pytest.approx(1 / rank))
        assert found["evidence_precision"] == pytest.approx(1 / rank)

    def test_parts_are_counted_apart(self):
        second = replace(KNOWN.evidence[0], start=1000, end=1040, part=2)
        question = replace(KNOWN, evidence=(*KNOWN.evidence, second))
        given = row(question, passages=[(0, 400), (400, 800), (500, 900), (900, 1300)], cited=[EVIDENCE])
        found = of([question], [given])
        assert (found["evidence_hit_at_1"], found["evidence_recall_at_3"], found["evidence_recall_at_10"]) == (
            1,
            0.5,
            1,
        )
        assert (found["cited"], found["evidence_cited"]) == (1, 0.5)

    def test_an_answer_with_wrong_citations_still_counts_as_answered(self):
        found = of([KNOWN], [said(KNOWN)])
        assert (found["refused_wrongly"], found["cited"]) == (0, 0)

    def test_an_unanswerable_question_that_is_answered(self):
        found = of([KNOWN, UNKNOWN], [RIGHT, said(UNKNOWN)])
        assert (found["evidence_hit_at_1"], found["refused_rightly"], found["evidence_precision"]) == (1, 0, 0.5)

    def test_a_refusal_says_nothing_that_is_accepted(self):
        question, _ = answered(KNOWN, "Anna", "The archive does not answer this.")
        found = of([question], [replace(refused(KNOWN), question=question)])
        assert found["exact_match"] == found["token_f1"] == found["answer_contained"] == 0

    def test_no_mean_of_nothing(self):
        found = of([UNKNOWN], [refused(UNKNOWN)])
        assert found["evidence_hit_at_1"] is found["refused_wrongly"] is found["quote_exactness"] is None
        assert of([KNOWN], [RIGHT])["exact_match"] is None

    def test_quotes_are_counted_by_answer(self):
        misquoted = row(UNKNOWN, cited=[elsewhere(1), elsewhere(2), elsewhere(3), elsewhere(4)], inexact=1)
        assert of([KNOWN, UNKNOWN], [RIGHT, misquoted])["quote_exactness"] == 0.875


COUNTED_WHERE_ANSWERED = {"citation_precision", "citation_recall", "evidence_precision", "quote_exactness"}


class TestGrouped:
    def test_each_question_counts_for_its_own_language(self):
        french = replace(OTHER, language="fr")
        found = grouped(judge_all([french, KNOWN, UNKNOWN], [RIGHT, refused(UNKNOWN), refused(french)]), language_of)
        assert list(found) == ["en", "fr"]
        assert (found["en"]["cited"].value, found["en"]["refused_rightly"].value) == (1, 1)
        assert (found["fr"]["cited"].value, found["fr"]["cited"].n) == (0, 1)

    def test_pairs_are_of_the_best_evidence_and_the_unanswerable_are_in_none(self):
        judged = judge_all([KNOWN, OTHER, UNKNOWN], [replace(RIGHT, languages=GERMAN), refused(UNKNOWN)])
        found = grouped(judged, pair_of)
        assert list(found) == ["en→de"]
        assert (found["en→de"]["cited"].value, found["en→de"]["cited"].n) == (0.5, 2)

    def test_a_set_that_names_no_kinds(self):
        assert grouped(judge_all([KNOWN], [RIGHT]), kind_of) == {}
        assert list(grouped([judge(replace(KNOWN, kind="fact"), None)], kind_of)) == ["fact"]
