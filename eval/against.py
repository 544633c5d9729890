"""Our figures beside a baseline's, on the same questions: ours, theirs, and the difference with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from rich.console import Console
from rich.table import Table

from eval.metrics.bootstrap import Estimate, difference, estimate
from eval.metrics.figures import groups, pair_of
from eval.metrics.judging import Judgement
from eval.metrics.measures import Measure, measure, values

COMPARED = (
    "evidence_hit_at_3",
    "citation_precision",
    "citation_recall",
    "evidence_cited",
    "evidence_precision",
    "refused_rightly",
    "refused_wrongly",
)
"""Names of the measures that are compared."""
IN_A_PAIR = "evidence_hit_at_3"
"""The one that is also compared in a language pair."""
_LEAST = 10
"""Questions that a language pair needs before it can be called the worst."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure, ours and theirs.

    :param pair: the language pair whose questions these are, None for all.
    :param difference: ours minus theirs, paired over the questions that count for both: a question that one refused
        has no citations to judge.
    """

    measure: Measure
    pair: str | None
    ours: Estimate
    theirs: Estimate
    difference: Estimate

    @property
    def ahead(self) -> bool | None:
        """Whether ours is better, None where the interval of the difference holds zero or there is none."""
        low, high = self.difference.low, self.difference.high
        if low is None or high is None or low <= 0 <= high:
            return None
        return (low > 0) == self.measure.higher_is_better


def compare(ours: Sequence[Judgement], theirs: Sequence[Judgement]) -> tuple[Comparison, ...]:
    """Compare two systems on every measure of :data:`COMPARED`, and on one in the pair of languages that is our worst.

    :param ours: judgements of the same questions in the same order as ``theirs``.
    :raises ValueError: they are of other questions.
    """
    if [one.question.id for one in ours] != [one.question.id for one in theirs]:
        raise ValueError("the two systems were asked different questions")
    found = [_compare(measure(name), ours, theirs) for name in COMPARED]
    if (pair := worst_pair(ours)) is not None:
        ids = {one.question.id for one in groups(ours, pair_of)[pair]}
        mine, others = ([one for one in each if one.question.id in ids] for each in (ours, theirs))
        found.insert(1, _compare(measure(IN_A_PAIR), mine, others, pair))
    return tuple(found)


def worst_pair(judgements: Sequence[Judgement]) -> str | None:
    """Return the language pair of at least ten questions whose evidence is found least, None where there is none."""
    hits = measure(IN_A_PAIR)
    shares = {
        pair: fmean(values(group, hits)) for pair, group in groups(judgements, pair_of).items() if len(group) >= _LEAST
    }
    return min(shares, key=lambda pair: shares[pair], default=None)


def differences(comparisons: Sequence[Comparison]) -> dict[str, Estimate]:
    """Return the differences over all questions by the measure's name."""
    return {each.measure.name: each.difference for each in comparisons if each.pair is None}


def print_comparison(name: str, comparisons: Sequence[Comparison]) -> None:
    """Print a table of ours, a baseline's and the difference; green where ours is certainly better, red where worse.

    :param name: of the baseline.
    """
    table = Table("", box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for title in ("questions", "ours", name, "difference", "95 %"):
        table.add_column(title, justify="right")
    for each in comparisons:
        label = each.measure.label if each.pair is None else f"… {each.pair}, our worst pair"
        colour = {True: "green", False: "red", None: "default"}[each.ahead]
        shown, interval = _signed(each.difference.value), _interval(each.difference)
        row = (str(each.difference.n), _share(each.ours.value), _share(each.theirs.value), f"[{colour}]{shown}[/]")
        table.add_row(label, *row, interval)
    out = Console(highlight=False)
    out.print()
    out.print(table)
    out.print(f"[dim]Differences are ours minus {name}'s on the questions that count for both.[/]", soft_wrap=True)


def _compare(
    one: Measure, ours: Sequence[Judgement], theirs: Sequence[Judgement], pair: str | None = None
) -> Comparison:
    return Comparison(
        one,
        pair,
        estimate(values(ours, one)),
        estimate(values(theirs, one)),
        difference([one.of(each) for each in ours], [one.of(each) for each in theirs]),
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}"


def _interval(found: Estimate) -> str:
    return "–" if found.low is None else f"{_signed(found.low)} … {_signed(found.high)}"
