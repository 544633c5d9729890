"""Names in a question, and whether a text has them in another spelling or script."""

import re
from functools import lru_cache

from anyascii import anyascii

from rag.answering.coverage import Word

_GERMAN = re.compile(
    r"\b(?:wer|wen|wem|was|wann|warum|welche[rnms]?|wie|wo|viele?|hat|haben|ist|sind|war|wurden?|der|die|das|dem|den|des|"
    r"ein|eine[rnms]?|und|mit|zum|zur|im|vom|von|für|auf|bei|nach|sich|nicht|laut|seit|sagte)\b",
    re.IGNORECASE,
)
_CASELESS = re.compile(r"[^\W\d_]")
_ARABIC_VOWEL = re.compile("و")
"""Waw, in names nearly always the vowel of بوتين (Putin); Arabic has no p either, so b and p count as one sound."""
_SOUNDS = (
    (re.compile("tsch|tch|sch|sh|ch|cz|sz|zh"), "s"),
    (re.compile("kh"), "h"),
    (re.compile("ph|[vwf]"), "f"),
    (re.compile("c(?=[eiy])|[szx]"), "s"),
    (re.compile("[kqgc]"), "k"),
    (re.compile("[bp]"), "p"),
)
"""Spellings of one sound in different languages: Tschernihiw – Chernihiv, Zelensky – Selenskyj, Wance – Vance."""
_MAX_ENDING = 2
"""Consonants that a case ending may add to a name: Трамп – Трампом, Zełenski – Zełenskim."""


def capitals_mean_names(question: str) -> bool:
    """Tell whether a capital letter marks a name: not in German, nor in scripts that have none."""
    letters = _CASELESS.findall(question)
    cased = any(letter.isupper() for letter in letters) and any(letter.islower() for letter in letters)
    return cased and len(_GERMAN.findall(question)) < 2  # noqa: PLR2004 - one such word occurs in other languages too


def is_name(word: Word, *, first: bool, cased: bool) -> bool:
    """Tell whether a word of a question shows that it is a name, or holds a number.

    :param first: whether it starts the question, where a capital means nothing.
    :param cased: whether capitals mean names in the question.
    """
    if any(letter.isdigit() for letter in word.text):
        return True
    return cased and ((word.text[0].isupper() and not first) or any(letter.isupper() for letter in word.text[1:]))


def spelled_alike(name: str, other: str) -> bool:
    """Tell whether two spellings, in any scripts, may be one name: the same consonants, but for a case ending.

    >>> spelled_alike("Зеленским", "Selenskyj"), spelled_alike("Merz", "März"), spelled_alike("Musk", "Macron")
    (True, True, False)
    """
    one, two = sorted((_skeleton(name), _skeleton(other)), key=len)
    if len(one) < 2 or len(two) - len(one) > _MAX_ENDING or not two.startswith(one):  # noqa: PLR2004 - Vu, Le, Xi
        return False
    return one == two or len(one) > 2  # noqa: PLR2004 - two consonants are too few to add an ending to


@lru_cache(maxsize=100_000)
def _skeleton(name: str) -> str:
    """Return the consonants of a name, one sign a sound, doubled ones once."""
    letters = re.sub("[^a-z]", "", anyascii(_ARABIC_VOWEL.sub("", name)).casefold())
    for spelling, sound in _SOUNDS:
        letters = spelling.sub(sound, letters)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyjh]", "", letters))
