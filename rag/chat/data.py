"""Text of articles as a part of a prompt: data that cannot pass for the prompt itself."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Invisible, but spelling in Persian and in India's scripts, and parts of emoji."""
_ANGLES = str.maketrans("<>＜＞﹤﹥", "‹›‹›‹›")
_CONTROL = re.compile(r"\[(?=/?[A-Z_]{3,}\])")


def as_data(text: str) -> str:
    """Return a text without anything that could end its delimiters or hide words from a human reader.

    Angle brackets become ``‹›``, so that no tag, delimiter or ``<|special token|>`` is left; the bracket of ``[INST]``
    and its like is widened; invisible characters (direction marks, zero-width spaces, tag letters) and control
    characters go. Quotes are still found in the article, whose comparison ignores all this but the angles.
    """
    shown = "".join(letter for letter in text if letter in _JOINERS or letter in "\n\t" or not _is_hidden(letter))
    return _CONTROL.sub("［", shown.translate(_ANGLES))


def as_attribute(value: str) -> str:
    """Return a value that stands on one line and cannot end its quotation marks or its tag."""
    return " ".join(as_data(value).split()).replace('"', "'")


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc", "Cs")
