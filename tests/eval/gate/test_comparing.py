"""The rule by which a figure fails, on tables of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.gate.comparing import compare
from eval.gate.table import GateError, Table, item


def table(values, column="mrr", digest="one", language="de"):
    return Table(digest, {f"q-{at:02}": item(language, [(column, value)]) for at, value in enumerate(values)})


def failures(before, after, column="mrr"):
    return compare({"set": table(before, column)}, {"set": table(after, column)}).failures


HALF = [1.0] * 20 + [0.0] * 20


class TestRule:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=30))
    def test_the_same_run_passes(self, values):
        assert not failures(values, values)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.floats(0, 0.5), min_size=1, max_size=30), st.sampled_from(["mrr", "refused_wrongly"]))
    def test_what_gets_better_everywhere_passes_and_its_opposite_fails(self, low, column):
        high = [value + 0.4 for value in low]
        worse, better = (low, high) if column == "mrr" else (high, low)
        assert not failures(worse, better, column)
        (failure,) = failures(better, worse, column)
        assert failure.column.name == column
        assert len(failure.worse) == len(low)

    def test_four_questions_lost_and_none_won_fail_far_within_the_figures_own_interval(self):
        (failure,) = failures(HALF, [0.0] * 4 + HALF[4:])
        assert failure.given.value > failure.expected.low
        assert failure.worse == tuple(f"q-0{at} (1 → 0)" for at in range(4))

    def test_two_questions_lost_of_forty_are_within_chance(self):
        assert not failures(HALF, [0.0] * 2 + HALF[2:])

    def test_as_many_won_as_lost_pass(self):
        assert not failures(HALF, [*HALF[:15], *[0.0] * 5, *[1.0] * 5, *HALF[25:]])

    def test_a_promise_that_all_questions_keep_is_broken_by_one(self):
        (failure,) = failures([1.0] * 200, [1.0] * 199 + [0.0], "quote_exactness")
        assert failure.worse == ("q-199 (1 → 0)",)

    def test_a_refusal_too_many_is_no_gain(self):
        (failure,) = failures([0.0] * 40, [1.0] * 5 + [0.0] * 35, "refused_wrongly")
        assert str(failure).startswith("set: answerable refused rose from 0.00 (0.00 to 0.00) to 0.12 (40 questions).")

    def test_a_language_is_compared_by_itself_where_the_column_says_so(self):
        column = "evidence_matched_by_terms"

        def both(polish):
            other = {f"en-{at}": item("en", [(column, at % 2)]) for at in range(200)}
            return Table("one", other | {f"pl-{at}": item("pl", [(column, one)]) for at, one in enumerate(polish)})

        found = compare({"set": both([0.8] * 6)}, {"set": both([0.8, 0.8, 0.7, 0.7, 0.75, 0.7])})
        assert {failure.language for failure in found.failures} == {None, "pl"}
        few = compare({"set": both([0.8] * 4)}, {"set": both([0.8, 0.7, 0.7, 0.75])})
        assert "pl" not in {failure.language for failure in few.failures}


class TestParts:
    def test_a_part_is_compared_with_the_same_questions_of_main(self):
        whole = table([1.0] * 20 + [0.0] * 20)
        part = Table("one", dict(list(whole.items.items())[20:]))
        assert not compare({"set": whole}, {"set": part}).failures

    def test_a_question_that_was_not_asked_for_a_figure_does_not_count_there(self):
        values = [("mrr", 1.0), ("evidence_matched_by_terms", 0.5)]
        whole = Table("one", {f"q-{at}": item("de", values) for at in range(10)})
        only_terms = {f"q-{at}": item("de", values[1:]) for at in range(5, 10)}
        part = Table("one", {f"q-{at}": item("de", values) for at in range(5)} | only_terms)
        assert not compare({"set": whole}, {"set": part}).failures


class TestBroken:
    def test_questions_that_broke_are_named_also_where_no_figure_fails(self):
        found = compare({"set": table([1, 1, 0, 0], "right")}, {"set": table([0, 1, 0, 1], "right")})
        assert not found.failures
        assert (found.broken, found.mended) == ({"set": ("q-00",)}, {"set": ("q-03",)})


class TestOtherQuestions:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({}, {"set": table([1.0])}),
            ({"set": table([1.0], digest="other")}, {"set": table([1.0])}),
            ({"set": table([1.0])}, {"set": table([1.0, 1.0])}),
            ({"set": table([1.0], "mrr")}, {"set": table([1.0], "cited")}),
        ],
        ids=["no such set", "other articles", "a question more", "another figure"],
    )
    def test_other_questions_or_figures_are_not_compared(self, before, after):
        with pytest.raises(GateError, match="Renew it"):
            compare(before, after)
