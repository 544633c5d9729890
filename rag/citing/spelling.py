"""Whether a text has a name, in any script and spelling."""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from rag.names import (
    Name,
    aliases,
    english_name,
    key_of,
    likeness,
    nations_in,
    seat_or_country,
    sounds_of_text,
)

_ALIKE = 0.75
"""Likeness from which two words of one sound are one name: *Levchyshyn* – *Левчишин* 1, *Musk* – *Macron* 0."""
_ALIKE_ROMANISED = 61
"""The same where a script is romanised, in per cent: *Lamoureux* – *Ламурё* 80, *Quiroga* – *Кіроги* 62."""
_SURELY_ROMANISED = 75
_CASE_ENDING = re.compile("(?<=.{4})(?:ого|его|ому|ему|ими|ыми|ими|ем|ём|ом|ым|им|ой|ою|ий|ый|ій)$")
_ONE_SOUND = ("kqcgxh", "vwfbp", "jyieag", "szctxj", "uwvo", "hkgaoeiu", "td", "aeo")
"""First letters that may stand for one sound in some two languages."""
_LEAST_STEM, _MOST_ENDING = 4, 3
"""Letters that two forms of a name share at least, and that one has more at most: *Kolasa* – *Kolasy*."""
_INFLECTED = 6
"""Letters of a name whose last one may be its ending, and that a compound may begin with: *Kranichbrücke*."""
_LEAST_ALIAS = 3
_LEAST_SOUND = 4
"""Signs of a rough sound, with its mark, by which a transcription is believed: *Tusk* – 图斯克 are both ``=TSK``."""
_LEAST_READ = 4
"""Letters of a name by which its reading in Mandarin is believed: *Zhang Zhihe* – 张志和."""
_LEAST_READ_ABROAD, _READ_ALIKE = 6, 80
"""The same in other alphabets, which need only be so much alike, in per cent: *zhenting* – *chzhentin*."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


@lru_cache(maxsize=10_000)
def holds(text: str, name: Name) -> bool:
    """Tell whether a text has a name in any spelling of the table, or a word that sounds much like it."""
    if spells(text, frozenset({name.text, *name.aliases, *seat_or_country(name.text)})):
        return True
    if _HAN.search(text) or _HAN.search(name.text):
        return _holds_across_han(text, name)
    parts = _WORD.findall(name.text)
    words = _names_of(text)
    return bool(parts) and all(any(_alike(part, word) for word in words) for part in parts)


@lru_cache(maxsize=10_000)
def speaks_of(text: str, language: str | None, country: str) -> bool:
    """Tell whether a text names a country, its capital, or what is of it.

    :param country: ISO 3166.
    """
    name = english_name(country)
    return any(one.code == country for one in nations_in(text, language)) or spells(
        text, frozenset({name, *aliases(name), *seat_or_country(name)})
    )


def spells(text: str, spellings: frozenset[str]) -> bool:
    """Tell whether a text has one of the spellings of a name, as a word of its own where words are parted."""
    key = _key(text)
    for spelling in spellings:
        spelled = key_of(spelling)
        unspaced = any("\u3040" <= letter <= "\u9fff" for letter in spelled)
        if (unspaced and spelled in key) or (len(spelled) >= _LEAST_ALIAS and f" {spelled} " in key):
            return True
    return False


@lru_cache(maxsize=10_000)
def holds_han(text: str, name: str) -> bool:
    """Tell whether a text has a Chinese name, in characters or as read in Mandarin: *欧阳振廷* – *Оуян Чжэньтин*."""
    return name in text or any(
        _reads_alike(_romanised(one), text) for one in (name, name[1:], name[2:]) if len(one) > 1
    )


def _reads_alike(read: str, text: str) -> bool:
    """Tell whether a text in letters has a name as read in Mandarin; other alphabets than Latin spell it their way."""
    letters = _romanised(text)
    if len(read) >= _LEAST_READ and read in letters:
        return True
    foreign = not _latin(text)
    return foreign and len(read) >= _LEAST_READ_ABROAD and fuzz.partial_ratio(read, letters) >= _READ_ALIKE


def _holds_across_han(text: str, name: Name) -> bool:
    """Tell whether text and name, one of them in Chinese characters, agree as transcribed or as read in Mandarin."""
    heard = {sound for sound in name.sounds if len(sound) >= _LEAST_SOUND}
    if not heard.isdisjoint(_sounds(text)):
        return True
    read, letters = _romanised(name.text), _romanised(text)
    if len(read) >= _LEAST_READ and read in letters:
        return True
    foreign = not _HAN.search(name.text) and not _latin(name.text)
    return foreign and len(read) >= _LEAST_READ_ABROAD and fuzz.partial_ratio(read, letters) >= _READ_ALIKE


def has_word_like(text: str, word: str) -> bool:
    """Tell whether a text has a word of a name, inflected or in another script."""
    return any(_alike(word, other) for other in _names_of(text))


@lru_cache(maxsize=2_000)
def _sounds(text: str) -> frozenset[str]:
    return frozenset(sounds_of_text(text))


@lru_cache(maxsize=2_000)
def _romanised(text: str) -> str:
    return "".join(filter(str.isalpha, anyascii(text))).casefold()


@lru_cache(maxsize=2_000)
def _key(text: str) -> str:
    return f" {key_of(text)} "


@lru_cache(maxsize=2_000)
def _names_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that may be names: with a capital, or in a script that has none."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(text) if not word.islower()))


@lru_cache(maxsize=100_000)
def _alike(one: str, two: str) -> bool:
    short, long = sorted((one.casefold(), two.casefold()), key=len)
    stem = short[:-1] if len(short) >= _INFLECTED else short
    if len(stem) >= _LEAST_STEM and len(long) - len(short) <= _MOST_ENDING and long.startswith(stem):
        return True
    if short == long or (len(short) >= _INFLECTED and long.startswith(short)):
        return True
    if _latin(one) != _latin(two):
        read = anyascii(short).casefold(), anyascii(long).casefold()
        ratio = max(fuzz.ratio(*read), fuzz.ratio(read[0], anyascii(_CASE_ENDING.sub("", long))))
        if ratio >= _SURELY_ROMANISED or (ratio >= _ALIKE_ROMANISED and _begin_alike(*read)):
            return True
    return likeness(one, two) >= _ALIKE


def _begin_alike(one: str, two: str) -> bool:
    """Tell whether two words may begin with one sound: *Quiroga* – *kirogi*, but not *Tarasa* – *kaunasa*."""
    return one[:1] == two[:1] or any(one[:1] in letters and two[:1] in letters for letters in _ONE_SOUND)


def _latin(word: str) -> bool:
    return all(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" or not letter.isalpha() for letter in word)
