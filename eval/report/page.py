"""The report as one HTML page: it asks for nothing from anywhere, and shows what articles and models wrote as text.

``page.html`` is the template, which escapes all that is put into it but the plots (:mod:`eval.report.plots` escapes its
own words), the style sheet and the script; the page's policy allows no request and no script but that one.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.report import plots
from eval.report.facts import deck, facts, headline, label_of, set_title, since_line, size_line
from eval.report.misses import expected, given, ranks
from eval.report.schema import Figure, Figures, QuestionTree, SetTree, Tree
from eval.report.wording import OURS, milliseconds, shown, span_of
from rag.wording import language_name

if TYPE_CHECKING:
    from eval.report.comparing import Comparison, SetComparison

_FOLDER = Path(__file__).parent
_HEADLINES = ("evidence_hit_at_3", "citation_precision", "citation_recall", "refused_rightly", "refused_wrongly")
"""What the page begins with: whether evidence is found, whether it is cited, and whether silence is right."""
_BY_KIND = {
    "evidence_hit_at_3": "evidence in first 3",
    "cited": "evidence cited",
    "refused_rightly": "rightly refused",
    "refused_wrongly": "wrongly refused",
}
"""What is shown of each kind, with names short enough for a phone."""
_MAPPED = "evidence_hit_at_3"


def page(tree: Tree, since: "Comparison | None", created: str) -> str:
    """Return a report as a complete HTML document.

    :param since: the comparison of the last report with this one, None where there was none.
    :param created: when it was made, as a person reads it.
    """
    script = (_FOLDER / "page.js").read_text(encoding="utf-8")
    sets = tree["systems"][OURS]["sets"]
    misses = list(_misses(sets))
    rendered: str = _template().render(
        style=(_FOLDER / "page.css").read_text(encoding="utf-8"),
        script=script,
        script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        headline=headline(tree),
        deck=deck(tree),
        byline=[created, *facts(tree)],
        few=plots.FEW,
        sets=[_figures(name, one, tree) for name, one in sets.items()],
        heats=[_heat(name, one) for name, one in sets.items() if one["pairs"]],
        heat_steps=_steps(),
        curves=list(_curves(tree)),
        histograms=[_histogram(name, one, tree) for name, one in sets.items() if one["latency_ms"]["histogram"]],
        kinds=[_kinds(name, one) for name, one in sets.items() if any(one["kinds"])],
        kind_columns=list(_BY_KIND.values()),
        baselines=[
            _against(baseline, name, found, tree)
            for baseline, by_set in tree["differences"].items()
            for name, found in by_set.items()
        ],
        since=None if since is None else _since(since.get(OURS, {}), misses),
        misses=misses,
        missed=_missed(sets, misses),
        choices=_choices(misses),
    )
    return rendered


@cache
def _template() -> Any:  # noqa: ANN401 - Jinja's own
    """Return the page's template, in which a name that is not filled in is an error."""
    loader = FileSystemLoader(_FOLDER)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("page.html")


def _figures(name: str, one: SetTree, tree: Tree) -> dict[str, Any]:
    rows = {measure: _row(measure, figure) for measure, figure in one["overall"].items()}
    return {
        "title": set_title(name),
        "size": size_line(one, tree["pool"].get(name)),
        "tiles": [rows[measure] for measure in _HEADLINES if measure in rows],
        "rows": list(rows.values()),
    }


def _row(measure: str, figure: Figure) -> dict[str, Any]:
    return {
        "label": label_of(measure),
        "value": shown(figure["value"]),
        "interval": span_of(figure["low"], figure["high"]),
        "n": figure["n"],
        "strip": _strip(figure),
    }


def _strip(figure: Figure | None) -> str:
    if figure is None or figure["value"] is None:
        return ""
    return plots.strip(figure["value"], figure["low"], figure["high"])


def _heat(name: str, one: SetTree) -> dict[str, Any]:
    cells = {_pair(key): found[_MAPPED] for key, found in one["pairs"].items() if _MAPPED in found}
    languages = sorted({language for pair in cells for language in pair})
    if len({found for _, found in cells}) > 1:  # of one language, all of them is just that one
        cells |= {(key, plots.ALL): found[_MAPPED] for key, found in one["languages"].items() if found[_MAPPED]["n"]}
    drawn = {pair: (figure["value"], figure["n"]) for pair, figure in cells.items()}
    return {
        "title": set_title(name),
        "svg": plots.heat_map(drawn, f"{label_of(_MAPPED)}, by language of question and of evidence"),
        "names": ", ".join(f"{language} {language_name(language)}" for language in languages),
        "rows": [_row(_MAPPED, figure) | {"label": " → ".join(pair)} for pair, figure in sorted(cells.items())],
    }


def _pair(key: str) -> tuple[str, str]:
    asked, _, found = key.partition("→")
    return asked.strip(), found.strip()


def _steps() -> list[str]:
    """Return what the heat map's colours stand for, lowest first."""
    edges = [f"{edge:.2f}".removeprefix("0") for edge in plots.STEPS]
    between = [f"{low} to {high}" for low, high in pairwise(edges)]
    return [f"below {edges[0]}", *between, f"{edges[-1]} and more"]


def _curves(tree: Tree) -> Iterator[dict[str, Any]]:
    for name in tree["systems"][OURS]["sets"]:
        lines, areas = {}, []
        for system, found in tree["systems"].items():
            one = found["sets"].get(name)
            if one and one["risk_coverage"]:
                lines[system] = one["risk_coverage"]
                areas.append(f"{system} {shown(one['area_under_risk'])}")
        if lines:
            caption = f"Risk by coverage. Area under the curve, less is better: {', '.join(areas)}."
            yield {"title": set_title(name), "svg": plots.curves(lines), "caption": caption}


def _histogram(name: str, one: SetTree, tree: Tree) -> dict[str, Any]:
    latency = one["latency_ms"]
    others = [
        f"{system} {milliseconds(found['sets'][name]['latency_ms']['median'])}"
        for system, found in tree["systems"].items()
        if system != OURS and name in found["sets"]
    ]
    caption = (
        f"Half the questions take {milliseconds(latency['median'])} or less, 95 of 100 {milliseconds(latency['p95'])}."
    )
    if others:
        caption += f" Medians of the others: {', '.join(others)}."
    marks = {"median": latency["median"], "95th percentile": latency["p95"]}
    return {
        "title": f"Time a question takes, {name}",
        "svg": plots.histogram(latency["histogram"], marks),
        "caption": caption,
    }


def _kinds(name: str, one: SetTree) -> dict[str, Any]:
    sizes = Counter(question["kind"] for question in one["questions"])
    rows = []
    for kind, found in one["kinds"].items():
        cells = [found.get(measure) for measure in _BY_KIND]
        rows.append(
            {
                "label": kind.replace("_", " ") or "not said",
                "n": sizes[kind],
                "cells": [{"value": shown(cell["value"] if cell else None), "strip": _strip(cell)} for cell in cells],
            }
        )
    return {"title": set_title(name), "rows": rows}


def _against(baseline: str, name: str, found: Figures, tree: Tree) -> dict[str, Any]:
    from eval.metrics.measures import measure  # noqa: PLC0415

    ours, theirs = (tree["systems"][system]["sets"][name]["overall"] for system in (OURS, baseline))
    ends = plots.reach(end for one in found.values() for end in (one["value"], one["low"], one["high"]))
    rows = []
    for key, one in found.items():
        if one["value"] is None:
            continue
        tone = tone_of(one, higher_is_better=measure(key).higher_is_better)
        rows.append(
            {
                "label": label_of(key),
                "ours": shown(ours[key]["value"]),
                "theirs": shown(theirs[key]["value"]),
                "value": shown(one["value"], signed=True),
                "interval": span_of(one["low"], one["high"], signed=True),
                "tone": tone,
                "strip": plots.strip(one["value"], one["low"], one["high"], ends, tone),
            }
        )
    return {
        "title": f"{baseline}, {set_title(name)[0].lower()}{set_title(name)[1:]}",
        "end": shown(ends[1]),
        "rows": rows,
    }


def tone_of(found: Figure, *, higher_is_better: bool) -> str:
    """Return ``good`` or ``bad`` where the interval excludes zero, else ``unsure``."""
    if found["low"] is None or found["high"] is None or found["low"] <= 0 <= found["high"]:
        return "unsure"
    return "good" if (found["low"] > 0) == higher_is_better else "bad"


def _since(since: Mapping[str, "SetComparison"], misses: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    anchors = {(miss["set"], miss["id"]): miss["anchor"] for miss in misses}
    fell = [
        {
            "label": label_of(key),
            "set": name,
            "before": shown(change["before"]["value"]),
            "after": shown(change["after"]["value"]),
            "value": shown(change["difference"]["value"], signed=True),
            "interval": span_of(change["difference"]["low"], change["difference"]["high"], signed=True),
            "certain": change["certain"],
        }
        for name, one in since.items()
        for key, change in one["figures"].items()
        if change["course"] == "worse"
    ]
    return {
        "summary": since_line(since),
        "fell": fell,
        "lost": [
            {**turn, "set": name, "anchor": anchors[name, turn["id"]]}
            for name, one in since.items()
            for turn in one["worse"]
        ],
        "won": [{**turn, "set": name} for name, one in since.items() for turn in one["better"]],
    }


def _misses(sets: Mapping[str, SetTree]) -> Iterator[dict[str, Any]]:
    number = 0
    for name, one in sets.items():
        for question in one["questions"]:
            if question["miss"]:
                number += 1
                yield _miss(name, question) | {"anchor": f"miss-{number}"}


def _miss(name: str, question: QuestionTree) -> dict[str, Any]:
    answer = question["given"]
    return {
        "set": name,
        "id": question["id"],
        "language": question["language"],
        "language_name": language_name(question["language"]),
        "kind": question["kind"].replace("_", " "),
        "as_of": question["as_of"],
        "reason": question["miss"],
        "question": question["question"],
        "expected": expected(question),
        "given": given(question),
        "ranks": ranks(question),
        "notice": answer["notice"] if answer else None,
    }


def _missed(sets: Mapping[str, SetTree], misses: Sequence[Mapping[str, Any]]) -> str:
    asked = sum(len(one["questions"]) for one in sets.values())
    reasons = ", ".join(f"{n} {reason}" for reason, n in Counter(miss["reason"] for miss in misses).most_common())
    return f"{len(misses)} of {asked:,} questions: {reasons}."


def _choices(misses: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what the misses can be filtered by."""
    names: dict[str, str] = {miss["language"]: str(miss["language_name"]) for miss in misses}
    return [
        {
            "label": label,
            "name": field,
            "options": [
                {"value": value, "label": names.get(value, value) if field == "language" else value, "n": n}
                for value, n in sorted(Counter(miss[field] for miss in misses).items())
            ],
        }
        for label, field in (("set", "set"), ("language of the question", "language"), ("reason", "reason"))
    ]
