"""Ours beside a baseline's on literal rows: one article ``a``, whose characters 100 to 140 answer every question."""

import pytest

from eval.against import COMPARED, compare, differences, print_comparison, worst_pair
from eval.gold_set import Evidence, Question
from eval.metrics import judge
from eval.rows import Row
from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Verdict
from rag.articles import Passage, Span

HELD, MISSED = (0, 400), (500, 900)


def judged(number, passage=HELD, answered=True, answerable=True, pair="en→de"):
    evidence = (Evidence("a.txt", 100, 140, "x" * 40),) if answerable else ()
    asked, told = pair.split("→")
    question = Question(f"{pair} {number}", asked, "Who sang?", answerable, evidence)
    hits = (Hit(1.0, Passage("a", *passage, "")),)
    statements = (Statement("…", (Citation("a", *passage, "…", Verdict.SUPPORTED),)),) if answered else ()
    answer = Answer("Who sang?", answered, "…" if answered else NOT_ANSWERED, statements, hits)
    spans = tuple(Span("a", 100, 140) for _ in evidence)
    return judge(question, Row(question, spans, answer, languages={"a.txt": told}))


def by_name(comparisons):
    return {each.measure.name: each for each in comparisons if each.pair is None}


class TestCompare:
    def test_every_measure_ours_theirs_and_the_difference(self):
        ours = [judged(1), judged(2), judged(3, answered=False, answerable=False)]
        theirs = [judged(1), judged(2, MISSED), judged(3, answerable=False)]
        found = by_name(compare(ours, theirs))
        assert tuple(found) == COMPARED
        hits = found["evidence_hit_at_3"]
        assert (hits.ours.value, hits.theirs.value, hits.difference.value) == (1, 0.5, 0.5)
        precision = found["evidence_precision"]
        assert (precision.ours.value, precision.theirs.value) == (1, 1 / 3)  # one cites evidence, two none
        assert (found["refused_rightly"].difference.value, found["refused_wrongly"].difference.value) == (1, 0)

    def test_a_question_that_one_refused_is_in_no_difference_of_citations(self):
        ours = [judged(1, answered=False), judged(2)]
        theirs = [judged(1, MISSED), judged(2, MISSED)]
        precision = by_name(compare(ours, theirs))["evidence_precision"]
        assert (precision.ours.n, precision.theirs.n, precision.difference.n) == (1, 2, 1)
        assert precision.difference.value == 1

    def test_ahead_where_the_interval_excludes_zero(self):
        ours = [judged(number) for number in range(20)]
        theirs = [judged(number, MISSED if number % 2 else HELD, answered=number < 10) for number in range(20)]
        found = by_name(compare(ours, theirs))
        assert found["evidence_hit_at_3"].ahead is True
        assert found["refused_wrongly"].ahead is True  # there, less is better
        assert by_name(compare(theirs, ours))["refused_wrongly"].ahead is False
        assert by_name(compare(ours, ours))["evidence_hit_at_3"].ahead is None
        assert found["refused_rightly"].ahead is None  # no question is unanswerable

    def test_a_system_with_itself_differs_nowhere(self):
        same = [judged(number, HELD if number % 3 else MISSED) for number in range(12)]
        assert {found.difference.value for found in compare(same, same)} <= {0, None}

    def test_other_questions(self):
        with pytest.raises(ValueError, match="different questions"):
            compare([judged(1)], [judged(2)])


class TestWorstPair:
    def test_the_one_of_ten_questions_or_more_with_the_fewest_hits(self):
        many = [judged(number, HELD if number else MISSED, pair="en→de") for number in range(10)]
        worse = [judged(number, HELD if number > 2 else MISSED, pair="pl→it") for number in range(10)]
        few = [judged(number, MISSED, pair="uk→fr") for number in range(9)]
        unanswerable = [judged(number, answerable=False, pair="tr→tr") for number in range(10)]
        assert worst_pair(many + worse + few + unanswerable) == "pl→it"
        assert worst_pair(few + unanswerable) is None

    def test_theirs_is_measured_in_the_pair_that_is_our_worst(self):
        ours = [judged(n, HELD if n else MISSED, pair="en→de") for n in range(10)]
        ours += [judged(n, pair="pl→it") for n in range(10)]
        theirs = [judged(n, HELD if n < 2 else MISSED, pair="en→de") for n in range(10)]
        theirs += [judged(n, MISSED, pair="pl→it") for n in range(10)]
        (found,) = [each for each in compare(ours, theirs) if each.pair is not None]
        assert (found.measure.name, found.pair) == ("evidence_hit_at_3", "en→de")
        assert (found.ours.value, found.theirs.value, found.difference.n) == (0.9, 0.2, 10)
        assert found.difference.value == pytest.approx(0.7)


class TestOutput:
    def test_differences_are_of_all_questions(self):
        ours = [judged(number) for number in range(10)]
        theirs = [judged(number, MISSED) for number in range(10)]
        found = differences(compare(ours, theirs))
        assert tuple(found) == COMPARED
        assert (found["evidence_hit_at_3"].value, found["evidence_hit_at_3"].n) == (1, 10)

    def test_the_table(self, capsys, monkeypatch):
        monkeypatch.setenv("COLUMNS", "120")
        ours = [judged(number) for number in range(10)]
        theirs = [judged(number, MISSED if number else HELD) for number in range(10)]
        print_comparison("quickstart", compare(ours, theirs))
        lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
        assert "questions ours quickstart difference 95 %" in lines
        assert any(line.startswith("evidence in the first 3 passages 10 1.000 0.100 +0.900 +0.7") for line in lines)
        assert any(line.startswith("… en→de, our worst pair 10 1.000 0.100 +0.900") for line in lines)
        assert "unanswerable refused 0 – – – –" in lines
