"""The form in which words and digits are looked up: as long as the text, so that places in it stay places."""

import unicodedata
from functools import lru_cache

_SAME = {
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u2006\u2005\u2004\u2002\u2003\u3000\u205f\t\n\r", " "),
    **dict.fromkeys("’‘ʼ＇`´′", "'"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي", "ی": "ي", "ک": "ك", "ё": "е", "Ё": "е", "İ": "i", "ı": "i",
    "٪": "%", "﹪": "%", "٫": ",", "٬": "'", "﹣": "-", "ţ": "ț", "Ţ": "ț", "Ş": "ş", "ș": "ş", "Ș": "ş",
}  # fmt: skip
"""Spaces and apostrophes of every width, Arabic and Russian letters with optional marks, Turkish dotted and dotless i,
Romanian letters with a cedilla or a comma. The Arabic decimal sign becomes a comma, its grouping sign an apostrophe,
which is how :func:`rag.citing.values.digits.read` takes them."""
INVISIBLE = frozenset("\u200e\u200f\u061c\u200b\u200c\u200d\u2060\ufeff\u00ad")
"""Marks of direction and soft hyphens; :func:`fold` leaves them where they are, and patterns step over them."""


@lru_cache(maxsize=8192)
def _fold_letter(letter: str) -> str:
    same = _SAME.get(letter)
    if same is not None:
        return same
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    if "！" <= letter <= "～":  # full-width forms of ASCII
        letter = chr(ord(letter) - 0xFEE0)
    lowered = letter.lower()
    return lowered if len(lowered) == 1 else letter


def fold(text: str) -> str:
    """Return the text in lower case with ASCII digits and plain spaces; ``len(fold(text)) == len(text)``.

    >>> fold("12\u202f345 Ёлок, ١٢ ＡＢ")
    '12 345 елок, 12 ab'
    """
    return "".join(map(_fold_letter, text))
