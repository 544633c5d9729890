"""What the figures are: pure functions on rows.

``overlap`` says when a passage or a citation counts as evidence, ``judging`` what became of one question, ``figures``
what became of all of them.
"""

from eval.metrics.figures import Figures, by_language, figures
from eval.metrics.judging import Judgement, Miss, judge, judge_all

__all__ = ["Figures", "Judgement", "Miss", "by_language", "figures", "judge", "judge_all"]
