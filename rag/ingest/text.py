"""The one normalisation of text. It is done once, before anything counts characters, and never again."""

import re
import unicodedata

_MARK = "\ufeff"
# Unicode's mandatory line breaks (UAX 14). VT and FF separate words, so they are not just dropped.
_BREAKS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    r"""Return the text that all spans of an article count in. Idempotent.

    Unicode NFC; every line break is ``\n``; no byte order mark at the start; no C0 control character but tab and line
    feed; a surrogate pair becomes its character and a lone surrogate U+FFFD, so that the text can be stored as UTF-8.
    Nothing else is changed: soft hyphens and runs of spaces stay, the reader sees the source's own text.
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    # Controls go first: a NUL between CR and LF, or between a letter and its accent, would hide what belongs together.
    text = _CONTROLS.sub("", text).lstrip(_MARK)
    return unicodedata.normalize("NFC", _BREAKS.sub("\n", text))


def has_words(text: str) -> bool:
    """Return whether there is a letter or a digit: without one, nothing could ever be found or quoted."""
    return any(map(str.isalnum, text))


def one_line(text: str | None) -> str | None:
    """Return a title, source or reason as one normalised line without outer white space, None if nothing is left."""
    if text is None:
        return None
    return " ".join(normalise(text).split()) or None
