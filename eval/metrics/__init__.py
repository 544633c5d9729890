"""What the figures are: pure functions on rows.

``overlap`` says when a passage or a citation counts as evidence, ``judging`` what became of one question, ``measures``
what is measured of it, and ``figures`` what became of all of them, with ``bootstrap`` for how far that may be trusted.
"""

from eval.metrics.bootstrap import Estimate
from eval.metrics.figures import figures, grouped, kind_of, language_of, pair_of
from eval.metrics.judging import Judgement, Miss, judge, judge_all
from eval.metrics.measures import MEASURES, Measure, measure, values

__all__ = [
    "MEASURES",
    "Estimate",
    "Judgement",
    "Measure",
    "Miss",
    "figures",
    "grouped",
    "judge",
    "judge_all",
    "kind_of",
    "language_of",
    "measure",
    "pair_of",
    "values",
]
