"""Two reports side by side: what rose, what fell, and which questions got better or worse."""

from typing import TypedDict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.metrics.bootstrap import difference
from eval.metrics.measures import MEASURES
from eval.report.facts import label_of
from eval.report.files import ReportError
from eval.report.schema import Figure, QuestionTree, SetTree, Tree
from eval.report.wording import shown, span_of

_BETTER_HIGH = {measure.name: measure.higher_is_better for measure in MEASURES}


class Change(TypedDict):
    """One figure in both reports; the difference, after minus before, is paired over the questions both count.

    ``course`` is ``better``, ``worse`` or ``same`` by the difference, ``certain`` whether its interval excludes zero.
    """

    before: Figure
    after: Figure
    difference: Figure
    course: str
    certain: bool


class Turn(TypedDict):
    """A question that was right in one report and is missed in the other; ``miss`` says why it is or was."""

    id: str
    language: str
    question: str
    miss: str


class SetComparison(TypedDict):
    """One set of one system in both reports.

    ``unpaired`` are ids of questions that only one report has or that it asks otherwise; no difference counts them.
    """

    figures: dict[str, Change]
    better: list[Turn]
    worse: list[Turn]
    unpaired: list[str]


Comparison = dict[str, dict[str, SetComparison]]
"""By system and set, those that both reports have."""


def compare_trees(before: Tree, after: Tree) -> Comparison:
    """Compare two reports.

    :raises ReportError: they have nothing in common.
    """
    found = in_common(before, after)
    if not found:
        raise ReportError(f"The reports have no set of questions in common: {_sets(before)} and {_sets(after)}.")
    return found


def in_common(before: Tree, after: Tree) -> Comparison:
    """Compare what two reports have in common; systems and sets in the order of the later one."""
    found: Comparison = {}
    for name, system in after["systems"].items():
        known = before["systems"].get(name, {"sets": {}})["sets"]
        common = {label: _compare(known[label], one) for label, one in system["sets"].items() if label in known}
        if common:
            found[name] = common
    return found


def _compare(before: SetTree, after: SetTree) -> SetComparison:
    old = {question["id"]: question for question in before["questions"]}
    new = {question["id"]: question for question in after["questions"]}
    paired = [(old[name], question) for name, question in new.items() if name in old and _same(old[name], question)]
    ids = {question["id"] for _, question in paired}
    return {
        "figures": {
            name: _change(name, before["overall"][name], figure, paired)
            for name, figure in after["overall"].items()
            if name in before["overall"] and name in _BETTER_HIGH
        },
        "better": [_turn(one, one) for one, other in paired if one["miss"] and not other["miss"]],
        "worse": [_turn(other, other) for one, other in paired if other["miss"] and not one["miss"]],
        "unpaired": [name for name in (*new, *(name for name in old if name not in new)) if name not in ids],
    }


def _same(one: QuestionTree, other: QuestionTree) -> bool:
    """Return whether both ask the same and expect the same evidence."""
    fields = ("question", "answerable", "as_of")
    spans = [[(span["article"], span["start"], span["end"]) for span in each["evidence"]] for each in (one, other)]
    return all(one[field] == other[field] for field in fields) and spans[0] == spans[1]  # type: ignore[literal-required]


def _change(name: str, before: Figure, after: Figure, paired: list[tuple[QuestionTree, QuestionTree]]) -> Change:
    old, new = ([pair[side]["measures"].get(name) for pair in paired] for side in (0, 1))
    found = difference(new, old)
    gain = (found.value or 0.0) * (1 if _BETTER_HIGH[name] else -1)
    return {
        "before": before,
        "after": after,
        "difference": {"value": found.value, "low": found.low, "high": found.high, "n": found.n},
        "course": "better" if gain > 0 else "worse" if gain < 0 else "same",
        "certain": found.low is not None and found.high is not None and not found.low <= 0 <= found.high,
    }


def _turn(question: QuestionTree, missed: QuestionTree) -> Turn:
    return {
        "id": question["id"],
        "language": question["language"],
        "question": question["question"],
        "miss": missed["miss"] or "",
    }


def _sets(tree: Tree) -> str:
    names = {name for system in tree["systems"].values() for name in system["sets"]}
    return ", ".join(sorted(names)) or "none"


def print_comparison(found: Comparison) -> None:
    """Print a table of the figures of each set, and below it the questions that changed."""
    out = Console(highlight=False)
    for system, sets in found.items():
        for name, one in sets.items():
            out.print(f"\n[bold]{escape(system)}, {escape(name)}[/]")
            table = Table("", box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
            for title in ("A", "B", "B − A", "95 % interval"):
                table.add_column(title, justify="right")
            for key, change in one["figures"].items():
                apart = change["difference"]
                values = (shown(change["before"]["value"]), shown(change["after"]["value"]))
                interval = span_of(apart["low"], apart["high"], signed=True)
                colour = _COLOURS[change["course"]] if change["certain"] else "default"
                table.add_row(label_of(key), *values, f"[{colour}]{shown(apart['value'], signed=True)}[/]", interval)
            out.print(table)
            _print_turns(one)


_COLOURS = {"better": "green", "worse": "red", "same": "default"}


def _print_turns(one: SetComparison) -> None:
    out = Console(highlight=False, soft_wrap=True)
    for title, turns, was in (("worse", one["worse"], ""), ("better", one["better"], "was ")):
        out.print(f"{len(turns)} got {title}")
        for turn in turns:
            out.print(f"  [bold]{escape(turn['id'])}[/] [dim]{was}{escape(turn['miss'])}[/] {escape(turn['question'])}")
    if one["unpaired"]:
        out.print(f"[dim]{len(one['unpaired'])} are in only one of the reports, or are asked otherwise there.[/]")
