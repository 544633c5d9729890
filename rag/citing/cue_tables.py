"""The words by which a language attributes and negates: one JSON table a language, in ``cues/``.

A list of cues is written as lines of cues parted by a comma and a space. A cue is a lower-case regular expression of
whole words with two short forms: ``*`` after a letter stands for any ending, and ``lehnte* ~ ab`` for a word that
counts only where its separated prefix follows in the same sentence. A space stands for any white space.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "cues"
LANGUAGES = ("ar", "cs", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh")
"""ISO 639-1 codes of the languages that have a table."""

# Each stands for one character, so that positions stay: İ is the only letter whose lower case is longer than itself.
_SAME_LENGTH = str.maketrans({"İ": "i", "’": "'", "ʼ": "'", "ё": "е", "Ё": "е", "\u00a0": " ", "\u202f": " "})
_PART = re.compile(r"[()\[\]{}]|, ")
# How far a separated prefix may stand behind its verb; the longest German middle fields of news fit.
_MIDDLE_FIELD_CHARS = 110


def lowered(text: str, language: str | None = None) -> str:
    """Return the text in lower case with the same number of characters, with one apostrophe and without ё."""
    if language == "tr":
        text = text.replace("I", "ı")
    return text.translate(_SAME_LENGTH).lower()


@lru_cache(maxsize=len(LANGUAGES))
def table(language: str) -> Mapping[str, Any]:
    """Return the table of one of :data:`LANGUAGES`."""
    tree: dict[str, Any] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return tree


def known_language(language: str | None, text: str) -> str | None:
    """Return the language whose table serves the text, or None where there is none.

    :param language: ISO 639-1 code; where it is None the script and the commonest words decide.
    """
    if language is not None:
        return language if language in LANGUAGES else None
    for code, letters in _SCRIPTS:
        if letters.search(text):
            return code
    words = set(re.findall(r"\w+", lowered(text)))
    shared = {code: len(words & _common(code)) for code in LANGUAGES}
    best = max(shared, key=lambda code: shared[code])
    return best if shared[best] else None


_SCRIPTS = tuple(
    (code, re.compile(letters))
    for code, letters in (("ja", "[ぁ-ヿ]"), ("zh", "[一-鿿]"), ("ar", "[ء-ي]"), ("uk", "[іїєґІЇЄҐ]"))
)


@lru_cache(maxsize=len(LANGUAGES))
def _common(language: str) -> frozenset[str]:
    return frozenset(" ".join(table(language)["common"]).split())


def pattern(language: str, groups: Iterable[tuple[str, list[str]]]) -> re.Pattern[str]:
    """Compile named groups of cues, the first that matches wins; it is matched against :func:`lowered` text."""
    rules = table(language)
    bounded = rules.get("boundaries", True)
    alternatives = [f"(?P<{name}>{_alternation(split_cues(lines), bounded)})" for name, lines in groups if lines]
    before = rf"(?<!\w){rules.get('prefix', '')}" if bounded else ""
    return re.compile(f"{before}(?:{'|'.join(alternatives) or '(?!)'})")


def split_cues(lines: Iterable[str]) -> list[str]:
    """Return the cues of the lines, which are parted by a comma and a space outside of brackets."""
    cues = []
    for line in lines:
        depth = start = 0
        for mark in _PART.finditer(line):
            if mark[0] != ", ":
                depth += 1 if mark[0] in "([{" else -1
            elif not depth:
                cues.append(line[start : mark.start()])
                start = mark.end()
        cues.append(line[start:])
    return cues


def _alternation(cues: list[str], bounded: bool) -> str:
    """Join cues, longest first, those with the same first letter together: a word is then compared with few."""
    by_letter: dict[str, list[str]] = {}
    for cue in sorted(cues, key=lambda cue: len(cue.partition(" ~ ")[0]), reverse=True):
        expression = _expression(cue, bounded)
        first = expression[0] if bounded and expression[0].isalpha() and expression[1:2].isalpha() else ""
        by_letter.setdefault(first, []).append(expression[len(first) :])
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())


def _expression(cue: str, bounded: bool) -> str:
    """Turn one cue into a regular expression without capturing groups."""
    expression = re.sub(r"(?<!\\)(\w)\*", r"\1\\w*", cue)
    word, separated, prefix = expression.partition(" ~ ")
    if separated:
        word += rf"(?!\w)(?=(?:[^.;:!?]|(?<=\d)\.){{0,{_MIDDLE_FIELD_CHARS}}}?(?<!\w){prefix}(?!\w))"
    expression = re.sub(r"(?<!\\)\((?!\?)", "(?:", word)
    expression = re.sub(r"(?<!,) \?(?!:)", r"\\s?", expression)
    expression = re.sub(r"(?<!,) ", r"\\s+", expression)
    open_ended = separated or not bounded or cue.endswith(("'", r"(?=\w)", r"(?=\d)"))
    return expression if open_ended else rf"{expression}(?!\w)"
