"""A quote becomes the span where it stands, whatever happened to its white space, quotation marks, dashes and case."""

import re
import unicodedata

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»‹›〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
    }
)
_OUTER = " \t\n\"'.…"


def locate(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Find a quote in ``text[start:end]`` and return its span in ``text``, or None.

    The words must be the same and in the same order; white space, the kind of quotation marks and dashes, soft
    hyphens, upper and lower case, and marks around the whole quote may differ.
    """
    end = len(text) if end is None else end
    exact = text.find(quote, start, end) if quote else -1
    if exact >= 0:
        return exact, exact + len(quote)
    wanted, _ = _folded(quote.strip(_OUTER + "“”„«»‘’‚"))
    if not wanted.strip():
        return None
    there, origins = _folded(text[start:end])
    at = there.find(wanted.strip())
    if at < 0:
        return None
    first, last = origins[at], origins[at + len(wanted.strip()) - 1]
    return start + first, start + last + 1


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text in its comparable form and, for each of its characters, where it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for position, letter in enumerate(text):
        folded = unicodedata.normalize("NFKC", letter).casefold().translate(_SAME)
        folded = re.sub(r"\s+", " ", folded)
        if folded == " " and letters and letters[-1] == " ":
            continue
        letters += folded
        origins += [position] * len(folded)
    return "".join(letters), origins
