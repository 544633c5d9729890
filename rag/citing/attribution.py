"""Who says so: the words by which a source puts what it reports in somebody's mouth, and whether a statement does too.

Tables of cues only, one a language. What they cannot see: a speaker named paragraphs ago, and how far into a sentence
an attribution reaches. One that stands in a subordinate clause (*who said …*, *after Trump said …*) counts only for
text within that clause, since the main clause is the source's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.citing.cue_tables import known_language, lowered, pattern, table
from rag.citing.polarity import particles

Kind = Literal["preposition", "verb", "mood", "adverb", "quotation"]

_KINDS: dict[str, Kind] = {
    "preposition": "preposition",
    "postposition": "preposition",
    "verb": "verb",
    "weak": "verb",
    "adverb": "adverb",
    "mood": "mood",
}
_ORDER: tuple[Kind, ...] = ("preposition", "verb", "adverb", "mood")

_QUOTED = re.compile(
    r"„[^“”\"\n]*(?:[“”\"]|$)|«[^»\n]*(?:»|$)|»[^«\n]*«|“[^”\n]*(?:”|$)|”[^”\n]+”|\"[^\"\n]*(?:\"|$)|「[^」\n]*」|‘[^’\n]{10,}’(?!\w)"
)
_MARKS = " \t\"'„“”«»‘’「」.,;:!?…–—。，！？()"
_CLAUSE_END = re.compile(r"[,;:!?…—–()\"«»„“”「」。，！？、؛،](?!\d)|\.(?=\s|$)")
# A sentence ends here unless the dot stands after one or two letters, which are mostly an initial or a title.
_SENTENCE_END = re.compile(
    r"(?:(?<!\b\w)(?<!\b[A-ZА-Я]\w)(?<!\b\d\d)\.|[!?…])\s?[\"'”»“’)\]]*\s+(?=[\"'„“«»(\[‘]*\s?[^\W_a-zß-öø-ÿа-яіїє])|[。！？][」”]*"
)
# «…», ironizó: what follows a quotation and a comma or dash up to the sentence's end names the speaker.
_TAIL = re.compile(
    r"(?:,\s?[\"”»“]|[\"”»“]\s?(?:,\s?[–—-]?|[–—-]))\s*(?P<tail>[^\W\d_A-ZÄÖÜА-ЯЇІЄ](?:[^\s.!?;:,\"„“”«»]+\s?){1,6})[.!?]?\s*$"
)
# Only German writes a dot behind a day before a word with a capital: *am 24. Dezember*.
_ENDS_AFTER_NUMBER = re.compile(r"(?<=\b\d\d)\.\s+(?=[\"'„“«»(\[‘]*\s?[^\W\d_a-zß-öø-ÿа-яіїє])")
_ENDS_BEFORE_QUOTATION = re.compile(r"(?<=\b\d\d)\.\s+(?=[\"„“«»]\s?[^\W\d_a-zß-öø-ÿа-яіїє])")
# How far from a quotation its speaker's verb may stand, and how much of a paragraph is looked at around a span.
_SPEAKER_CHARS = 250
_AROUND_CHARS = 1500
# A phrase longer than this is shown by its first words.
_PHRASE_WORDS = 8
_SUBJECT_WORDS = 6
# Words between a conjunction and the verb of its clause; a German verb stands last.
_CONJUNCTION_WORDS = 6
_VERB_LAST_WORDS = 15
# The end of a German clause behind its finite verb: *habe*, *habe starten können*.
_VERBS_LAST = re.compile(r"(?:\s+\w+){0,2}\s*(?:[,.;:!?]|$)")
_GERMAN_PHRASE = re.compile(
    r"\s+(?:einer|einem|einigen|mehreren|der|dem|den)\s+(?:mit|von|in|aus|an|über|bei|zu)\b[^,.;:]{1,60}?"
    r"\s[a-zäöüß]+e[nr]\s+[A-ZÄÖÜ][\w-]*"  # einer mit der Angelegenheit vertrauten Quelle
    r"|(?:\s+[a-zäöüß0-9][^\s,.;:]*){0,8}?(?:\s+[A-ZÄÖÜ][\w.-]*)+(?:\s+(?:des|der|von|vom)(?:\s+[A-ZÄÖÜ][\w-]+)+)?"
)
_WORD = re.compile(r"\S+")
# Text taken from web pages glues sentences together: *bei Donald TrumpLaut einer Quelle*.
_GLUED = re.compile(r"(?<=[^\W\d_]{3})[a-zäöüßа-яіїє](?=[A-ZÄÖÜА-Я][a-zäöüßа-яіїє]{3,} )")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The source's own words that attribute: ``text`` is what stands at ``start`` to ``end`` of the source.

    :param kind: *laut*, *according to* are a ``preposition``; *said* a ``verb``; *habe*, *aurait* a ``mood``;
        *allegedly* an ``adverb``; a ``quotation`` is wholly in quotation marks, and the words are its speaker's.
    """

    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Patterns:
    cues: re.Pattern[str]
    that: re.Pattern[str]
    subordinate: re.Pattern[str]
    mood_unless: re.Pattern[str]
    verb_last: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the source, its lower-case form and where both begin in the source."""

    text: str
    low: str
    start: int
    language: str


def attribution(text: str, language: str | None, start: int, end: int) -> Attribution | None:
    """Return the words by which the source attributes what stands at ``text[start:end]``, or None.

    :param text: the article or passage; the sentence around the span and its paragraph are looked at.
    :param language: ISO 639-1 code of the text; None is guessed. Without a table the answer is None.
    :param start: where a sentence, or the part of one that matters, begins; :param end: where it ends.
    """
    code = known_language(language, text[start:end])
    if code is None or not text[start:end].strip(_MARKS):
        return None
    left, right = _paragraph(text, start, end)
    paragraph = _Sentence(text[left:right], lowered(_parted(text[left:right]), code), left, code)
    if (spoken := _quotation(paragraph, start, end)) is not None:
        return spoken
    left, right = _bounds(paragraph, start, end)
    cut = slice(left - paragraph.start, right - paragraph.start)
    sentence = _Sentence(paragraph.text[cut], paragraph.low[cut], left, code)
    found = list(_attributing(sentence, start - left))
    if not found:
        return _tail(sentence)
    quoted = [(left + one.start(), left + one.end()) for one in _QUOTED.finditer(sentence.text)]
    return min(found, key=lambda one: (any(a <= one.start < b for a, b in quoted), _ORDER.index(one.kind)))


def keeps_attribution(statement: str, statement_language: str | None, attribution: Attribution) -> bool:
    """Return whether a statement attributes too, or is itself about an act of saying.

    :param statement: one sentence in any language; in one without a table only the source's own cue is recognised.
    :param attribution: what :func:`attribution` found in the source.
    """
    if re.search(rf"(?<!\w){re.escape(attribution.text)}(?!\w)", statement):
        return True
    bare = statement.strip().rstrip(".,;")
    whole = _QUOTED.match(bare)
    if whole is not None and whole.end() >= len(bare):
        return True
    code = known_language(statement_language, statement)
    if code is None:
        return False
    rules, low = _patterns(code), lowered(statement, code)
    if any(match.lastgroup != "idiom" for match in _kept(code).finditer(low)):
        return True
    return any(_mood_counts(match, low, rules) for match in rules.cues.finditer(low) if match.lastgroup == "mood")


@lru_cache
def _patterns(language: str) -> _Patterns:
    rules = table(language)
    cues = rules["attribution"]

    def named(*names: str) -> list[tuple[str, list[str]]]:
        return [(name, cues.get(name, [])) for name in names]

    return _Patterns(
        cues=pattern(
            language, named("idiom", "unsaid", "preposition", "postposition", "verb", "weak", "adverb", "mood")
        ),
        that=pattern(language, named("that")),
        subordinate=pattern(language, named("subordinate")),
        mood_unless=pattern(language, named("mood_unless")),
        verb_last=bool(rules.get("nouns_capitalised")),
    )


@lru_cache
def _kept(language: str) -> re.Pattern[str]:
    """Return what attributes in a statement; compiled apart, since it takes some hundredths of a second."""
    cues = table(language)["attribution"]
    names = ("idiom", "preposition", "postposition", "verb", "weak", "adverb", "kept")
    return pattern(language, [(name, cues.get(name, [])) for name in names])


def _attributing(sentence: _Sentence, position: int) -> Iterator[Attribution]:
    """Yield the cues of a sentence that count for what stands in it from ``position`` on."""
    rules = _patterns(sentence.language)
    for match in rules.cues.finditer(sentence.low):
        group = match.lastgroup or ""
        if group not in _KINDS or _is_noun(sentence, match, rules):
            continue
        kind = _KINDS[group]
        if _is_subordinate(sentence, match, rules, kind, position):
            continue
        if kind == "verb" and _is_negated(sentence, match):
            continue
        if group == "weak" and not _reports(sentence, match, rules):
            continue
        if kind == "mood" and not _mood_counts(match, sentence.low, rules):
            continue
        start, end = _extent(sentence, match, group)
        yield Attribution(sentence.start + start, sentence.start + end, sentence.text[start:end], kind)


def _tail(sentence: _Sentence) -> Attribution | None:
    """Return what follows a quotation that the sentence begins with, whatever its verb."""
    match = _TAIL.search(sentence.text)
    if match is None or sentence.text[:1] not in '"„“«»”':
        return None
    start, end = (
        sentence.start + match.start("tail"),
        sentence.start + match.start("tail") + len(match["tail"].rstrip()),
    )
    return Attribution(start, end, match["tail"].rstrip(), "verb")


def _is_noun(sentence: _Sentence, match: re.Match[str], rules: _Patterns) -> bool:
    """Tell *Habe*, *Sagen*, *Melden* from verbs where nouns are capitalised, but for the sentence's first word."""
    if not rules.verb_last or match.lastgroup in ("preposition", "postposition"):
        return False
    return match.start() > 0 and sentence.text[match.start()].isupper() and sentence.text[match.start() - 1].isspace()


def _clause_start(low: str, position: int) -> int:
    start = 0
    for end in _CLAUSE_END.finditer(low, 0, position):
        start = end.end()
    return start


def _is_subordinate(sentence: _Sentence, match: re.Match[str], rules: _Patterns, kind: Kind, position: int) -> bool:
    """Return whether the cue stands in a subordinate clause that the text from ``position`` on is not part of."""
    low = sentence.low
    if rules.verb_last and kind in ("verb", "mood") and not _VERBS_LAST.match(low, match.end()):
        return False
    words = _VERB_LAST_WORDS if rules.verb_last else _CONJUNCTION_WORDS
    clause = _clause_start(low, match.start())
    return any(
        position <= one.start() and len(low[one.end() : match.start()].split()) <= words
        for one in rules.subordinate.finditer(low, clause, match.start())
    )


def _is_negated(sentence: _Sentence, match: re.Match[str]) -> bool:
    """Return whether the verb is denied: *had not announced that …*."""
    clause = _clause_start(sentence.low, match.start())
    return particles(sentence.language).search(sentence.low, clause, match.start()) is not None


def _reports(sentence: _Sentence, match: re.Match[str], rules: _Patterns) -> bool:
    """Return whether a verb that does not always report speech does so here: beside a quotation, *that*, or last."""
    low = sentence.low
    if any(quoted.end() - quoted.start() > 2 for quoted in _QUOTED.finditer(sentence.text)):  # noqa: PLR2004 - not empty
        return True
    after = low[match.end() :]
    if any(len(after[: that.start()].split()) <= 3 for that in [rules.that.search(after)] if that):  # noqa: PLR2004 - *to reporters on Friday that*
        return True
    clause = _clause_start(low, match.start())
    last = not _CLAUSE_END.search(after.rstrip(_MARKS))
    return (
        last
        and clause > 0
        and len(low[clause : match.start()].split()) <= _SUBJECT_WORDS
        and len(after.split()) <= _SUBJECT_WORDS
    )


def _mood_counts(match: re.Match[str], low: str, rules: _Patterns) -> bool:
    """Return whether a mood reports: not in the first person, nor in a sentence that states a condition."""
    return match.lastgroup == "mood" and rules.mood_unless.search(low) is None


def _extent(sentence: _Sentence, match: re.Match[str], group: str) -> tuple[int, int]:
    """Return the span of the cue with its speaker, counted in the sentence."""
    text, start, end = sentence.text, match.start(), match.end()
    if sentence.low[end : end + 1] == " " and text[end].isalpha():  # the letter that _parted took away
        end += 1
    clause = _clause_start(sentence.low, start)
    following = _CLAUSE_END.search(sentence.low, end)
    stop = following.start() if following else len(text)
    subject, rest = text[clause:start].split(), text[end:stop].split()
    if group == "preposition":
        phrase = _GERMAN_PHRASE.match(text, end, stop) if sentence.language == "de" else None
        end = phrase.end() if phrase else stop if len(rest) <= _PHRASE_WORDS else _nth_word_end(text, end, 4)
    elif group == "postposition" or (group in ("verb", "weak") and subject):
        if len(subject) <= _SUBJECT_WORDS:
            start = clause + len(text[clause:start]) - len(text[clause:start].lstrip())
    elif group in ("verb", "weak") and len(rest) <= _SUBJECT_WORDS:
        end = stop
    return start, start + len(text[start:end].rstrip())


def _nth_word_end(text: str, start: int, count: int) -> int:
    end = start
    for _, word in zip(range(count), _WORD.finditer(text, start), strict=False):
        end = word.end()
    return end


def _quotation(paragraph: _Sentence, start: int, end: int) -> Attribution | None:
    """Return the speaker's verb nearest to a span that is wholly in quotation marks."""
    span = paragraph.text[start - paragraph.start : end - paragraph.start]
    first = start - paragraph.start + len(span) - len(span.lstrip(_MARKS))
    last = first + len(span.strip(_MARKS))
    quoted = [(one.start(), one.end()) for one in _QUOTED.finditer(paragraph.text)]
    if not any(left <= first and last <= right for left, right in quoted):
        return None
    speakers = [
        (max(match.start() - last, first - match.end()), match)
        for match in _patterns(paragraph.language).cues.finditer(paragraph.low)
        if match.lastgroup in ("verb", "weak", "preposition")
        and not any(left <= match.start() < right for left, right in quoted)
    ]
    near = [(distance, match) for distance, match in speakers if distance <= _SPEAKER_CHARS]
    if not near:
        return None
    match = min(near, key=lambda pair: pair[0])[1]
    left, right = _extent(paragraph, match, match.lastgroup or "")
    return Attribution(paragraph.start + left, paragraph.start + right, paragraph.text[left:right], "quotation")


def _parted(text: str) -> str:
    """Return the text with a space for the last letter of a word that a capitalised one is glued to."""
    return _GLUED.sub(" ", text)


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the lines that hold the span, not more than ``_AROUND_CHARS`` around it."""
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND_CHARS)
    right = text.find("\n", end)
    return left, min(len(text) if right < 0 else right, end + _AROUND_CHARS)


def _bounds(paragraph: _Sentence, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence or sentences that hold the span begin and end in the source."""
    span = paragraph.text[start - paragraph.start : end - paragraph.start]
    first, last = start - paragraph.start, start - paragraph.start + len(span.rstrip(_MARKS))
    after_number = _ENDS_BEFORE_QUOTATION if paragraph.language == "de" else _ENDS_AFTER_NUMBER
    ends = [one.end() for rule in (_SENTENCE_END, after_number) for one in rule.finditer(paragraph.text)]
    left = max((end for end in ends if end <= first), default=0)
    right = min((end for end in ends if end > last), default=len(paragraph.text))
    return paragraph.start + left, paragraph.start + right
