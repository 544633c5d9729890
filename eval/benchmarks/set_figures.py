"""The figures of a public set: means over questions by group, each with its bootstrap interval."""

from collections.abc import Mapping
from dataclasses import dataclass

from eval.metrics.bootstrap import Estimate, estimate


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What was measured on one public set.

    :param groups: by group of questions (a language, a kind, a condition) the figures by name.
    :param legend: what they mean, one line each.
    """

    groups: Mapping[str, Mapping[str, Estimate]]
    legend: tuple[str, ...]


class Tally:
    """Collects what each question counts in each figure, by group."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, list[float]]] = {}

    def add(self, group: str, **values: float | None) -> None:
        """Note one question's values by name of the figure; in one where it is None it does not count."""
        figures = self._values.setdefault(group, {})
        for name, value in values.items():
            if value is not None:
                figures.setdefault(name, []).append(float(value))

    def figures(self, *legend: str) -> SetFigures:
        """Return the mean of each figure with its interval.

        :param legend: what they mean, one line each.
        """
        return SetFigures(
            {
                group: {name: estimate(values) for name, values in figures.items()}
                for group, figures in self._values.items()
            },
            legend,
        )
