"""RGB: which passages a question is asked of, and what counts as told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.benchmarks.rgb import (
    PASSAGES,
    all_false,
    every_other_false,
    from_several,
    holds_answer,
    measure_set,
    with_noise,
)


def record(positive, negative):
    return {
        "positive": [f"p{number}" for number in range(positive)],
        "negative": [f"n{number}" for number in range(negative)],
    }


class TestPassages:
    @pytest.mark.parametrize(
        ("share", "positive", "negative", "chosen"),
        [
            (0.0, 9, 9, "p0 p1 p2 p3 p4"),
            (0.4, 9, 9, "p0 p1 p2 n0 n1"),
            (0.8, 9, 9, "p0 n0 n1 n2 n3"),
            (1.0, 9, 9, "n0 n1 n2 n3 n4"),
            (0.0, 2, 9, "p0 p1 n0 n1 n2"),
            (0.8, 9, 1, "p0 p1 p2 p3 n0"),
            (1.0, 9, 2, "n0 n1"),
        ],
    )
    def test_with_noise(self, share, positive, negative, chosen):
        assert " ".join(with_noise(share, record(positive, negative))) == chosen

    @given(st.sampled_from([0.0, 0.2, 0.4, 0.6, 0.8]), st.integers(0, 9), st.integers(0, 9))
    def test_never_more_than_five_nor_one_twice(self, share, positive, negative):
        chosen = with_noise(share, record(positive, negative))
        assert len(chosen) == len(set(chosen)) == min(PASSAGES, positive + negative)

    @pytest.mark.parametrize(
        ("share", "chosen"), [(0.0, "a0 b0 a1 a2 n0"), (0.4, "a0 b0 a1 n0 n1"), (0.8, "a0 b0 n0 n1 n2")]
    )
    def test_from_several_one_for_each_part_first(self, share, chosen):
        parts = {"positive": [["a0", "a1", "a2"], ["b0"]], "negative": ["n0", "n1", "n2", "n3"]}
        assert " ".join(from_several(share, parts)) == chosen

    def test_false_ones(self):
        facts = {"positive_wrong": ["w0", "w1", "w2"], "positive": ["p0", "p1", "p2"]}
        assert all_false(facts) == ["w0", "w1", "w2"]
        assert every_other_false(facts) == ["w0", "p1", "w2"]
        assert every_other_false({"positive_wrong": ["w0"], "positive": ["p0"]}) == []


class TestHoldsAnswer:
    @pytest.mark.parametrize(
        ("answer", "holds"),
        [
            ("monday", True),
            ("Friday", False),
            (["Monday", "storm"], True),
            (["Monday", "Friday"], False),
            ([["Friday", "Monday"], "storm"], True),
            ([["Friday", "Sunday"], "storm"], False),
        ],
    )
    def test_every_part_in_one_of_its_forms(self, answer, holds):
        assert holds_answer(answer, "Closed on Monday after a\nstorm.", "en") is holds

    def test_chinese_without_spaces(self):
        assert holds_answer("1月 3日", "2022年1月3日 上午", "zh")


class TestMeasure:
    def test_each_condition_of_each_file(self, sets, bar):
        groups = measure_set(sets / "rgb", None, bar).groups
        assert list(groups) == [
            *(f"en, noise {share}" for share in ("0", "0.2", "0.4", "0.6", "0.8")),
            "en, rejection",
            *(f"en, integration, noise {share}" for share in ("0", "0.2", "0.4")),
            "en, all false",
            "en, half false",
        ]
        value = {group: {name: each.value for name, each in found.items()} for group, found in groups.items()}
        assert value["en, noise 0.6"] == {"answer_quoted": 1, "refused": 0}
        assert value["en, rejection"] == {"answer_quoted": 0, "refused": 1}
        assert value["en, all false"]["answer_quoted"] == 0
        assert value["en, all false"]["false_answer_quoted"] == 1
        assert value["en, half false"].keys() == value["en, all false"].keys()

    def test_the_corrected_file_goes_first_and_passages_without_words_are_left_out(self, sets, tmp_path, bar):
        (tmp_path / "en.json").write_text("not read")
        (line,) = (sets / "rgb" / "en.json").read_text().splitlines()
        refined = json.loads(line)
        refined["positive"][1] = "..."
        (tmp_path / "en_refine.json").write_text(json.dumps(refined))
        assert measure_set(tmp_path, None, bar).groups["en, noise 0"]["answer_quoted"].value == 1
