"""Words in an article that speak to the machine that reads it, not to its reader: they support nothing."""

import re
import unicodedata

_MARKS = re.compile(
    r"<\||\|>|\[/?INST\]|<</?SYS>>|[<＜]\s*/?\s*(?:passage|think|start_of_turn|end_of_turn)\b"
    r'|"(?:answered|statements)"\s*:|[\u202d\u202e\U000e0000-\U000e007f]',
    re.IGNORECASE,
)
"""Control tokens of chat models, the tags and fields of our own prompt, and characters that turn or hide words."""
_KEPT = "\u202d\u202e"


def speaks_to_machine(text: str) -> bool:
    """Tell by certain signs whether a text is meant for a machine.

    Instructions in plain words have none: by the encoder's vectors *ignore all previous instructions* cannot be told
    from *the minister ignored all previous warnings*.
    """
    return _MARKS.search("".join(filter(_is_read, text))) is not None


def _is_read(letter: str) -> bool:
    """Tell what a machine reads, which invisible characters inside a word do not stop."""
    return unicodedata.category(letter) != "Cf" or letter in _KEPT or letter >= "\U000e0000"
