"""The rule by which a figure fails.

A figure is compared over the questions that a run has asked, with main's values of the same questions. It fails if

- it is worse than its whole 95 % interval in main, or
- it has become worse by more than the interval of the paired difference, question by question: all of that lies on the
  bad side of 0.

The second is the stricter one wherever questions differ: four questions that are lost and none won are enough, however
wide the figure's own interval is. The first counts where all questions of main have one value and the interval is
nothing but that value: a promise, such as quotes that stand at their span, is broken by one question.

A change that wins some questions and loses others may so fail by chance, about one in forty for each figure. The gate
then wants a person to look at the questions it names and to renew what is expected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.gate.table import COLUMNS, RIGHT, Column, GateError, Table
from eval.metrics import Estimate
from eval.metrics.bootstrap import difference, estimate
from eval.report.wording import shown, span_of

LEAST = 5
"""Questions that a language needs to be compared by itself."""
_NAMED = 10
"""Questions named in a message; the others are counted."""
_EPSILON = 1e-9
"""What is nearer are errors of floating point."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A figure that has fallen, or risen where less is better.

    :param of: the name of the set.
    :param language: that alone it is of; None of all.
    :param worse: questions whose value got worse, as ``id (expected → given)``, most first.
    """

    of: str
    column: Column
    language: str | None
    expected: Estimate
    given: Estimate
    worse: tuple[str, ...]

    def __str__(self) -> str:
        where = self.of if self.language is None else f"{self.of}, {self.language}"
        interval = span_of(self.expected.low, self.expected.high)
        more = len(self.worse) - _NAMED
        return (
            f"{where}: {self.column.label} {'fell' if self.column.higher_is_better else 'rose'}"
            f" from {shown(self.expected.value)} ({interval}) to {shown(self.given.value)}"
            f" ({self.given.n} questions). Worse: {', '.join(self.worse[:_NAMED])}"
            f"{f' and {more} more' if more > 0 else ''}"
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate has found.

    :param broken: by set, the questions that were right and are not, also where no figure fails.
    :param mended: by set, the other way round.
    """

    failures: tuple[Failure, ...]
    broken: Mapping[str, tuple[str, ...]]
    mended: Mapping[str, tuple[str, ...]]


def compare(expected: Mapping[str, Table], given: Mapping[str, Table]) -> Outcome:
    """Compare a run with main's figures.

    :param given: tables of sets, whole or in part.
    :raises GateError: a set is not among the expected ones, or has other questions, articles or figures there.
    """
    failures: list[Failure] = []
    for name, table in given.items():
        main = expected.get(name)
        if main is None or main.digest != table.digest or not table.items.keys() <= main.items.keys():
            raise GateError(f"What is expected of {name} is of other questions or articles. Renew it.")
        for column in (COLUMNS[key] for key in table.columns):
            if column.name not in main.columns:
                raise GateError(f"What is expected of {name} lacks {column.name}. Renew it.")
            failures += _fallen(name, column, main, table)
    return Outcome(
        tuple(failures),
        {name: _turned(expected[name], table, 1.0) for name, table in given.items()},
        {name: _turned(expected[name], table, 0.0) for name, table in given.items()},
    )


def _fallen(of: str, column: Column, expected: Table, given: Table) -> list[Failure]:
    asked = sorted(key for key, item in given.items.items() if column.name in item.values)
    groups: dict[str | None, list[str]] = {None: asked}
    if column.by_language:
        groups |= {name: [key for key in asked if given.items[key].language == name] for name in given.languages}
    failures = []
    for language, ids in groups.items():
        before = [expected.items[key].values.get(column.name) for key in ids]
        after = [given.items[key].values[column.name] for key in ids]
        if language is not None and sum(value is not None for value in before) < LEAST:
            continue
        main, here = _estimate(before), _estimate(after)
        if _fails(column, main, here, difference(after, before)):
            failures.append(Failure(of, column, language, main, here, _worse(column, ids, before, after)))
    return failures


def _fails(column: Column, expected: Estimate, given: Estimate, apart: Estimate) -> bool:
    """Apply the rule; as if of a figure where more is better."""
    sign = 1 if column.higher_is_better else -1
    end = expected.low if column.higher_is_better else expected.high
    outside = given.value is not None and end is not None and sign * (given.value - end) < -_EPSILON
    best = apart.high if column.higher_is_better else apart.low
    return outside or (best is not None and sign * best < -_EPSILON)


def _estimate(values: Sequence[float | None]) -> Estimate:
    return estimate([value for value in values if value is not None])


def _worse(
    column: Column, ids: Sequence[str], before: Sequence[float | None], after: Sequence[float | None]
) -> tuple[str, ...]:
    sign = 1 if column.higher_is_better else -1
    lost = [
        (sign * (old - new), key, old, new)
        for key, old, new in zip(ids, before, after, strict=True)
        if old is not None and new is not None and sign * (old - new) > _EPSILON
    ]
    return tuple(f"{key} ({old:g} → {new:g})" for _, key, old, new in sorted(lost, key=lambda one: (-one[0], one[1])))


def _turned(expected: Table, given: Table, was: float) -> tuple[str, ...]:
    """Return the questions that were right (1) or not (0) and now are the opposite."""
    return tuple(
        key
        for key, item in given.items.items()
        if expected.items[key].values.get(RIGHT.name) == was and item.values.get(RIGHT.name) == 1 - was
    )
