"""How fast the installed encoder is, alone."""

import statistics
import time
from collections.abc import Sequence

from rag.encoders import load_encoder
from rag.progress import Advance
from rag.settings import Settings

_BATCH = 512
"""Texts at a time, as the archive gives them."""


def passages_a_second(passages: Sequence[str], rounds: int, advance: Advance | None = None) -> float:
    """Return how many passages the encoder of the settings encodes in a second: the median of several rounds.

    One process, tokenisation included, loading excluded; the first batch is encoded once before the clock runs.

    :param advance: told the number of rounds done and of all.
    """
    encoder = load_encoder(Settings())
    batches = [passages[start : start + _BATCH] for start in range(0, len(passages), _BATCH)]
    encoder.encode_passages(batches[0])
    rates = []
    for done in range(1, rounds + 1):
        started = time.perf_counter()
        for batch in batches:
            encoder.encode_passages(batch)
        rates.append(len(passages) / (time.perf_counter() - started))
        if advance is not None:
            advance(done, rounds)
    return statistics.median(rates)
