"""A follow-up question becomes one that can be understood alone, without a chat model.

*And what did Trump say?* says too little to be searched. What it lacks is carried over from the question before: its
names, and where the follow-up says next to nothing itself (*Why?*), its other words too. A follow-up is known by its
words alone (``follow_ups.toml``): one that says *the verdict* and means the one just spoken of is taken as it stands.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from rag.names import Name, names_in, spelled_alike
from rag.retrieval.follow_up_words import FollowUpWords, follow_up_words

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han, which put no space between words."""
_TOKEN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[\u0300-\u036f\u064b-\u0652])*")
_KANA_ONLY = re.compile("[\u3040-\u309f]")
_MOST_ASKING = 3
"""Words of a question that can be elliptic although it has a verb: *Who won?*, *How many died?*"""
_BINDING = 2
"""Words with a meaning that a pronoun may refer to within its own question: *Did the minister say he would go?*"""
_KNOWN = 1 / 3
"""Share of a question's words that a table must have for the question to be taken for that language."""
_CASELESS = {"ar", "zh", "ja"}
"""Languages whose writing does not show which words are names; all words are carried over."""
_NOUNS_HAVE_CAPITALS = "de"


class _Kind(Enum):
    PRONOUN = auto()
    NEUTER = auto()
    POINTING = auto()
    AMBIGUOUS = auto()
    ASKING = auto()
    EMPTY = auto()
    NAME = auto()
    CONTENT = auto()


_SAYING = (_Kind.NAME, _Kind.CONTENT)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    text: str
    kind: _Kind
    name: Name | None = None
    attached: bool = False
    """Whether a hyphen ties it to the word before: *a-t-il*."""

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def complete(question: str, earlier: Sequence[str]) -> str:
    """Return a question that can be understood without the ones asked before it.

    :param earlier: the questions asked before, the last one last; each may be a follow-up of the one before it.
    :return: the question and, in brackets, what is carried over; the same question where it is no follow-up.

    >>> complete("And what did Trump say?", ["Did Musk talk to Putin?"])
    'And what did Trump say? (Musk, Putin)'
    >>> complete("Where is the Drina?", ["Did Musk talk to Putin?"])
    'Where is the Drina?'
    """
    completed = ""
    for each in (*earlier, question):
        completed = _carried_over(each, completed) if completed.strip() else each
    return completed


def _carried_over(question: str, before: str) -> str:
    tables = follow_up_words()
    languages = _languages(question)
    if _hits(question, languages[0]) < _KNOWN:
        return question
    read = [_read(question, tables[language]) for language in languages]
    if not all(_refers_back(tokens, tables[of], of) for tokens, of in zip(read, languages, strict=True)):
        return question
    tokens = read[0]
    before_language = _languages(before)[0]
    terms = [token for token in _read(before, tables[before_language]) if token.kind in _SAYING]
    names = [token for token in terms if _named(token, before_language)]
    own = [token for token in tokens if token.kind is _Kind.CONTENT]
    kept = names if own and names and before_language not in _CASELESS else terms
    lacking = [token.text for token in kept if not any(_same(token, other) for other in tokens)]
    return f"{question} ({', '.join(dict.fromkeys(lacking))})" if lacking else question


def _refers_back(tokens: Sequence[_Token], words: FollowUpWords, language: str) -> bool:
    """Tell whether a question cannot be understood alone."""
    plain = [token.text.lower() for token in tokens]
    if any(tuple(plain[: len(opener)]) == opener for opener in words.openers):
        return True
    if tokens and plain[-1] in words.closers and len(plain) > 1:
        return True
    idiomatic = _in_idioms(plain, words)
    named = any(token.kind is _Kind.NAME for token in tokens)
    if any(
        at not in idiomatic and _points_back(tokens, at, named=named, language=language) for at in range(len(tokens))
    ):
        return True
    return not named and _elliptic(tokens)


def _points_back(tokens: Sequence[_Token], at: int, *, named: bool, language: str) -> bool:
    """Tell whether the word at this place stands for something of an earlier question."""
    token = tokens[at]
    if token.capital and at > 0:  # German Sie, Italian Lei: the one who is asked
        return False
    said_before = [other.kind for other in tokens[:at] if other.kind in _SAYING]
    said_after = any(other.kind in _SAYING for other in tokens[at + 1 :])
    bound = said_after and _Kind.NAME in said_before
    if token.attached:  # the subject may stand before the verb too: les voleurs sont-ils
        verb = max((number for number in range(at) if not tokens[number].attached), default=0)
        bound = any(other.kind in _SAYING for other in tokens[:verb])
    if token.kind is _Kind.POINTING:
        return not bound
    if token.kind is _Kind.PRONOUN or (token.kind is _Kind.NEUTER and not named):
        return not bound and not (said_after and len(said_before) >= _BINDING)
    if token.kind is _Kind.AMBIGUOUS:
        article = language == _NOUNS_HAVE_CAPITALS and at + 1 < len(tokens) and tokens[at + 1].capital
        return not article and (not said_after or not said_before)
    return False


def _elliptic(tokens: Sequence[_Token]) -> bool:
    """Tell whether a question says nothing (*Why?*), or has but a verb (*Who won?*)."""
    said = [at for at, token in enumerate(tokens) if token.kind is _Kind.CONTENT]
    asks = any(token.kind is _Kind.ASKING for token in tokens)
    if not asks or len(said) > 1:
        return False
    if not said:
        return True
    only_asks = all(token.kind in (_Kind.ASKING, _Kind.CONTENT) for token in tokens)
    return only_asks and len(tokens) <= _MOST_ASKING and not (tokens[said[0]].capital and said[0] > 0)


def _in_idioms(plain: Sequence[str], words: FollowUpWords) -> set[int]:
    """Return the places of words that belong to a phrase in which they point nowhere."""
    return {
        at + offset
        for idiom in words.idioms
        for at in range(len(plain) - len(idiom) + 1)
        if tuple(plain[at : at + len(idiom)]) == idiom
        for offset in range(len(idiom))
    }


def _read(question: str, words: FollowUpWords) -> list[_Token]:
    """Return the words of a question in order, each name as one."""
    names = [name for name in names_in(question) if _shown(name, words)]
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(question):
        inside = next((name for name in names if name.start < match.end() and match.start() < name.end), None)
        if re.match(f"[{_UNSPACED}]", match[0]):
            tokens += _read_unspaced(question, match.start(), match.end(), names, words)
        elif inside is None:
            attached = question[max(0, match.start() - 1)] in "-‐‑"
            tokens.append(_Token(match.start(), match[0], _kind(match[0], words), attached=attached))
        elif not tokens or tokens[-1].name is not inside:
            tokens.append(_Token(inside.start, inside.text, _Kind.NAME, inside))
    return tokens


def _read_unspaced(question: str, start: int, end: int, names: Sequence[Name], words: FollowUpWords) -> list[_Token]:
    """Cut a run of Kana and Han at names and at the words of the table, longest first; the rest are words."""
    tokens: list[_Token] = []
    at = rest = start
    by_start = {name.start: name for name in names}
    table = _by_length(words)

    def flush() -> None:
        text = question[rest:at]
        if text and not (len(text) == 1 and _KANA_ONLY.fullmatch(text)):
            tokens.append(_Token(rest, text, _Kind.CONTENT))

    while at < end:
        name = by_start.get(at)
        found = name.text if name is not None else next((w for w in table if question.startswith(w, at, end)), None)
        if found is None:
            at += 1
            continue
        flush()
        tokens.append(_Token(at, found, _Kind.NAME if name is not None else _kind(found, words), name))
        at = rest = at + len(found)
    flush()
    return tokens


@cache
def _by_length(words: FollowUpWords) -> tuple[str, ...]:
    idioms = {part for idiom in words.idioms for part in idiom}
    return tuple(sorted(words.listed | idioms, key=lambda word: (-len(word), word)))


def _kind(word: str, words: FollowUpWords) -> _Kind:
    plain = word.lower()
    for kind, listed in (
        (_Kind.PRONOUN, words.pronouns),
        (_Kind.NEUTER, words.neuter),
        (_Kind.POINTING, words.pointing),
        (_Kind.AMBIGUOUS, words.ambiguous),
        (_Kind.ASKING, words.asking),
        (_Kind.EMPTY, words.listed),
    ):
        if plain in listed:
            return kind
    return _Kind.CONTENT


def _shown(name: Name, words: FollowUpWords) -> bool:
    """Tell whether the question shows that a word is a name, or a table does."""
    return name.certain and name.text.lower() not in words.listed


def _named(token: _Token, language: str) -> bool:
    """Tell whether a word of the earlier question is a name, or a noun where nouns have capitals like names."""
    return token.kind is _Kind.NAME or (token.capital and (language == _NOUNS_HAVE_CAPITALS or token.start == 0))


def _same(one: _Token, other: _Token) -> bool:
    """Tell whether two words are equal, or spellings of one name."""
    if one.text.casefold() == other.text.casefold():
        return True
    if other.name is None or not (one.name is not None or one.capital):
        return False
    known = one.name.aliases & other.name.aliases if one.name is not None else frozenset()
    return bool(known) or spelled_alike(one.text, other.text)


def _languages(question: str) -> list[str]:
    """Return the language whose words a question has most of, or several that have equally many."""
    hits = {language: _hits(question, language) for language in follow_up_words()}
    return [language for language, share in hits.items() if share == max(hits.values())]


def _hits(question: str, language: str) -> float:
    """Return the share of a question's words that the table of a language has."""
    words, text = follow_up_words()[language], unicodedata.normalize("NFC", question)
    if language in ("zh", "ja"):
        kana = len(_KANA_ONLY.findall(text))
        unspaced = len(re.findall(f"[{_UNSPACED}]", text))
        return float(unspaced > 0 and (kana > 0) == (language == "ja"))
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    return sum(token in words.listed for token in tokens) / max(len(tokens), 1)
