"""Whether an answer says what is accepted: exact match and token F1 (SQuAD, Rajpurkar et al. 2016) in many languages.

The prediction is the answer's text, or its first statement's text where that is nearer: of quoted answers the first
sentence is the best one, and the others are more evidence. Each accepted answer is tried and the best counts. A quoted
answer is whole sentences, so it hardly ever matches exactly, and its length keeps its F1 low; :func:`contained` is the
measure for that (ALCE's STR-EM, Gao et al. 2023): whether an accepted answer stands in the text.

Texts are compared as tokens: Unicode NFKC, case folded, digits of any script as 0–9, numbers without separators of
thousands and with a decimal point, without punctuation and articles; Chinese and Japanese by character. Number words
stay words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache

from eval.gold_set import Question
from eval.rows import Row

_ARTICLES = {
    "ca": "el la els les l un una uns unes",
    "da": "en et den det de",
    "de": "der die das den dem des ein eine einen einem einer eines",
    "el": "ο η το οι τα του της των τον την τους τις ένας μια μία ένα",
    "en": "a an the",
    "es": "el la los las lo un una unos unas",
    "fr": "le la les l un une des",
    "hu": "a az egy",
    "it": "il lo la l i gli le un uno una",
    "nl": "de het een",
    "no": "en ei et den det de",
    "pt": "o a os as um uma uns umas",
    "ro": "un o unui unei niște",
    "sv": "en ett den det de",
}
"""The articles that are words of their own, in the languages that have them."""
_ARABIC_ARTICLE = "ال"
"""Written as one word with its noun; taken off as in the evaluation of MLQA (Lewis et al. 2020)."""
_SEPARATORS = str.maketrans({"٫": ".", "٬": ",", "’": "'"})
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}([ .,'])\d{3}(?:\1\d{3})*(?!\d)")
_DECIMAL = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![.,]?\d)")
_BY_CHARACTER = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han."""
_TOKEN = re.compile(rf"(?<![\d.])\d+\.\d+(?![.]?\d)|\d+|[{_BY_CHARACTER}]|[^\s\d.{_BY_CHARACTER}]+")
_SIGNS = "%‰"
"""Signs that are read as words, besides currencies."""


@lru_cache(maxsize=4096)
def tokens(text: str, languages: frozenset[str]) -> tuple[str, ...]:
    """Return what is compared of a text; where it is nothing but articles, those.

    :param languages: whose articles are left out, ISO 639-1.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SEPARATORS)
    plain = "".join(str(unicodedata.decimal(character, character)) for character in plain)
    plain = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), plain)
    plain = _DECIMAL.sub(r"\1.\2", plain)
    found = tuple(_TOKEN.findall("".join(map(_readable, plain))))
    articles = frozenset[str]().union(*(_articles(language) for language in languages))
    if "ar" in languages:
        found = tuple(token.removeprefix(_ARABIC_ARTICLE) or token for token in found)
    return tuple(token for token in found if token not in articles) or found


def exact_match(question: Question, row: Row) -> float:
    """Return 1 if the prediction is an accepted answer, token by token, else 0."""
    return _best(question, row, lambda said, accepted: float(said == accepted))


def token_f1(question: Question, row: Row) -> float:
    """Return the harmonic mean of the shares of the tokens, of both texts, that they have in common."""
    return _best(question, row, _f1)


def contained(question: Question, row: Row) -> float:
    """Return 1 if the tokens of an accepted answer stand in the answer's text, one after the other, else 0."""
    return _best(question, row, lambda said, accepted: float(_within(accepted, said)))


_Tokens = tuple[str, ...]


def _best(question: Question, row: Row, score: Callable[[_Tokens, _Tokens], float]) -> float:
    languages = frozenset({question.language, *(cited.language for cited in row.citations if cited.language)})
    said = [row.answer.text, *(statement.text for statement in row.answer.statements[:1])]
    return max(
        (score(tokens(text, languages), tokens(accepted, languages)) for text in said for accepted in question.answers),
        default=0.0,
    )


def _f1(said: _Tokens, accepted: _Tokens) -> float:
    common = (Counter(said) & Counter(accepted)).total()
    return 2 * common / (len(said) + len(accepted)) if common else 0.0


def _within(part: _Tokens, whole: _Tokens) -> bool:
    return bool(part) and any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


@cache
def _articles(language: str) -> frozenset[str]:
    return frozenset(_ARTICLES.get(language, "").casefold().split())


def _readable(character: str) -> str:
    """Return a letter, mark, digit or point as it is, a sign between spaces, and a space for anything else."""
    category = unicodedata.category(character)
    if category[0] in "LMN" or character == ".":
        return character
    return f" {character} " if character in _SIGNS or category == "Sc" else " "
