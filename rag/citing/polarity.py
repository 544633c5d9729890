"""What a sentence denies: cues of negation with the clause they stand in, and words that are each other's opposite."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rag.citing.cue_tables import LANGUAGES, known_language, lowered, pattern, table

ANTONYMS: tuple[tuple[str, str], ...] = (
    ("rise", "fall"),
    ("accept", "reject"),
    ("win", "lose"),
    ("begin", "end"),
    ("support", "oppose"),
    ("confirm", "deny"),
    ("open", "close"),
    ("allow", "ban"),
    ("guilty", "innocent"),
    ("arrive", "leave"),
    ("buy", "sell"),
    ("high", "low"),
    ("first", "last"),
    ("alive", "dead"),
    ("release", "arrest"),
    ("success", "failure"),
)
"""Pairs of opposite concepts of the news; each table of ``cues/`` lists its language's words for them."""

OPPOSITE: Mapping[str, str] = {one: other for pair in ANTONYMS for one, other in (pair, pair[::-1])}

_PUNCTUATION = re.compile(r"[,;:!?…()。，；！？、؛،\n](?!\d)|\.(?=\s|$|[\"”»“])|\s[–—-]\s|—")
_SENTENCE_END = re.compile(r"[!?;\n。！？](?!\d)|\.(?=\s|$)")
# *denied that …*, *lehnte es ab, …*: what is denied is the clause behind a comma or conjunction this near.
_COMPLEMENT_WORDS = 2

# Groups of cues that agree with no other.
_ALONE = ("negating", "lexical", "implied", "harm")


@dataclass(frozen=True, slots=True)
class Negation:
    """A cue of negation, and the clause whose truth it turns round; positions count in the text that was asked about.

    :param text: the source's words at ``start`` to ``end``.
    :param lexical: it denies by what it means (*unanswered*, *free of charge*, *still*), so that another language may
        say the same with a particle, or neither.
    :param implied: it only implies a denial (*escaped*, *vacant*, *overturned*), in one language or another: never held
        against a text, it says what a negation of the other text says, or what its own negation undoes.
    :param harm: it denies nothing (*affected*, *damaged*), but its own negation may be said without one: *spared*.
    :param limited: a limit stands beside it: *not before May* is also *in May at the earliest*.
    """

    start: int
    end: int
    text: str
    scope_start: int
    scope_end: int
    lexical: bool = False
    implied: bool = False
    harm: bool = False
    limited: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    cues: re.Pattern[str]
    particles: re.Pattern[str]
    boundary: re.Pattern[str]
    coordination: re.Pattern[str]
    limit: re.Pattern[str]
    still: re.Pattern[str]
    concord: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    group: str
    scope: tuple[int, int]
    limited: bool = False


def negations(text: str, language: str | None) -> tuple[Negation, ...]:
    """Return what :func:`denials` does but for the words that only imply a denial, or whose negation one implies."""
    return tuple(cue for cue in denials(text, language) if not (cue.implied or cue.harm))


def denials(text: str, language: str | None) -> tuple[Negation, ...]:
    """Return the negations of a sentence or a few, and the words that imply one, in order.

    Words that agree in negation (никто не, no … nada, ne … jamais, weder … noch) count once; a refusal that is itself
    negated (*did not refuse*) counts twice. Without a table for the language there are none.

    :param language: ISO 639-1 code; None is guessed.
    """
    code = known_language(language, text)
    if code is None:
        return ()
    rules, low = _patterns(code), lowered(text, code)
    matches = [match for match in rules.cues.finditer(low) if match.lastgroup != "idiom"]
    if not matches:
        return ()
    cuts = _cuts(low, rules)
    kept: list[_Cue] = []
    for match in matches:
        group = match.lastgroup or ""
        particle = group == "particle"
        if particle and kept and kept[-1].group == "lexical" and not low[kept[-1].end : match.start()].strip():
            kept.pop()  # *todavía no*, *尚未*: no *still*
        limited = particle and _limited(match, cuts, low, rules)
        cue = _Cue(match.start(), match.end(), group, _scope(match, cuts, low, rules), limited)
        merged = _merged(cue, kept, low, rules)
        if merged is None:
            kept.append(cue)
        else:
            at = kept.index(merged)
            scope = (min(merged.scope[0], cue.scope[0]), max(merged.scope[1], cue.scope[1]))
            kept[at] = _Cue(merged.start, merged.end, merged.group, scope, merged.limited or cue.limited)
    return tuple(
        Negation(
            start=cue.start,
            end=cue.end,
            text=text[cue.start : cue.end],
            scope_start=cue.scope[0],
            scope_end=cue.scope[1],
            lexical=cue.group == "lexical",
            implied=cue.group == "implied",
            harm=cue.group == "harm",
            limited=cue.limited,
        )
        for cue in kept
        if not _not_yet(cue, kept, low, rules)
    )


def _not_yet(cue: _Cue, kept: list[_Cue], low: str, rules: _Patterns) -> bool:
    """Tell whether a cue is *still* in the clause of a particle: *nie … jeszcze* is no *still*."""
    return (
        cue.group == "lexical"
        and rules.still.match(low, cue.start, cue.end) is not None
        and any(one.group == "particle" and one.scope[0] <= cue.start < one.scope[1] for one in kept)
    )


def says_before(text: str, language: str | None) -> bool:
    """Tell whether a text says *before* or *more than*, other than in *not before*, *no more than*."""
    code = known_language(language, text)
    if code is None:
        return False
    rules, low = _patterns(code), lowered(text, code)
    idioms = [match.span() for match in rules.cues.finditer(low) if match.lastgroup == "idiom"]
    return any(
        match.lastgroup == "before" and not any(start <= match.start() < end for start, end in idioms)
        for match in rules.limit.finditer(low)
    )


def opposed(word: str, language: str | None, other: str, other_language: str | None) -> bool:
    """Return whether two words, as they stand in their texts, are opposites by the tables; None and unknown are not.

    :param language: ISO 639-1 code of the first word's text; :param other_language: of the second's.
    """
    wanted = {OPPOSITE[concept] for concept in concepts(word, language)}
    return bool(wanted & concepts(other, other_language))


@lru_cache(maxsize=4096)
def concepts(word: str, language: str | None) -> frozenset[str]:
    """Return which sides of :data:`ANTONYMS` a word stands for, such as ``rise`` for *gestiegen*."""
    if language not in LANGUAGES:
        return frozenset()
    low = lowered(word.strip(), language)
    whole, stems = _stems(language)
    found = set(whole.get(low, ()))
    for length in range(1, len(low) + 1):
        found.update(stems.get(low[:length], ()))
    return frozenset(found)


def particles(language: str) -> re.Pattern[str]:
    """Return the pattern of a language's particles of negation, for :func:`lowered` text."""
    return _patterns(language).particles


@lru_cache
def _stems(language: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return whole words and stems with the concepts they stand for."""
    whole: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for concept, words in table(language)["antonyms"].items():
        for word in words.split():
            target = stems if word.endswith("*") else whole
            target.setdefault(word.rstrip("*"), set()).add(concept)
    return whole, stems


@lru_cache
def _patterns(language: str) -> _Patterns:
    cues = table(language)["negation"]
    names = ("idiom", "lexical", "negating", "particle", "correlative", "implied", "harm")
    return _Patterns(
        cues=pattern(language, [(name, cues[name]) for name in names]),
        particles=pattern(language, [("particle", cues["particle"])]),
        boundary=pattern(language, [("boundary", cues["boundary"])]),
        coordination=pattern(language, [("coordination", cues["coordination"])]),
        limit=pattern(language, [("before", cues["limit_before"]), ("until", cues["limit_until"])]),
        still=pattern(language, [("still", cues["still"])]),
        concord=cues["concord"],
    )


def _cuts(low: str, rules: _Patterns) -> list[tuple[int, int, bool]]:
    """Return the boundaries of clauses in order: start, end and whether it is a sign of punctuation."""
    cuts = [(one.start(), one.end(), True) for one in _PUNCTUATION.finditer(low)]
    cuts += [(one.start(), one.end(), False) for one in rules.boundary.finditer(low)]
    return sorted(cuts)


def _scope(match: re.Match[str], cuts: list[tuple[int, int, bool]], low: str, rules: _Patterns) -> tuple[int, int]:
    """Return the clause around a cue, trimmed; behind a verb that denies, with the clause that depends on it."""
    start = max((end for _, end, _ in cuts if end <= match.start()), default=0)
    for one in rules.coordination.finditer(low, start, match.start()):
        if not low[one.end() : match.start()].split()[1:]:  # *and did not*, *und hat nicht*: a predicate of its own
            start = one.end()
    after = [cut for cut in cuts if cut[0] >= match.end()]
    end = after[0][0] if after else len(low)
    if match.lastgroup == "negating" and after and len(low[match.end() : end].split()) <= _COMPLEMENT_WORDS:
        last = after[0][1]
        depends = not after[0][2] or low[after[0][0]] in ",，،"
        beyond = [cut for cut in after[1:] if low[last : cut[0]].strip()]
        if depends:
            end = beyond[0][0] if beyond else len(low)
    inner = low[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, start + len(inner.strip())


def _limited(match: re.Match[str], cuts: list[tuple[int, int, bool]], low: str, rules: _Patterns) -> bool:
    """Tell whether a limit, such as *before May*, stands between the same signs of punctuation as a particle."""
    start = max((end for _, end, mark in cuts if mark and end <= match.start()), default=0)
    end = min((begin for begin, _, mark in cuts if mark and begin >= match.end()), default=len(low))
    return rules.limit.search(low, start, end) is not None


def _merged(cue: _Cue, kept: list[_Cue], low: str, rules: _Patterns) -> _Cue | None:
    """Return the earlier negation that a cue only repeats, or None."""
    if cue.group in _ALONE or not kept:
        return None
    for earlier in reversed(kept):
        if earlier.group in _ALONE:
            continue
        between = low[earlier.end : cue.start]
        if _SENTENCE_END.search(between):
            return None
        if "correlative" in (cue.group, earlier.group):
            return earlier
        if rules.concord and earlier.scope[1] == cue.scope[1]:
            return earlier
    return None
