"""How well the evidence was ranked, as ``ir_measures`` computes it.

A document is a part of the evidence, and each is relevant (1). The run ranks what was retrieved: a passage stands for
the parts that it is the first to hold (:func:`eval.metrics.overlap.holds`), one after the other, and for itself, not
relevant, if it holds none or only parts that a passage before it holds already.
"""

from collections.abc import Sequence
from functools import cache

_QUESTION = "question"


def reciprocal_rank(part_ranks: Sequence[int | None], passages: int) -> float:
    """Return one by the rank of the first passage that holds a part; 0 if none does.

    :param part_ranks: rank of the first passage with each part, from 1, None where none has it.
    :param passages: how many were retrieved.
    """
    return _measured("RR", tuple(part_ranks), passages)


def ndcg(part_ranks: Sequence[int | None], passages: int) -> float:
    """Return nDCG@10 (Järvelin & Kekäläinen 2002)."""
    return _measured("nDCG@10", tuple(part_ranks), passages)


def recall(part_ranks: Sequence[int | None], passages: int, k: int) -> float:
    """Return the share of the parts that the first ``k`` passages hold.

    It is the recall of the set of what they stand for: R@k would cut between the parts of one passage.
    """
    return _measured("SetR", tuple(part_ranks), min(k, passages))


@cache  # a few hundred rankings are all that several thousand questions have
def _measured(measure: str, part_ranks: tuple[int | None, ...], passages: int) -> float:
    import ir_measures  # noqa: PLC0415 - loads pytrec_eval and scipy, and only an evaluation needs them

    qrels = [ir_measures.Qrel(_QUESTION, f"part {number}", 1) for number in range(len(part_ranks))]
    documents: list[str] = []
    for rank in range(1, passages + 1):
        held = [f"part {number}" for number, found in enumerate(part_ranks) if found == rank]
        documents += held or [f"passage {rank}"]
    run = [ir_measures.ScoredDoc(_QUESTION, document, -at) for at, document in enumerate(documents)]
    wanted = ir_measures.parse_measure(measure)
    # A question for which nothing was retrieved is not in what ir_measures returns: it counts 0.
    return next((float(metric.value) for metric in ir_measures.iter_calc([wanted], qrels, run)), 0.0)
