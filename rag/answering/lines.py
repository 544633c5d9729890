"""One line of a reply becomes claims: its statements, the numbers that they cite, and the words that they quote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.answering.claims import SEPARATORS, Cited, Claim, has_word, tidied

_QUOTED = "|".join(
    (
        r'(?<!\w)"(?:[^"]|(?<=\w)"(?=\w))+"(?!\w)',  # inside a word it is Hebrew: צה"ל
        '“[^“”]+”|“[^“”"]+"|”[^“”]+”|„[^„“”"]+[“”"]|«[^«»]+»|»[^«»]+«|‹[^‹›]+›|「[^「」]+」|『[^『』]+』',
        r"(?<!\w)['‘‚](?:[^'‘’]|(?<=\w)['’](?=\w))+['’‘](?!\w)",
    )
)
_LABEL = r"(?:(?:passages?|sources?|articles?|documents?|docs?|quellen?|fuentes?|fontes?|источники?|p)\b\.?:?\s*)?"
_ITEM = rf"{_LABEL}[#^]?[-−]?\d{{1,3}}"
_CITED = (
    rf"(?:\[+|【|［)\s*{_ITEM}(?:\s*(?:[,;&/、，–-]|and\b|und\b|et\b|y\b)\s*{_ITEM})*\s*"
    r"(?:†[^\]】]*)?(?:\]+|】|］)(?:\(\S*?\))?"
)
_TOKEN = re.compile(rf"(?P<quote>{_QUOTED})|(?P<cited>{_CITED})", re.IGNORECASE)
_CITATION = re.compile(_CITED, re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})|([-−]?\d{1,3})")
MARKUP = re.compile(r"\*\*|__|`|(?<!\w)\*|\*(?!\w)")
_LEAD = re.compile(r"^\s*(?:(?:>|#{1,6}|[-*•–]|\d{1,2}\)|\(\d{1,2}\))\s+)*")
_ENDS = ".!?…。！？؟।"
_BRACKETS = " \t)\"”“»«’'"
"""What may stand between a sentence's end mark and its citation."""
_MARKS = "\"'“”„‟‘’‚«»‹›「」『』"
_LOOSE_MARK = re.compile(rf"(?<!\w)[{_MARKS}]|[{_MARKS}](?!\w)")
"""A quotation mark that is no apostrophe."""
_TITLE_CHARS = 20
"""What is quoted inside a statement and no longer is a title or a word so called, which need not stand in a passage."""


@dataclass(frozen=True, slots=True)
class Support:
    """A line that only quotes, for the claim before it.

    :param numbers: the passages the quotes are of; none: those that the claim names.
    """

    numbers: tuple[int, ...]
    quotes: tuple[str, ...]


def parse_line(line: str) -> list[Claim] | Support:
    """Return the claims of one line, or that it only quotes."""
    line = _LEAD.sub("", line)
    tokens = list(_tokens(line))
    kinds = [kind for kind, text, _ in tokens if kind != "text" or has_word(text)]
    quotes = tuple(text[1:-1] for kind, text, _ in tokens if kind == "quote")
    if "cited" not in kinds:
        bare = line.lstrip(_MARKS)
        if bare and bare != line and _CITATION.search(line):  # the whole line in quotation marks
            return parse_line(bare.rstrip(_MARKS))
        return Support((), quotes) if quotes and "text" not in kinds else _uncited(line)
    if "text" not in kinds and kinds[0] == "cited":
        return Support(tuple(_each_number(tokens)), quotes)
    if kinds[0] == "cited":
        return _led(line, tokens, kinds)
    return [claim for part in _parts(line, tokens) if (claim := part.claim()) is not None]


def _led(line: str, tokens: list[tuple[str, str, int]], kinds: list[str]) -> list[Claim] | Support:
    """Read a statement after a citation, or after the number of a list.

    Where several statements follow their numbers it cannot be told which number is whose; they cite nothing.
    """
    at = next(index for index, (kind, _, _) in enumerate(tokens) if kind == "cited")
    rest = line[tokens[at][2] + len(tokens[at][1]) :].lstrip(SEPARATORS + ".")
    if kinds.count("cited") == 1:
        text = "".join(text for kind, text, _ in tokens[at + 1 :] if kind == "text").strip()
        closed = text.endswith(tuple(_ENDS)) or kinds[-1] == "quote"
        return parse_line(f"{rest} {tokens[at][1]}") if closed else []  # else a line of a list of sources
    while kinds[-1] == "quote":
        kinds.pop()
    if kinds[-1] == "cited" and kinds[1] != "cited":
        return parse_line(rest)
    return _uncited("".join(text for kind, text, _ in tokens if kind != "cited"))


def _uncited(line: str) -> list[Claim]:
    """Return a line that cites nothing as a claim, unless it only leads to what follows: *The sources say:*."""
    text = tidied(line)
    return [Claim(text)] if has_word(text) and not line.rstrip().endswith((":", "：")) else []


def cleaned(text: str) -> str:
    """Return a statement on one line without Markdown and citations, which models write even in a field of its own."""
    text = MARKUP.sub("", " ".join(text.split()))
    text = tidied(_CITATION.sub("", _LEAD.sub("", text)))
    return text if has_word(text) else ""


@dataclass(slots=True)
class _Part:
    """A claim while its line is read.

    :param before: quotes before the citation, with their marks.
    :param groups: the numbers cited one after the other, and the quotes between them and the next ones.
    :param rest: what stands between the last citation and the next one.
    :param ended: whether the sentence has come to its end mark.
    """

    text: str = ""
    before: list[str] = field(default_factory=list)
    groups: list[tuple[list[int], list[str]]] = field(default_factory=list)
    rest: str = ""
    ended: bool = False

    @property
    def after(self) -> bool:
        """Whether something is quoted since the last number."""
        return bool(self.groups and self.groups[-1][1])

    def cite(self, numbers: Sequence[int]) -> None:
        """Take the numbers of one citation."""
        if not self.groups or self.after:
            self.groups.append(([], []))
        self.groups[-1][0].extend(numbers)

    def quote(self, text: str) -> None:
        """Take a quote with its marks."""
        if self.groups:
            self.groups[-1][1].append(text)
        else:
            self.before.append(text)
            self.text += text

    def claim(self) -> Claim | None:
        """Return the claim, or None where nothing is said, or what follows a citation is no sentence."""
        text, proof = self.text, [quote[1:-1] for quote in self.before if len(quote) > _TITLE_CHARS]
        stem = text.rstrip(_ENDS + " )")
        if self.before and stem.endswith(self.before[-1]):  # Statement. "quote" [1]
            stem = stem[: -len(self.before[-1])].rstrip(" (")
            if stem.endswith(tuple(_ENDS)):
                text, proof = stem, [self.before[-1][1:-1]]
        text = tidied(text)
        if not has_word(text) or not (self.groups or (text[0] not in _MARKS and text[-1] in _ENDS)):
            return None
        if self.groups:
            numbers, quotes = self.groups[-1]
            self.groups[-1] = (numbers, _widest(self.rest, quotes))
        quoted = any(quotes for _, quotes in self.groups)
        cited = [
            each
            for numbers, quotes in self.groups
            for each in _cited(numbers, [quote[1:-1] for quote in quotes] if quoted else proof)
        ]
        return Claim(text, tuple(dict.fromkeys(cited)))


def _cited(numbers: Sequence[int], quotes: Sequence[str | None]) -> list[Cited]:
    """Return each number with its quote where there are as many of them, else each with each."""
    if len(numbers) == len(quotes):
        return [Cited(number, quote) for number, quote in zip(numbers, quotes, strict=True)]
    return [Cited(number, quote) for number in numbers for quote in quotes or (None,)]


def _widest(rest: str, quotes: list[str]) -> list[str]:
    """Return the quotes, with their marks, or the one that they are parts of.

    Marks inside a quote divide it, and its last may be missing; marks that pair with none are then left.
    """
    rest = rest.lstrip(SEPARATORS + ".")
    if not rest or rest[0] not in _MARKS:
        return quotes
    left = rest
    for quote in quotes:
        left = left.replace(quote, " ", 1)
    if not _LOOSE_MARK.search(left):
        return quotes
    last = max(at for at, letter in enumerate(rest) if letter in _MARKS)
    return [rest[: last + 1] if last else rest + rest[0]]


def _parts(line: str, tokens: list[tuple[str, str, int]]) -> list[_Part]:
    """Divide a line into statements: one ends where a new sentence begins after its citation."""
    parts = [cited := _Part()]
    cited_at = [start for kind, _, start in tokens if kind == "cited"]
    next_cited = dict(pairwise([*cited_at, len(line)]))
    for kind, text, start in tokens:
        part = parts[-1] if start < cited_at[-1] else cited
        if kind == "cited":
            cited = part = parts[-1]
            part.ended = part.ended or part.text.rstrip(_BRACKETS).endswith(tuple(_ENDS))
            part.cite(list(_numbers(text)))
            part.rest = line[start + len(text) : next_cited[start]]
        elif kind == "quote":
            part.quote(text)
        elif not has_word(text):
            _punctuate(part, text)
        elif part.groups and _begins_sentence(part, text):
            if text.lstrip()[0] in _ENDS:
                _punctuate(part, text.lstrip()[0])
            parts.append(_Part(text.lstrip(_ENDS + SEPARATORS)))
        else:
            part.text += text
    return parts


def _punctuate(part: _Part, text: str) -> None:
    """Add punctuation that stands alone between citations and quotes."""
    mark = next((letter for letter in text if letter in _ENDS), "")
    if not part.groups:
        part.text += text
    elif mark and not part.after:
        part.text = part.text if part.ended else part.text.rstrip(SEPARATORS) + mark
        part.ended = True


def _begins_sentence(part: _Part, text: str) -> bool:
    """Tell whether text after a citation is a statement of its own rather than the rest of the same sentence."""
    start = text.lstrip()
    if part.after:
        return True
    letter = next(letter for letter in start if letter.isalnum())
    return (part.ended or start[0] in _ENDS) and not letter.islower()


def _tokens(line: str) -> Iterator[tuple[str, str, int]]:
    """Yield quotes, citations and the text between, each with where it starts."""
    at = 0
    for match in _TOKEN.finditer(line):
        if match.start() > at:
            yield "text", line[at : match.start()], at
        yield str(match.lastgroup), match[0], match.start()
        at = match.end()
    if at < len(line):
        yield "text", line[at:], at


def _numbers(cited: str) -> Iterator[int]:
    """Yield the numbers of a citation; a range gives each, up to as many passages as are ever shown."""
    for first, last, single in _NUMBER.findall(re.split("[†(]", cited)[0]):
        if single:
            yield int(single.replace("−", "-"))
        else:
            yield from range(int(first), min(int(last), int(first) + 20) + 1)


def _each_number(tokens: list[tuple[str, str, int]]) -> Iterator[int]:
    for kind, text, _ in tokens:
        if kind == "cited":
            yield from _numbers(text)
