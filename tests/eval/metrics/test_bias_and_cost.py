from dataclasses import replace

import pytest

from eval.gold_set import Evidence, Question
from eval.metrics import judge, judge_all, pair_of
from eval.metrics.bias import LEAST, language_bias
from eval.metrics.cost import latency, usage
from eval.rows import Row
from rag.answers import Answer, Hit, Usage
from rag.articles import Passage, Span


def row(number, rank, language="de", seconds=0.0, used=None):
    """A question whose evidence is in the passage of this rank, None in none."""
    question = Question(f"q{number}", "en", "?", True, (Evidence(f"{language}.txt", 0, 10, "x" * 10),))
    spans = [(0, 10) if at == rank else (20 * at, 20 * at + 10) for at in range(1, 11)]
    hits = tuple(Hit(1.0, Passage(language, *span, "")) for span in spans)
    answer = Answer("?", True, "…", (), hits, usage=used)
    return Row(question, (Span(language, 0, 10),), answer, seconds, (), {f"{language}.txt": language})


def judged(*rows):
    return judge_all([one.question for one in rows], rows)


class TestLanguageBias:
    def test_mean_rank_by_language_of_the_evidence(self):
        german = [row(number, 1) for number in range(LEAST)]
        polish = [row(100 + number, 3 if number else None, "pl") for number in range(LEAST)]
        found = language_bias(judged(*german, *polish))
        assert found.mean_rank == {"de": 1, "pl": pytest.approx((11 + 3 * (LEAST - 1)) / LEAST)}
        assert found.parts == {"de": LEAST, "pl": LEAST}
        assert found.spread == pytest.approx(found.mean_rank["pl"] - 1)

    def test_few_parts_do_not_make_the_spread(self):
        found = language_bias(judged(*(row(number, 1) for number in range(LEAST)), row(100, 9, "pl")))
        assert found.mean_rank["pl"] == 9
        assert found.spread is None

    def test_a_question_missing_from_the_run_counts_as_the_rank_after_the_last(self):
        there, missing = row(1, 1), row(2, 1)
        found = judge_all([there.question, missing.question], [there])
        assert language_bias(found).mean_rank == {"de": 6}
        assert pair_of(found[1]) == "en→de"

    def test_without_evidence(self):
        found = language_bias([judge(Question("q", "en", "?", False), None)])
        assert (found.mean_rank, found.spread) == ({}, None)


class TestCost:
    def test_percentiles_and_bins(self):
        found = latency(judged(*(row(number, 1, seconds=number / 1000) for number in range(101))))
        assert (found.median, found.p95) == pytest.approx((50, 95))
        assert found.histogram[0] == (0, 1, 1)
        assert found.histogram[-1] == (100, 200, 1)
        assert sum(count for _, _, count in found.histogram) == 101
        assert [upper for _, upper, _ in found.histogram[:-1]] == [lower for lower, _, _ in found.histogram[1:]]

    def test_longer_than_the_last_bin(self):
        ((_, _, count),) = latency(judged(row(1, 1, seconds=1e6))).histogram
        assert count == 1

    def test_nothing_was_asked(self):
        found = latency([judge(row(1, 1).question, None)])
        assert (found.median, found.p95, found.histogram) == (None, None, ())

    def test_tokens_add_up(self):
        rows = [row(1, 1, used=Usage(10, 2, 0.5)), row(2, 1), row(3, 1, used=Usage(1, 1, 0.25))]
        assert usage(judged(*rows)) == Usage(11, 3, 0.75)
        unknown = replace(
            rows[0], question=replace(rows[0].question, id="x"), answer=replace(rows[0].answer, usage=Usage(1, 1))
        )
        assert usage(judged(*rows, unknown)).cost is None
        assert usage(judged(rows[1])) is None
