"""Plots as SVG: pure functions of numbers. Colours and letters come from the page's style sheet, by class.

They are drawn 360 units wide, the width of a phone, where a unit is then a pixel and letters stay readable.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import ceil

from eval.report.wording import shown, span_of

WIDTH = 360
ALL = "all"
"""What a row or column of a heat map is called that is no language but all of them; it comes last."""
STEPS = (0.50, 0.65, 0.75, 0.85, 0.95)
"""Where the heat map's colour changes. Below .75, what the worst pair of languages must reach, it warns."""
_ABREAST = 13
"""Languages side by side: a field then has room for its number."""
FEW = 10
"""A share of fewer questions than this is drawn faintly: it says little."""


def heat_map(cells: Mapping[tuple[str, str], tuple[float | None, int]], what: str) -> str:
    """Return a field for each pair of languages, its share and the number of questions in it.

    More languages of questions than there is room for stand in several blocks, one below the other.

    :param cells: share and number of questions by (language of the question, language of the evidence).
    :param what: what the share is of, for those who do not see it.
    """
    asked = _in_order(question for question, _ in cells)
    found = _in_order(evidence for _, evidence in cells)
    left, top, height = 30, 34, 32
    blocks = max(ceil(len(asked) / _ABREAST), 1)
    abreast = max(ceil(len(asked) / blocks), 1)
    block_height = len(found) * height + 26
    width = min((WIDTH - left) / abreast, 48)

    def corner(question: str, evidence: str) -> tuple[float, float]:
        block, column = divmod(asked.index(question), abreast)
        return left + column * width, top + block * block_height + found.index(evidence) * height

    body = [_text(left, 11, "language of the question →", "axis")]
    for at, name in enumerate(asked):
        x, y = corner(name, found[0])
        body.append(_text(x + width / 2, y - 7, name, "tick middle"))
        if at % abreast == 0:
            body += [
                _text(left - 6, y + (row + 0.5) * height + 4, other, "tick end") for row, other in enumerate(found)
            ]
    for (question, evidence), (value, n) in sorted(cells.items()):
        x, y = corner(question, evidence)
        tip = f"{question} → {evidence}: {shown(value)}, {_questions(n)}"
        step = "none" if value is None else f"h{sum(value >= edge for edge in STEPS)}"
        body.append(
            f'<g class="cell {step}{" few" if n < FEW else ""}"><title>{escape(tip)}</title>'
            f"{_rect(x + 0.75, y + 0.75, width - 1.5, height - 1.5)}"
            f"{_text(x + width / 2, y + 15, _short(value), 'value middle')}"
            f"{_text(x + width / 2, y + 26, str(n), 'count middle')}</g>"
        )
    bottom = top + blocks * block_height - 26
    body.append(_text(left - 26, bottom + 16, "↑ language of the evidence", "axis"))
    listed = "; ".join(f"{one} to {other} {shown(value)} of {n}" for (one, other), (value, n) in sorted(cells.items()))
    return _svg("heat", max(left + abreast * width, 180), bottom + 22, f"{what}. {listed}.", body)


def curves(lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Return risk–coverage curves: of the questions a system was surest to answer, how many no article answers.

    :param lines: (coverage, risk) of each system, coverage ascending.
    """
    left, right, top, height = 36, WIDTH - 14, 24, 190
    bottom = top + height
    highest = max((risk for line in lines.values() for _, risk in line), default=0.0)
    tick = 0.2 if highest > 0.5 else 0.1 if highest > 0.2 else 0.05  # noqa: PLR2004 - three to five lines
    ticks = max(ceil(highest / tick - 1e-9), 2)
    ceiling = tick * ticks

    def place(coverage: float, risk: float) -> tuple[float, float]:
        return left + coverage * (right - left), bottom - risk / ceiling * height

    body = [_text(left - 30, 11, "share that no article answers", "axis")]
    for number in range(ticks + 1):
        risk = tick * number
        _, y = place(0, risk)
        body += [_line(left, y, right, y, "grid"), _text(left - 6, y + 4, _plain(risk), "tick end")]
    for number in range(5):
        x, _ = place(number / 4, 0)
        body.append(_text(x, bottom + 16, f"{number / 4:.0%}", "tick middle"))
    body.append(_text(right, bottom + 32, "of the questions, surest first →", "axis end"))
    beside = left + 8 if _highest(lines, 0, 0.5) <= _highest(lines, 0.5, 1) else (left + right) / 2 + 20
    for order, (name, line) in enumerate(lines.items()):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in line))
        key = top + 8 + order * 16
        body += [
            f'<polyline class="curve s{order % 4}" points="{points}"><title>{escape(name)}</title></polyline>',
            _line(beside, key, beside + 22, key, f"curve s{order % 4}"),
            _text(beside + 28, key + 4, name, "key"),
        ]
    read = "; ".join(f"{name} {_at(line, 0.5)} at half of them, {_at(line, 1)} at all" for name, line in lines.items())
    label = f"Share that no article answers of the questions each system was surest to answer: {read}."
    return _svg("curves", WIDTH, bottom + 38, label, body)


def histogram(bins: Sequence[tuple[float, float, int]], marks: Mapping[str, float | None]) -> str:
    """Return bars of equal width, one a bin; bins grow as 1, 2, 5, 10 (:data:`eval.metrics.cost._EDGES`).

    :param bins: lower end, upper end and number of questions of each, ascending.
    :param marks: times to be marked, by name.
    """
    left, right, top, height = 10, WIDTH - 14, 52, 130
    bottom = top + height
    most = max((n for *_, n in bins), default=0) or 1
    width = (right - left) / max(len(bins), 1)
    body = [_text(left, 11, "questions", "axis")]
    for at, (low, high, n) in enumerate(bins):
        tall = n / most * height
        tip = f"{_number(low)} to {_number(high)} ms: {_questions(n)}"
        bar = _rect(left + at * width + 0.5, bottom - tall, max(width - 1, 0.5), tall)
        body.append(f'<g class="bar"><title>{tip}</title>{bar}</g>')
    body.append(_line(left, bottom, right, bottom, "base"))
    every = max(ceil((len(bins) + 1) / 7), 1)
    edges = [low for low, *_ in bins] + [high for _, high, _ in bins[-1:]]
    shown_edges = range(0, len(edges), every)
    body += [_text(left + at * width, bottom + 16, _number(edges[at]), "tick middle") for at in shown_edges]
    body.append(_text(right, bottom + 32, "milliseconds a question, logarithmic →", "axis end"))
    for order, (name, value) in enumerate(marks.items()):
        place = None if value is None else _within(bins, value)
        if place is None or value is None:
            continue
        x = left + place * width
        side, shift = ("end", -4) if x > WIDTH - 130 else ("", 4)  # a label is about 120 long
        y = 28 + 15 * order
        body.append(_line(x, y - 9, x, bottom, "mark"))
        body.append(_text(x + shift, y, f"{name} {_number(value)} ms", f"key {side}"))
    named = ", ".join(f"{name} {_number(value)} milliseconds" for name, value in marks.items() if value is not None)
    return _svg("histogram", WIDTH, bottom + 38, f"Time a question took: {named}.", body)


def strip(
    value: float | None, low: float | None, high: float | None, ends: tuple[float, float] = (0.0, 1.0), tone: str = ""
) -> str:
    """Return one figure as a dot with its interval on a scale; a zero inside the scale has its own line.

    :param ends: the scale's.
    :param tone: a class of its own, such as ``good`` or ``bad``.
    """
    width, height = 120, 16

    def place(at: float) -> float:
        return 4 + (min(max(at, ends[0]), ends[1]) - ends[0]) / (ends[1] - ends[0]) * (width - 8)

    body = [_line(4, 8, width - 4, 8, "grid")]
    crosses_zero = ends[0] < 0 < ends[1]
    marks = (0.0,) if crosses_zero else (ends[0], (ends[0] + ends[1]) / 2, ends[1])
    body += [_line(place(at), 1, place(at), height - 1, "zero" if crosses_zero else "grid") for at in marks]
    if low is not None and high is not None:
        body.append(_line(place(low), 8, place(high), 8, "whisker"))
    if value is not None:
        body.append(f'<circle class="dot" cx="{place(value):.1f}" cy="8" r="4"/>')
    label = shown(value, signed=crosses_zero)
    if interval := span_of(low, high, signed=crosses_zero):
        label += f", interval {interval}"
    return _svg(f"strip {tone}".strip(), width, height, label, body)


def reach(values: Iterable[float | None]) -> tuple[float, float]:
    """Return a scale around zero that holds all differences, a tenth at least to either side."""
    furthest = max((abs(value) for value in values if value is not None), default=0.0)
    end = max(ceil(furthest * 10 - 1e-9) / 10, 0.1)
    return -end, end


def _svg(kind: str, width: float, height: float, label: str, body: Iterable[str]) -> str:
    """Return an image that says to a screen reader what it shows."""
    return (
        f'<svg class="plot {kind}" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
        f' role="img" aria-label="{escape(label)}">{"".join(body)}</svg>'
    )


def _text(x: float, y: float, text: str, classes: str) -> str:
    return f'<text class="{classes}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, classes: str) -> str:
    return f'<line class="{classes}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _rect(x: float, y: float, width: float, height: float) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _in_order(languages: Iterable[str]) -> list[str]:
    return sorted(set(languages), key=lambda language: (language == ALL, language))


def _within(bins: Sequence[tuple[float, float, int]], value: float) -> float | None:
    """Return where a value lies, counted in bins from the left, None outside of them."""
    for at, (low, high, _) in enumerate(bins):
        if low <= value <= high and high > low:
            return at + (value - low) / (high - low)
    return None


def _highest(lines: Mapping[str, Sequence[tuple[float, float]]], start: float, end: float) -> float:
    """Return the highest risk between two coverages."""
    found = (risk for line in lines.values() for coverage, risk in line if start <= coverage <= end)
    return max(found, default=0.0)


def _at(line: Sequence[tuple[float, float]], coverage: float) -> str:
    """Return the risk at the first point of this coverage or more."""
    return shown(next((risk for covered, risk in line if covered >= coverage - 1e-9), None))


def _short(value: float | None) -> str:
    """Return a share for a narrow field: ``.87``, ``1``."""
    return shown(value).removeprefix("0").replace("1.00", "1")


def _plain(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.3g}"  # noqa: PLR2004 - below ten a decimal tells more


def _questions(n: int) -> str:
    return f"{n} question{'s' * (n != 1)}"
