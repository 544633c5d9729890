"""Text becomes the terms that tantivy counts: folded, stemmed by language, Chinese and Japanese in pairs."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import Stemmer  # type: ignore[import-not-found] # a C module without stubs
from anyascii import anyascii

ANALYSIS_VERSION = "terms-2"
"""Part of an index's fingerprint; it changes whenever the terms of a text change."""

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_LEMMATISED = {"bg", "hr", "lv", "mk", "sk", "sl", "sq", "uk"}
"""Languages that Snowball has no stemmer for and simplemma has lemmas for."""
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Kana, Han, Thai, Lao, Burmese and Khmer, which put no space between words."""
_WORD = re.compile(rf"([{_UNSPACED}]+)|([^\W{_UNSPACED}]+)")


def terms(text: str, language: str | None) -> list[str]:
    """Return the terms of a text in order, repeated as they repeat.

    :param language: ISO 639-1 code; for None or a language without a stemmer the folded words themselves.
    """
    reduce = _reducer(language or "")
    result = []
    for unspaced, word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if word:
            result.append(reduce(word))
        else:
            result += [unspaced[at : at + 2] for at in range(max(1, len(unspaced) - 1))]
    return result


@cache
def _reducer(language: str) -> Callable[[str], str]:
    """Return what brings the forms of one word together: stem or lemma, then ASCII letters only."""
    if language in _STEMMERS and _STEMMERS[language] in Stemmer.algorithms():
        stem = Stemmer.Stemmer(_STEMMERS[language]).stemWord
    elif language in _LEMMATISED:
        from simplemma import lemmatize  # noqa: PLC0415 - reads a dictionary of megabytes

        def stem(word: str) -> str:
            return lemmatize(word, lang="hbs" if language == "hr" else language)
    else:
        stem = str

    @lru_cache(maxsize=200_000)
    def reduce(word: str) -> str:
        return anyascii(stem(word)).casefold().replace(" ", "") or word

    return reduce
