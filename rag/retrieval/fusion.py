"""Several ranked lists become one: reciprocal rank fusion (Cormack, Clarke & Büttcher 2009)."""

from collections.abc import Iterable, Sequence

_K = 60
"""The constant of the paper; it keeps first places from outweighing agreement."""


def reciprocal_rank_fusion(rankings: Iterable[Sequence[int]], limit: int) -> list[int]:
    """Return up to ``limit`` numbers, those ranked high by many lists first; ties go to the smaller number."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking, start=1):
            scores[number] = scores.get(number, 0.0) + 1.0 / (_K + rank)
    return sorted(scores, key=lambda number: (-scores[number], number))[:limit]
