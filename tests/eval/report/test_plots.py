from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.plots import STEPS, curves, heat_map, histogram, reach, strip

SHARE = st.floats(0, 1)
NAME = st.text(min_size=1, max_size=6).filter(
    lambda name: all(ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000 for c in name)
)


def parsed(svg):
    return ElementTree.fromstring(svg.replace("\ufffe", "").replace("\uffff", ""))


def boxes(svg):
    """Each rect as x, y, width and height."""
    return [tuple(float(rect.get(key)) for key in ("x", "y", "width", "height")) for rect in parsed(svg).iter("rect")]


def texts(svg, kind):
    return [text.text for text in parsed(svg).iter("text") if kind in text.get("class").split()]


CELLS = {("de", "en"): (0.874, 12), ("en", "en"): (1.0, 40), ("en", "de"): (0.2, 3), ("fr", "de"): (None, 0)}


class TestHeatMap:
    def test_a_field_for_each_pair_with_share_and_number(self):
        svg = heat_map(CELLS, "hit@3")
        assert texts(svg, "value") == [".87", ".20", "1", "–"]
        assert texts(svg, "count") == ["12", "3", "40", "0"]

    def test_colour_and_faintness(self):
        classes = [group.get("class") for group in parsed(heat_map(CELLS, "")).iter("g")]
        assert classes == ["cell h4", "cell h0 few", "cell h5", "cell none few"]

    def test_says_all_to_those_who_do_not_see_it(self):
        label = parsed(heat_map(CELLS, "hit@3")).get("aria-label")
        assert label.startswith("hit@3. de to en 0.87 of 12;")

    def test_all_comes_last(self):
        svg = heat_map({("all", "all"): (0.1, 1), ("zh", "zh"): (0.9, 1)}, "")
        (x, y, *_), (other_x, other_y, *_) = boxes(svg)  # all was drawn first
        assert x > other_x
        assert y > other_y

    @given(st.dictionaries(st.tuples(NAME, NAME), st.tuples(SHARE, st.integers(0, 999)), min_size=1, max_size=60))
    def test_no_field_lies_on_another_or_outside(self, cells):
        svg = heat_map(cells, "what")
        *_, width, height = map(float, parsed(svg).get("viewBox").split())
        found = boxes(svg)
        assert len(found) == len(cells)
        assert len({(x, y) for x, y, *_ in found}) == len(cells)
        assert all(x >= 0 and y >= 0 and w > 5 and x + w <= width and y + h <= height for x, y, w, h in found)
        lefts, tops = (sorted({box[axis] for box in found}) for axis in (0, 1))
        assert all(b - a > found[0][2] - 0.2 for a, b in pairwise(lefts))
        assert all(b - a > found[0][3] - 0.2 for a, b in pairwise(tops))


class TestCurves:
    def test_a_line_for_each_system_and_its_name(self):
        svg = curves({"ours": [(0.5, 0.0), (1.0, 0.2)], "theirs <b>": [(0.5, 0.4), (1.0, 0.5)]})
        assert len(list(parsed(svg).iter("polyline"))) == 2
        assert texts(svg, "key") == ["ours", "theirs <b>"]
        assert "ours 0.00 at half of them, 0.20 at all" in parsed(svg).get("aria-label")

    @given(st.lists(SHARE, min_size=1, max_size=40))
    def test_stays_inside(self, risks):
        svg = curves({"ours": [(number / len(risks), risk) for number, risk in enumerate(risks, start=1)]})
        *_, width, height = map(float, parsed(svg).get("viewBox").split())
        for line in parsed(svg).iter("polyline"):
            points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
            assert all(0 <= x <= width and 20 <= y <= height for x, y in points)


BINS = ((10, 20, 3), (20, 50, 6), (50, 100, 0))


class TestHistogram:
    def test_bars_as_tall_as_their_numbers(self):
        (_, _, _, first), (_, _, _, second), (_, _, _, none) = boxes(histogram(BINS, {}))
        assert second == pytest.approx(2 * first)
        assert none == 0

    def test_marks_stand_in_their_bins(self):
        svg = histogram(BINS, {"median": 20.0, "p95": 200.0, "p99": None})
        assert texts(svg, "key") == ["median 20 ms"]  # the other is outside of all bins
        (mark,) = (line for line in parsed(svg).iter("line") if line.get("class") == "mark")
        assert float(mark.get("x1")) == pytest.approx(boxes(svg)[1][0] - 0.5, abs=0.1)

    def test_of_nothing(self):
        assert boxes(histogram([], {"median": None})) == []


class TestStrip:
    def dot(self, svg):
        return float(next(parsed(svg).iter("circle")).get("cx"))

    def test_the_dot_stands_where_the_value_is(self):
        assert (self.dot(strip(0, 0, 0)), self.dot(strip(0.5, 0, 1)), self.dot(strip(1, 1, 1))) == (4, 60, 116)

    def test_a_difference_has_a_zero_line_at_zero(self):
        svg = strip(-0.2, -0.3, -0.1, (-0.4, 0.4), "bad")
        (zero,) = (line for line in parsed(svg).iter("line") if line.get("class") == "zero")
        assert float(zero.get("x1")) == 60
        assert self.dot(svg) == 32
        assert parsed(svg).get("class") == "plot strip bad"
        assert parsed(svg).get("aria-label") == "−0.20, interval −0.30 to −0.10"

    def test_without_a_value(self):
        assert list(parsed(strip(None, None, None)).iter("circle")) == []


@given(st.lists(st.none() | st.floats(-1, 1), max_size=5))
def test_reach_holds_all_differences(values):
    low, high = reach(values)
    assert low == -high <= -0.1
    assert all(low <= value <= high for value in values if value is not None)


def test_steps_ascend():
    assert list(STEPS) == sorted(STEPS)
