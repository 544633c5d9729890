"""Whether a source speaks of what a statement says at all: a few signs, each a number a person can follow.

The weights are a logistic regression fitted by :mod:`eval.fit_support` on the development pairs
(``eval/gold/citations/dev.jsonl``), never on those that measure it.
"""

from dataclasses import astuple, dataclass

import numpy as np

INTERCEPT = -2.18
WEIGHTS = (6.15, 11.24, 1.72, -6.76, -2.51)
"""Of the fields of :class:`Support`, in their order."""
LEAST = -0.1
"""Log-odds from which a source counts as speaking of a statement: below lie 4 % of the true pairs it was fitted on, and
all unrelated ones."""
_MOST_VALUES = 2


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for a source's saying the same as a statement.

    :param whole: cosine between the sums of the words of both.
    :param back: mean of the best cosines of the source's words in the statement, weighted.
    :param values: numbers and dates of the statement that the source has, at most 2.
    :param context: mean of the best cosines of the statement's words in what stands around the source: a statement that
        is as well said there is about something else of the article.
    :param context_whole: cosine between the sums of the statement's words and of those around.
    """

    whole: float
    back: float
    values: float
    context: float
    context_whole: float

    @classmethod
    def of(cls, whole: float, back: float, values: int, context: float, context_whole: float) -> "Support":
        """Return the signs; more than two values count as two."""
        return cls(whole, back, float(min(max(values, 0), _MOST_VALUES)), context, context_whole)

    @property
    def logit(self) -> float:
        """Log-odds that the source speaks of it."""
        return INTERCEPT + float(np.dot(WEIGHTS, astuple(self)))
