"""Which words of a question are names, and by what spellings and sounds a passage may have them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.names.aliases import aliases, aliases_of_inflected
from rag.names.sounds import counterparts, sound, sounds, sounds_of_run
from rag.names.syllables import HANGUL, KATAKANA, han_runs

_GERMAN = re.compile(
    r"\b(?:wer|wen|wem|was|wann|warum|welche[rnms]?|wie|wo|viele?|hat|haben|ist|sind|war|wurden?|der|die|das|dem|den|des|"
    r"ein|eine[rnms]?|und|mit|zum|zur|im|vom|von|für|auf|bei|nach|sich|nicht|laut|seit|sagte)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"(?P<unspaced>[{_UNSPACED}]+)|[^\W_](?:[^\W_{_UNSPACED}]|[\u0300-\u036f\u0900-\u0dff]|['’ʼ׳](?=[^\W\d_]))*"
)
_KATAKANA = re.compile(f"[{KATAKANA}]{{2,}}")
_CASELESS_WORD = re.compile(f"[\u0590-\u06ff\u0900-\u0dff]{{3,}}|[{HANGUL}]{{2,}}")
"""Words of scripts without capitals that are long enough for a name; shorter ones are nearly all particles."""
_MOST_WORDS = 4
_MOST_SIGNS = 8
"""Characters of the longest alias looked for in a script without spaces: 보스니아 헤르체고비나, 圣多美和普林西比."""
_LEAST_SIGNS = 2
_MOST_TRANSCRIBED = 20
_LEAST_LONGER = 4
"""Characters of a transcription that is not taken apart."""
_LEAST_CANDIDATE = 3
"""Letters of a word that may be a name though nothing shows it."""
_LEAST_UNSHOWN = 3
"""Signs of the sound of a word that nothing shows to be a name: *What* is ``ft``, *Fatah* is too."""
_LEAST_ALIAS_SOUND = 3
"""Signs of an alias's sound: a name has dozens of aliases, and among so many two consonants are in every passage."""


@dataclass(frozen=True, slots=True)
class Name:
    """A word of a question, or a few in a row, that is a name or may be one.

    :param text: ``question[start:end]``.
    :param certain: whether a capital shows it, or the alias table has just this spelling; otherwise only a caller who
        knows how rare the word is can tell.
    :param aliases: its spellings in the alias table, in all languages; empty where it is not there.
    :param sounds: what to look it up by among :func:`rag.names.sounds_of_text` of passages.
    :param alias_sounds: the same of its aliases of one word, for their cases that stemming does not bring together.
    """

    start: int
    end: int
    text: str
    certain: bool
    aliases: frozenset[str]
    sounds: frozenset[str]
    alias_sounds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    unspaced: bool


def capitals_mean_names(question: str) -> bool:
    """Tell whether a capital letter marks a name: not in German, nor in scripts that have none."""
    letters = _LETTER.findall(question)
    cased = any(letter.isupper() for letter in letters) and any(letter.islower() for letter in letters)
    return cased and len(_GERMAN.findall(question)) < 2  # noqa: PLR2004 - one such word occurs in other languages too


def is_name(word: str, *, first: bool, cased: bool) -> bool:
    """Tell whether a word of a question shows that it is a name, or holds a number.

    :param first: whether it starts the question, where a capital means nothing.
    :param cased: whether capitals mean names in the question.
    """
    if any(letter.isdigit() for letter in word):
        return True
    return cased and ((word[0].isupper() and not first) or any(letter.isupper() for letter in word[1:]))


@lru_cache(maxsize=1_000)
def names_in(question: str) -> tuple[Name, ...]:
    """Return the names of a question in order, none overlapping another; the longest alias wins.

    >>> [name.text for name in names_in("What did Zelensky say in New York?")]
    ['Zelensky', 'New York']
    >>> [name.text for name in names_in("泽连斯基在基辅说了什么？")]
    ['泽连斯基', '基辅']
    """
    words = [
        _Word(match.start(), match.end(), match[0], match["unspaced"] is not None) for match in _WORD.finditer(question)
    ]
    cased = capitals_mean_names(question)
    some_capital = any(letter.isupper() for letter in question[1:])
    found: list[Name] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.unspaced:
            found += _in_unspaced(word)
            at += 1
            continue
        run, them = _longest_alias(question, words, at)
        text = question[word.start : words[at + run - 1].end] if run else ""
        if run and (_marked(text) or not some_capital):
            found.append(_name(word.start, text, them, certain=_marked(text)))
            at += run
            continue
        if (candidate := _candidate(word, first=at == 0, cased=cased, some_capital=some_capital)) is not None:
            found.append(candidate)
        at += 1
    return tuple(found)


def _marked(text: str) -> bool:
    """Tell whether nothing in the writing of an alias speaks against its being one: it starts with no small letter."""
    return not text[0].islower()


def _longest_alias(question: str, words: list[_Word], at: int) -> tuple[int, frozenset[str]]:
    """Return how many words from ``at`` on are in the alias table as one name, and its spellings; (0, …) if none."""
    for run in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        last = words[at + run - 1]
        between = [
            question[one.end : two.start] for one, two in zip(words[at:], words[at + 1 : at + run], strict=False)
        ]
        if last.unspaced or any(gap.strip(" \u00a0-‐‑.") or not gap for gap in between):
            continue
        text = question[words[at].start : last.end]
        if len(text) >= _LEAST_CANDIDATE or len(_CASELESS_WORD.findall(text)):
            them = aliases(text) or (aliases_of_inflected(text) if run > 1 else frozenset())
            if them:
                return run, them
    return 0, frozenset()


def _candidate(word: _Word, *, first: bool, cased: bool, some_capital: bool) -> Name | None:
    """Return a word that the alias table has not just so, if it is a name or may be one."""
    if any(letter.isdigit() for letter in word.text):
        return None
    certain = is_name(word.text, first=first, cased=cased)
    shown = certain or (not first and word.text[0].isupper())
    caseless = _CASELESS_WORD.match(word.text) is not None
    capital = any(letter.isupper() for letter in word.text)
    if not (certain or caseless or capital or (not some_capital and len(word.text) >= _LEAST_CANDIDATE)):
        return None
    them = aliases_of_inflected(word.text) if caseless or capital else frozenset()
    name = _name(word.start, word.text, them, certain=certain, least=1 if shown else _LEAST_UNSHOWN)
    return name if name.sounds or name.aliases or certain else None


def _in_unspaced(word: _Word) -> Iterator[Name]:
    """Find aliases, longest first, and transcribed names in a run of a script without spaces."""
    at = rest = 0
    while at < len(word.text):
        for length in range(min(_MOST_SIGNS, len(word.text) - at), _LEAST_SIGNS - 1, -1):
            text = word.text[at : at + length]
            if not _part_of_longer(word.text, at, at + length) and (them := aliases(text)):
                yield from _transcribed(word.text[rest:at], word.start + rest)
                yield _name(word.start + at, text, them, certain=True)
                at = rest = at + length
                break
        else:
            at += 1
    yield from _transcribed(word.text[rest:], word.start + rest)


def _part_of_longer(text: str, start: int, end: int) -> bool:
    """Tell whether two characters are syllables of a longer transcription: 卢卡, Lucca, in 卢卡申科, Lukashenko."""
    if end - start > _LEAST_SIGNS:
        return False
    return any(first <= start and end <= last and last - first >= _LEAST_LONGER for first, last in han_runs(text))


def _transcribed(text: str, start: int) -> Iterator[Name]:
    runs = han_runs(text) + [match.span() for match in _KATAKANA.finditer(text)]
    for first, end in sorted(runs):
        if _LEAST_SIGNS <= end - first <= _MOST_TRANSCRIBED:
            yield _name(start + first, text[first:end], frozenset(), certain=False)


def _name(start: int, text: str, them: frozenset[str], *, certain: bool, least: int = 1) -> Name:
    sounds_of = sounds_of_run if han_runs(text) == [(0, len(text))] else sounds
    own = frozenset(heard for word in text.split() for heard in counterparts(sounds_of(word)) if len(heard) >= least)
    heard = frozenset(heard for alias in them if " " not in alias and len(heard := sound(alias)) >= _LEAST_ALIAS_SOUND)
    return Name(start, start + len(text), text, certain, them, own, heard - own)
