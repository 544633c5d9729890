"""What a chat model wrote, as it is handed on: statements with the passages they name, nothing of it checked."""

import re
from dataclasses import dataclass

from rag.answers import NOT_ANSWERED

_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?!#)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]*://|www\.|(?:data|javascript|vbscript|mailto|file):(?=\S))\S*", re.IGNORECASE
)
_EMPTY_BRACKETS = re.compile(r"\(\s*[,;]?\s*\)")
SEPARATORS = " \t–—:,;|(-→"
"""What may stand between a statement and its citation."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a claim names, as written.

    :param number: the passage's number; there need not be such a passage.
    :param quote: the words of the passage that are to prove the claim, or None; they need not stand anywhere.
    """

    number: int
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as the model wrote it, nothing of it checked.

    :param cited: in the order written; several of one number where it quotes several things; empty if it cites nothing.
    """

    text: str
    cited: tuple[Cited, ...] = ()


def _without_links(text: str) -> str:
    """Return a text without links, images, HTML and addresses, which no statement needs and an article may plant."""
    while (shorter := _ADDRESS.sub("", _TAG.sub("", _LINK.sub(r"\1", text)))) != text:
        text = shorter  # what is taken out may leave another one
    return text


def tidied(text: str) -> str:
    """Return a statement without what its citations leave behind."""
    text = _without_links(text)
    text = re.sub(r"\s+([.,。])", r"\1", _EMPTY_BRACKETS.sub("", " ".join(text.split())))
    return text.rstrip(SEPARATORS).lstrip(SEPARATORS + ".").strip()


def has_word(text: str) -> bool:
    """Tell whether anything is said in a text at all."""
    return any(letter.isalnum() for letter in text)


def says_not_answered(text: str, *, first: bool = False) -> bool:
    """Tell whether a text says, among other words or before them, what is to be said where there is no answer."""
    words, sentinel = _bare(text), _bare(NOT_ANSWERED)
    return words.startswith(sentinel) if first else sentinel in words


def _bare(text: str) -> str:
    """Return only the words, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))
