"""Near-duplicates: one agency report that several outlets print, whole or shortened.

Two texts are compared by the shingles they share – all runs of a few words – as Broder (1997) does, by containment: the
share of the shorter text's shingles that the longer one has, so that a shortened copy counts. The few articles of one
answer are compared exactly, with no sketch of them.
"""

import re
import unicodedata
from collections.abc import Sequence

from rag.articles import Article

_SHINGLE = 4
"""Words in a shingle: three are common phrases, and more lose too much by each changed word."""
_CONTAINED = 0.8
"""Share of the shorter text's shingles from which two texts are copies."""
_LEAST = 20
"""Shingles below which only an equal text is a copy: one quoted sentence is no report."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,:](?=\d)|[-−](?=\d)")


def copies(articles: Sequence[Article]) -> dict[str, str]:
    """Return for each article the one that stands for all that carry its text; its own id where it has no copy.

    That is the earliest published one, undated ones last, then by id. Twenty articles of 4,000 characters take
    20 ms on one core. A copy may differ in the words that matter, such as a corrected number: compare what is cited by
    :func:`same_words`.
    """
    ordered = sorted(articles, key=lambda article: (article.published is None, article.published or "", article.id))
    shingles = [_shingles(article.text) for article in ordered]
    group = list(range(len(ordered)))
    for later in range(len(ordered)):
        for first in range(later):
            if group[first] != group[later] and _copied(shingles[first], shingles[later]):
                old, new = sorted((group[first], group[later]), reverse=True)
                group = [new if number == old else number for number in group]
    return {article.id: ordered[number].id for article, number in zip(ordered, group, strict=True)}


def same_words(one: str, other: str) -> bool:
    """Tell whether two quotes say the same in the same words, whatever their case, white space and punctuation.

    Signs that make a number another one count: ``3.8`` is not ``38``, ``-5`` is not ``5``, ``5 %`` is not ``5``.
    """
    return _folded(one) == _folded(other)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))


def _copied(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _LEAST:
        return one == other
    return len(one & other) >= _CONTAINED * shorter


def _folded(text: str) -> list[str]:
    """Return the words of a text with what stands inside numbers and the signs that are no punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = {match.start() for match in _BETWEEN_DIGITS.finditer(folded)}
    signs = []
    for at, character in enumerate(folded):
        category = unicodedata.category(character)
        if at in kept:
            signs.append("-" if character in "-−" else character)
        elif category.startswith("P") and character not in "%‰":
            signs.append(" ")
        elif category != "Cf":
            signs.append(character)
    return "".join(signs).replace("%", " % ").split()
