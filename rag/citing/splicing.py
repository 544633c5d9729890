"""Whether a statement is put together from words of places that do not belong together.

Summaries that copy say wrong things mostly by joining the beginning of one sentence with the end of another. All their
words stand in the source then, but not in this order in one place.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+")
_APART = 0.1
"""Share of a statement's words that may stand elsewhere than the rest. Between real sentences, also shortened ones (0),
and ones joined from two sentences of an article (a quarter of them .12 or less), both made from news for training."""


def apart(statement: str, sentences: Sequence[str]) -> float:
    """Return the share of a statement's words that the source has, but not in their order in one or two sentences.

    The longest common subsequence is looked for in each sentence and in each with the next one.
    """
    words = _words(statement)
    there = {word for sentence in sentences for word in _words(sentence)}
    return (sum(word in there for word in words) - _together(words, sentences)) / max(len(words), 1)


def copied(statement: str, sentences: Sequence[str]) -> bool:
    """Tell whether all words of a statement stand in their order in one or two sentences.

    Nothing but leaving out words can then have made it wrong.
    """
    words = _words(statement)
    return bool(words) and _together(words, sentences) == len(words)


def spliced(statement: str, sentences: Sequence[str]) -> bool:
    """Tell whether too many of a statement's words stand apart from the rest."""
    return apart(statement, sentences) >= _APART


def _together(words: list[str], sentences: Sequence[str]) -> int:
    read = [_words(sentence) for sentence in sentences]
    places = [*read, *(one + two for one, two in pairwise(read))]
    return int(max((LCSseq.similarity(words, place) for place in places), default=0))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
