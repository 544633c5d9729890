"""A quote becomes the span where it stands, whatever happened to its white space, quotation marks, dashes and case."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_DASHES = frozenset("-‐‑‒–—―−﹘﹣－")
_QUOTATION_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›〝〞〟「」『』′″‴`´״׳＂＇")
_INVISIBLE = frozenset("\u034f\u0640" + "".join(map(chr, range(0xFE00, 0xFE10))))
"""Joiner, Arabic tatweel and variation selectors; soft hyphens and direction marks are of category Cf."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the form in which quotes are compared.

    :param text: decomposed (NFKD), case-folded, without quotation marks, white space only between two words.
    :param origins: for each character of ``text`` the position it came from, shape (characters,).
    """

    text: str
    origins: NDArray[np.int64]


def locate(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Find a quote in ``text[start:end]`` and return its span in ``text``, or None.

    The words must be the same and in the same order. What may differ: white space, quotation marks, the kind of dash,
    soft hyphens and other invisible characters, upper and lower case, compatible forms of a letter (é in one or two
    characters, the ligature ﬁ), and punctuation around the whole quote. Of several places the first is returned.
    """
    start, end, _ = slice(start, end).indices(len(text))
    quote = quote.strip()
    if not any(letter.isalnum() for letter in quote):
        return None
    exact = text.find(quote, start, end)
    if exact >= 0:
        return exact, exact + len(quote)
    wanted = fold(quote).text
    bare = wanted.strip("".join(letter for letter in set(wanted) if not is_word(letter)))
    there = fold(text[start:end])
    for sought in dict.fromkeys((wanted, bare)):
        found = find_folded(sought, there) if sought else None
        if found is not None and (span := span_of(there, *found)) is not None:
            return start + span[0], start + span[1]
    return None


@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    """Return the comparable form of a text: two quotes are the same words if theirs are equal.

    Each kind of character is folded once and all of them together by table, which takes 100 kB in a few milliseconds.
    The last texts are kept: the quotes of an answer are looked for in the same passages.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    if not len(codes):
        return Folded("", np.zeros(0, dtype=np.int64))
    kinds = np.flatnonzero(np.bincount(codes))
    forms = [_fold_letter(chr(kind)) for kind in kinds]
    pool = "".join(forms)
    lengths, firsts = np.zeros((2, int(kinds[-1]) + 1), dtype=np.int64)
    lengths[kinds] = [len(form) for form in forms]
    firsts[kinds] = np.cumsum(lengths[kinds]) - lengths[kinds]

    count = lengths[codes]
    origins = np.repeat(np.arange(len(codes)), count)
    places = np.arange(len(origins)) + np.repeat(firsts[codes] - np.cumsum(count) + count, count)
    classes = np.array([unicodedata.combining(letter) for letter in pool], dtype=np.uint8)[places]
    if np.any((classes[1:] > 0) & (classes[:-1] > classes[1:])):
        order = np.lexsort((classes, np.cumsum(classes == 0)))  # Unicode's canonical ordering of combining marks
        origins, places = origins[order], places[order]
    space = np.array([letter == " " for letter in pool], dtype=bool)[places]
    word = np.array([is_word(letter) for letter in pool], dtype=bool)[places]
    kept = _kept(space, word)
    letters = np.array([ord(letter) for letter in pool], dtype="<u4")[places[kept]]
    return Folded(letters.tobytes().decode("utf-32-le", "surrogatepass"), origins[kept])


def find_folded(sought: str, there: Folded, start: int = 0) -> tuple[int, int] | None:
    """Return where folded words begin and end in a folded text, from a place on, where they cut no character in two."""
    at = there.text.find(sought, start)
    while at >= 0:
        if span_of(there, at, at + len(sought)) is not None:
            return at, at + len(sought)
        at = there.text.find(sought, at + 1)
    return None


def span_of(there: Folded, start: int, end: int) -> tuple[int, int] | None:
    """Return the span in the original text, or None where it would cut a character, such as a ligature or é, in two."""
    origins = there.origins[start:end]
    first, last = int(origins.min()), int(origins.max())
    cut_before = start > 0 and there.origins[start - 1] >= first
    cut_after = end < len(there.text) and (there.origins[end] <= last or unicodedata.combining(there.text[end]) > 0)
    return None if cut_before or cut_after else (first, last + 1)


def _kept(space: NDArray[np.bool_], word: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the positions to keep: all but white space, of which one stays between two words."""
    keep = ~space
    first = np.flatnonzero(space & ~np.append(False, space[:-1]))
    after = np.flatnonzero(space & ~np.append(space[1:], False)) + 1
    inner = (first > 0) & (after < len(space))
    first, after = first[inner], after[inner]
    keep[first[word[first - 1] & word[after]]] = True
    return np.flatnonzero(keep)


def is_word(letter: str) -> bool:
    """Tell letters, digits and their marks from punctuation and white space."""
    return unicodedata.category(letter)[0] in "LNM"


@lru_cache(maxsize=8192)
def _fold_letter(letter: str) -> str:
    """Return what one character is compared as: nothing, a space, or its folded letters."""
    if letter.isspace():
        return " "
    if letter in _DASHES:
        return "-"
    if letter in _QUOTATION_MARKS or letter in _INVISIBLE or unicodedata.category(letter) == "Cf":
        return ""
    folded = unicodedata.normalize("NFKD", letter).casefold()
    return unicodedata.normalize("NFKD", folded)
