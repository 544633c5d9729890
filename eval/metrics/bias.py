"""Language bias: whether evidence in one language is found later than in another (after LAReQA, arXiv 2004.05484)."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from eval.metrics.judging import Judgement

LEAST = 10
"""How many parts of evidence a language needs before its mean counts for the spread."""


@dataclass(frozen=True, slots=True)
class LanguageBias:
    """Where the evidence stands among the passages retrieved, by its language.

    :param mean_rank: by language of a part's best evidence, the mean rank of the first passage that holds the part.
        What is not found counts as the rank after the last passage, what is missing from the run as the worst of those.
    :param parts: by language, how many parts of evidence.
    :param spread: the largest mean rank minus the smallest, of languages with :data:`LEAST` parts; 0 is without bias,
        None where fewer than two languages have as many.
    """

    mean_rank: dict[str, float]
    parts: dict[str, int]
    spread: float | None


def language_bias(judgements: Iterable[Judgement]) -> LanguageBias:
    """Return the bias over these questions; the unanswerable ones have no evidence."""
    judged = list(judgements)
    worst = max((len(judgement.row.hits) for judgement in judged if judgement.row), default=0) + 1
    ranks: dict[str, list[int]] = {}
    for judgement in judged:
        after_last = len(judgement.row.hits) + 1 if judgement.row else worst
        for language, rank in zip(judgement.part_languages, judgement.part_ranks, strict=True):
            if language is not None:
                ranks.setdefault(language, []).append(rank or after_last)
    mean_rank = {language: fmean(ranks[language]) for language in sorted(ranks)}
    counted = [mean for language, mean in mean_rank.items() if len(ranks[language]) >= LEAST]
    return LanguageBias(
        mean_rank=mean_rank,
        parts={language: len(ranks[language]) for language in mean_rank},
        spread=max(counted) - min(counted) if len(counted) > 1 else None,
    )
