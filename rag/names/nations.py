"""Which countries a text speaks of, by their names or by what is of them: *Latvia*, *lettische*, *австрийский*."""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rag.names.aliases import key_of

TABLE = Path(__file__).parent / "nations.json"
"""By language and ISO 3166 code: names and adjectives; made by ``python -m rag.names.build`` from Unicode CLDR."""
IRREGULAR = Path(__file__).parent / "nations_irregular.json"
"""The same, by hand, of what CLDR does not have: *Swiss*, *США*, and stems that change, as *Египт-*."""

_LEAST_SIGNS = 2
"""Characters of a name: 德 is part of many words."""
_COMMON = {"persa", "perse", "fines", "того", "مالي"}
"""What begins other words: *persona*, and *Того* is *of that*."""
UNSPACED = frozenset({"zh", "ja"})
_WORD = re.compile(r"[^\W\d_]+(?:\.[A-Z]\.)?")
_LEAST_STEM, _MOST_ENDING, _SHORT_ENDING = 4, 6, 2
"""Letters of a stem, of the ending of a long one, and of that of a short one: *Perugia* is not of *Peru*."""
_ADJECTIVE = re.compile(
    r"\w{0,5}sk\w{0,3}|\w{0,5}(?:ск|цк|ськ|зьк|цьк)\w{1,3}|\w{0,2}isch\w{0,2}|(?:ch?|qu)?(?:i?e|i?a)n(?:ne|ne?s|[aoe]|[ao]s|is)?"
    r"|(?:ai|oi|i|e)s(?:e|es|a|as|i)?|[nl]?e[nsr]s?e?|[oaeiu]s?|aans?e?|in[oaeis]s?|e[nñ][oa]s?|nd(?:ais|aise|aises)"
)
"""Endings that make an adjective of a country; where adjectives have no capital one that names it must end so."""
_ENDINGS = {
    "en": re.compile("i?a?n?s?|e?s?|y|is?|ese|ine|as?"),
    "tr": re.compile("(?:l[iu])?(?:lar|ler)?|y?a|ca|ce|ya(?:li)?"),
}
"""All that a stem may have after it, where endings are few or stand behind an apostrophe."""
_ARABIC = re.compile("^(?:[وف])?(?:[بكل])?(?:ال|لل)?(?=.{3})|(?:ي|ية|يين|يون|ون|ين|ان)$")
"""Particles that Arabic writes with a word, and the endings of what is of a country."""
_LAST_VOWELS = re.compile("(?:[aeiouy]|[аеиоуыэюяіїєйьё]+)$")


@dataclass(frozen=True, slots=True)
class Nation:
    """A country that a text speaks of.

    :param code: ISO 3166.
    :param text: ``text[start:end]``, the word that says so.
    """

    start: int
    end: int
    text: str
    code: str


@lru_cache(maxsize=5_000)
def nations_in(text: str, language: str | None) -> tuple[Nation, ...]:
    """Return the countries that a text names or has an adjective of, in order; none in a language without a table.

    :param language: ISO 639-1.

    >>> [one.code for one in nations_in("Die lettische Ministerpräsidentin traf Belgier.", "de")]
    ['LV', 'BE']
    """
    if language not in _tables():
        return ()
    phrases, stems = _tables()[language]
    found = [
        Nation(phrase.start(), phrase.end(), phrase[0], _codes(language)[phrase[0]])
        for phrase in (phrases.finditer(text) if phrases else ())
    ]
    if language in UNSPACED:
        return tuple(found)
    for word in _WORD.finditer(text):
        if any(one.start <= word.start() < one.end for one in found):
            continue
        code = _nation(word[0], language, stems)
        if code is not None:
            found.append(Nation(word.start(), word.end(), word[0], code))
    return tuple(sorted(found, key=lambda one: one.start))


def _nation(word: str, language: str, stems: dict[str, tuple[str, bool]]) -> str | None:
    key = key_of(word)
    if language == "ar":
        key = _ARABIC.sub("", key)
        return stems[key][0] if key in stems else None
    for length in range(len(key), _LEAST_STEM - 2, -1):
        held = stems.get(key[:length])
        if held is None:
            continue
        code, adjective = held
        ending = key[length:]
        if word[0].islower() and (language == "en" or not (adjective or _ADJECTIVE.fullmatch(ending))):
            continue
        if language in _ENDINGS and not _ENDINGS[language].fullmatch(ending):
            continue
        longest = _MOST_ENDING if length > _LEAST_STEM or _ADJECTIVE.fullmatch(ending) else _SHORT_ENDING
        if len(ending) <= longest:
            return code
    return None


@cache
def _codes(language: str) -> dict[str, str]:
    return {name: code for code, names in _listed(language).items() for name in names}


def _listed(language: str) -> dict[str, list[str]]:
    tables: list[dict[str, dict[str, list[str]]]] = [
        json.loads(path.read_text(encoding="utf8")) for path in (TABLE, IRREGULAR)
    ]
    codes = {code for table in tables for code in table.get(language, {})}
    return {code: [name for table in tables for name in table.get(language, {}).get(code, ())] for code in codes}


@cache
def _tables() -> dict[str, tuple[re.Pattern[str] | None, dict[str, tuple[str, bool]]]]:
    """Return, by language, the names of several words or of a script without spaces, and the stems of the others."""
    found = {}
    for language in json.loads(TABLE.read_text(encoding="utf8")):
        stems: dict[str, tuple[str, bool]] = {}
        phrases = []
        for code, names in _listed(language).items():
            for name in names:
                if len(name) < _LEAST_SIGNS or key_of(name) in _COMMON:
                    continue
                if language in UNSPACED or not name.isalpha() or (name.isupper() and language != "ar"):
                    phrases.append(name)
                    continue
                stem = stem_of_nation(name, language)
                stems[stem] = (code, name[0].islower() or stems.get(stem, ("", False))[1])
        ordered = sorted(phrases, key=len, reverse=True)
        pattern = "|".join(
            re.escape(name) + (r"\b" if name.isupper() and name.isalpha() and language not in UNSPACED else "")
            for name in ordered
        )
        edge = "" if language in UNSPACED else r"\b"
        found[language] = (re.compile(edge + f"(?:{pattern})") if phrases else None, stems)
    return found


def stem_of_nation(name: str, language: str) -> str:
    """Return what the name of a country, or its adjective, keeps in all its forms.

    >>> stem_of_nation("Dänisch", "de"), stem_of_nation("датский", "ru"), stem_of_nation("Belgien", "de")
    ('danisch', 'датск', 'belg')
    """
    key = key_of(name)
    if language == "ar":
        return _ARABIC.sub("", key)
    endings = {"de": "(?:ien|en|e)$", "tr": "c[ae]$"}.get(language)
    stem = re.sub(endings, "", key) if endings else _LAST_VOWELS.sub("", key)
    return stem if len(stem) >= _LEAST_STEM else key


@cache
def english_name(code: str) -> str:
    """Return what a country is called in English, by which the other tables have it."""
    return _listed("en")[code][0]
