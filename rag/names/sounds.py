"""How a name sounds, whatever it is written in: its consonants, one sign a sound.

*Зеленський*, *Zelensky* and *Selenskyj* are all ``slnsk``. A spelling that languages read differently has a sound for
each reading, and one without its case ending: *Chabarowsk* may start as *Charkiw* does or as *Charles*.

Chinese, Japanese and Korean write foreign names in syllables and lose more: *Трамп*, *トランプ* and *特朗普* agree only
where l and r, m and n, b and v count as one. Such **rough** sounds tell little, so they are looked up only where one of
two spellings is in syllables: those of a word in an alphabet start with ``~``, those of one in syllables with ``=``.
"""

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from rag.names.spellings import AFFRICATES, ENDINGS, KOREAN_PARTICLES, LETTERS, PREFIXES, READINGS, SIGNS
from rag.names.syllables import HANGUL, KATAKANA, han_runs, in_syllables, spoken_syllables

ALPHABETIC, SYLLABIC = "~", "="
"""First sign of the rough sounds of a word in an alphabet, and of one in kana, Hangul or Han."""

_MOST_READINGS = 8
"""Readings kept of one form; more arise only where a long word holds several doubtful letters."""
_LEAST_SIGNS = 2
"""A single consonant is no name: *Le*, *Xi*, *Vu*."""
_LEAST_STEM = 3
"""Signs that must be left when an ending or a prefix is taken away, and in a rough sound."""
_MOST_ENDING = 2
"""Consonants that an ending not in the tables may add to a name: Ukraine – Ukraińców."""
_LONGEST_WORD = 40
"""Letters looked at: longer than any name, and few enough that no text is slow."""
_LEAST_HAN, _MOST_HAN = 2, 7
"""Characters in a Chinese transcription of a name: 普京, 阿尔巴尼亚; a longer run is a list or no name."""

_SOFT_SIGN = re.compile("(?<=[а-яіїєґ])['’ʼ](?=[а-яіїєґ])")
_GERESH = re.compile("(?<=[\u0590-\u05ff])['’](?=[\u0590-\u05ff]|$)")
"""Hebrew's mark of foreign sounds, nearly always typed as an apostrophe: ג'ונסון, Johnson."""
_ARTICLE = re.compile("^(?:d|l|o|dell|all|nell|sull|dall|un)['’ʼ](?=..)")
_AFTER_APOSTROPHE = re.compile("['’ʼ`´].*$", re.DOTALL)
"""English and Turkish endings: Putin's, Putin'in."""
_SILENT = re.compile("[AIYH]")
_DOUBLED = re.compile(r"([A-Z])\1+")
_TI = re.compile("[TD](?=I)")
_SILENT_R = (re.compile("R(?![AIY])"), re.compile("R$"))
_ROUGH = str.maketrans("FDRN", "PTLM")


def sound(word: str) -> str:
    """Return how a word is commonly read, its consonants in order; "" where it has no letters.

    An ``a`` in front stands for any vowel, h or y that starts the word.

    >>> sound("Зеленський"), sound("Selenskyj"), sound("Ζελένσκι"), sound("Иран"), sound("Iran")
    ('slnsk', 'slnsk', 'slnsk', 'arn', 'arn')
    """
    whole, *_ = _spoken(word[:_LONGEST_WORD])
    return _skeleton(whole[0], collapse=not _unvocalised(word))


@lru_cache(maxsize=200_000)
def sounds(word: str) -> frozenset[str]:
    """Return every way a word may sound: its readings, those without its case ending, and the rough ones.

    Two words may be one name if they share a sound, where ``~`` and ``=`` count as the same (:func:`counterparts`).

    >>> sorted(sounds("Putins")), sorted(sounds("プーチン"))
    (['ptn', 'ptns', '~PSM', '~PSMS', '~PTM', '~PTMS'], ['=PSM'])
    """
    word = word[:_LONGEST_WORD]
    collapse = not _unvocalised(word)
    syllabic = in_syllables(word)
    found = set()
    for at, readings in enumerate(_spoken(word)):
        least = _LEAST_STEM if at else _LEAST_SIGNS
        for reading in readings:
            if not syllabic and len(skeleton := _skeleton(reading, collapse=collapse)) >= least:
                found.add(skeleton)
            found |= {(SYLLABIC if syllabic else ALPHABETIC) + rough for rough in _rough(reading, collapse=collapse)}
    return frozenset(found)


def counterparts(found: frozenset[str]) -> frozenset[str]:
    """Return the sounds to look up for a name that has these: rough ones only in the other kind of script.

    Two spellings in syllables agree by their rough sounds too.

    >>> sorted(counterparts(sounds("Putin")))
    ['=PSM', '=PTM', 'ptn']
    """
    return frozenset(
        form
        for one in found
        for form in (
            (SYLLABIC + one[1:],)
            if one[0] == ALPHABETIC
            else (one, ALPHABETIC + one[1:])
            if one[0] == SYLLABIC
            else (one,)
        )
    )


def spelled_alike(name: str, other: str) -> bool:
    """Tell whether two spellings, in any scripts, may be one name: they share a sound, or are alike but for an ending.

    >>> spelled_alike("Зеленським", "Selenskyj"), spelled_alike("Merz", "März"), spelled_alike("Musk", "Macron")
    (True, True, False)
    """
    if _share_a_sound(name, other):
        return True
    one, two = sorted((_bare(name), _bare(other)), key=len)
    return len(one) >= _LEAST_STEM and len(two) - len(one) <= _MOST_ENDING and two.startswith(one)


def likeness(name: str, other: str) -> float:
    """Return how alike two spellings of one sound are, 0 to 1; 0 where they share no sound.

    Of words that share their consonants those with other vowels are the less likely: *Musk* – *Message*. Where a script
    leaves out vowels or the sound is rough, the consonants are all there is to compare.

    >>> likeness("Путин", "Poutine") > likeness("Путин", "Bethany") > likeness("Путин", "Merkel") == 0
    True
    """
    if not _share_a_sound(name, other):
        return 0.0
    spoken = max(fuzz.ratio(one, two) for one in _compared(name, other) for two in _compared(other, name)) / 100
    if in_syllables(name + other) or _unvocalised(name + other):
        return float(spoken)
    written = fuzz.ratio(anyascii(name).casefold(), anyascii(other).casefold()) / 100
    return float(spoken + written) / 2


def sounds_of_text(text: str) -> list[str]:
    """Return the sounds that a text is indexed by: those of each word that may be a name, repeated as they repeat.

    In a script with capitals that is a word with a capital: by its sound, *names* would be found for *Niemcy*.
    Of Chinese characters it is a run of those that transcribe, tried without its first and without its last too.

    >>> sounds_of_text("das sagte Scholz")
    ['sls', '~SLS']
    """
    return [found for word in _words().findall(text) for found in _indexed(word)]


def sounds_of_run(run: str) -> frozenset[str]:
    """Return the sounds of a run of characters that transcribe, whose first or last may belong to the next word.

    >>> sounds("普京") <= sounds_of_run("普京什"), sounds("普京") <= sounds("普京什")
    (True, False)
    """
    return sounds(run).union(*(sounds(part) for part in (run[1:], run[:-1]) if len(part) >= _LEAST_HAN))


@cache
def _words() -> re.Pattern[str]:
    """Return what finds words, runs of katakana and runs of Han; compiled late, as a question does without it.

    Thai, Burmese and Khmer have neither spaces nor a sign of a foreign name.
    """
    return re.compile(
        rf"[{KATAKANA}]+|[{HANGUL}]+|[\u4e00-\u9fff]+"
        "|[^\\W\\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]+"
        "(?:['’ʼ][^\\W\\d_]+)*"
    )


@lru_cache(maxsize=200_000)
def _indexed(word: str) -> tuple[str, ...]:
    if "\u4e00" <= word[0] <= "\u9fff":
        runs = [word[start:end] for start, end in han_runs(word) if _LEAST_HAN <= end - start <= _MOST_HAN]
        return tuple(sorted(found for run in runs for found in sounds_of_run(run)))
    if word.islower():
        return ()
    return tuple(sorted(sounds(word)))


def _share_a_sound(name: str, other: str) -> bool:
    return not _looked_up(name).isdisjoint(sounds(other))


@lru_cache(maxsize=100_000)
def _bare(word: str) -> str:
    """Return the sound of a word without what starts it if that is no consonant."""
    return sound(word).removeprefix("a")


@lru_cache(maxsize=10_000)
def _looked_up(name: str) -> frozenset[str]:
    return counterparts(sounds(name))


def _compared(word: str, other: str) -> list[str]:
    """Return the readings of a word as far as the script of another word can show them too."""
    readings = [reading for form in _spoken(word[:_LONGEST_WORD]) for reading in form]
    if in_syllables(word) or in_syllables(other):
        readings = [reading.translate(_ROUGH) for reading in readings]
    if _unvocalised(word + other):
        return [_skeleton(reading, collapse=False) for reading in readings]
    return [_DOUBLED.sub(r"\1", reading.replace("H", "").replace("Y", "I")) for reading in readings]


def _spoken(word: str) -> list[list[str]]:
    """Return the readings of a word as A to Z, then those of its forms without ending or prefix; never empty."""
    word = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    if in_syllables(word):
        bare = KOREAN_PARTICLES.sub("", word)
        return [[spoken_syllables(form)] for form in dict.fromkeys((word, bare))]
    word = _AFTER_APOSTROPHE.sub("", _ARTICLE.sub("", _SOFT_SIGN.sub("", _GERESH.sub("׳", word))))
    forms = dict.fromkeys((word, ENDINGS.sub("", word), PREFIXES.sub("", word)))
    return [_readings(form) for form in forms]


def _unvocalised(word: str) -> bool:
    """Tell whether a word is Hebrew or Arabic: of two like consonants there the vowel between is left out."""
    return any("\u0590" <= letter <= "\u06ff" for letter in word)


def _readings(form: str) -> list[str]:
    """Return how the letters of a form are read, the commonest reading first."""
    readings = [AFFRICATES.sub("S", form).translate(SIGNS)]
    for spelling, sounds_like in READINGS:
        if spelling.search(readings[0]):
            readings = [spelling.sub(sound, reading) for sound in sounds_like for reading in readings][:_MOST_READINGS]
    return ["".join(_letter(letter) for letter in reading) for reading in readings]


@lru_cache(maxsize=10_000)
def _letter(letter: str) -> str:
    """Return the sound of a letter that the tables do not name: of its base letter, or as anyascii writes it."""
    if letter.isascii():
        return letter if letter.isupper() else LETTERS.get(letter, "")
    return "".join(LETTERS.get(sign, "") for sign in anyascii(letter).casefold())


def _skeleton(spoken: str, *, collapse: bool) -> str:
    """Return the consonants of what is spoken; vowels at its start as an ``a``."""
    spoken = spoken[:1] + spoken[1:].replace("H", "")
    if collapse:
        spoken = _DOUBLED.sub(r"\1", spoken)
    return ("a" if _SILENT.match(spoken) else "") + _SILENT.sub("", spoken).lower()


def _rough(spoken: str, *, collapse: bool) -> set[str]:
    """Return the rough sounds: *ti* may be *chi*, *th* an s, an r that closes a syllable or the word silent."""
    forms = {spoken, _TI.sub("S", spoken), spoken.replace("TH", "S")}
    forms |= {silent.sub("", form) for form in forms for silent in _SILENT_R}
    rough = {_skeleton(form.translate(_ROUGH), collapse=collapse).upper() for form in forms}
    return {form for form in rough if len(form) >= _LEAST_STEM}
