"""What a chat model wrote becomes claims: a sentence, the numbers of the passages it cites, and the words it quotes.

Models are asked for one statement a line with its number and its quote. What they write is forgiven much: other
brackets, several numbers, several statements on a line, quotes before the number or on the next line, Markdown,
reasoning between tags.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rag.answers import NOT_ANSWERED
from rag.errors import LanguageModelError

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
_MARKUP = re.compile(r"\*\*|__|`|(?<!\w)\*|\*(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?!#)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]*://|www\.|(?:data|javascript|vbscript|mailto|file):(?=\S))\S*", re.IGNORECASE
)
_LEAD = re.compile(r"^\s*(?:(?:>|#{1,6}|[-*•–]|\d{1,2}\)|\(\d{1,2}\))\s+)*")
_ITEM_NUMBER = re.compile(r"(\d{1,2})\.\s+")
_EMPTY_BRACKETS = re.compile(r"\(\s*[,;]?\s*\)")
_THOUGHT = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_ENDS = ".!?…。！？؟।"
_BRACKETS = " \t)\"”“»«’'"
"""What may stand between a sentence's end mark and its citation."""
_MARKS = "\"'“”„‟‘’‚«»‹›「」『』"
_LOOSE_MARK = re.compile(rf"(?<!\w)[{_MARKS}]|[{_MARKS}](?!\w)")
"""A quotation mark that is no apostrophe."""
_TITLE_CHARS = 20
"""What is quoted inside a statement and no longer is a title or a word so called, which need not stand in a passage."""
_SEPARATORS = " \t–—:,;|(-→"


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a claim names, as written.

    :param number: the passage's number; there need not be such a passage.
    :param quote: the words of the passage that are to prove the claim, or None; they need not stand anywhere.
    """

    number: int
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as the model wrote it, nothing of it checked.

    :param cited: in the order written; several of one number where it quotes several things; empty if it cites nothing.
    """

    text: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class _Support:
    """A line that only quotes, for the claim before it.

    :param numbers: the passages the quotes are of; none: those that the claim names.
    """

    numbers: tuple[int, ...]
    quotes: tuple[str, ...]


class ReplyParser:
    """Takes a reply in pieces and yields each claim once it is complete.

    Claims that cite nothing are held back until one does: before it they are a preamble or a refusal, and where none
    cites anything the reply is no answer. ``abstained`` is True once the model has said that the passages do not
    answer, and no claim that cites any before.
    """

    def __init__(self) -> None:
        self.abstained = False
        self._line = ""
        self._items = 0
        self._thinking = False
        self._held: list[Claim] = []
        self._waiting: Claim | None = None
        self._yielded = False

    def feed(self, piece: str) -> Iterator[Claim]:
        """Yield the claims that a further piece completes.

        :raises LanguageModelError: what was taken for the answer turns out to be the model's reasoning.
        """
        *complete, self._line = (self._line + piece).split("\n")
        for line in complete:
            yield from self._read(line)

    def close(self) -> Iterator[Claim]:
        """Yield the claims of the last line."""
        line, self._line = self._line, ""
        yield from self._read(line)
        yield from self._release()

    def _read(self, line: str) -> Iterator[Claim]:
        line = self._unnumbered(_MARKUP.sub("", self._spoken(line)).strip())
        if not line:
            return
        claims = parse_line(line)
        if isinstance(claims, _Support):
            if self._waiting is not None:
                self._waiting = _supported(self._waiting, claims)
            claims = []
        else:
            yield from self._release()
        if says_not_answered(line):
            claims = [claim for claim in claims if not says_not_answered(claim.text)]
            claims = [] if _bare(line).startswith(_SENTINEL) else claims
            self.abstained = self.abstained or not (any(claim.cited for claim in claims) or self._yielded)
        if self.abstained:
            return
        for claim in claims:
            yield from self._release()
            self._waiting = claim
        if self._waiting is not None and all(cited.quote is not None for cited in self._waiting.cited):
            yield from self._release()

    def _unnumbered(self, line: str) -> str:
        """Return the line without its number in a list; a date such as *6. November* is none."""
        item = _ITEM_NUMBER.match(line)
        if item is None or int(item[1]) != self._items + 1:
            return line
        self._items += 1
        return line[item.end() :]

    def _release(self) -> Iterator[Claim]:
        """Yield the claim that waited for its quote on the next line, after those held back."""
        if self._waiting is None:
            return
        self._held.append(self._waiting)
        self._waiting = None
        self._yielded = self._yielded or bool(self._held[-1].cited)
        if self._yielded:
            held, self._held = self._held, []
            yield from held

    def _spoken(self, line: str) -> str:
        """Return the line without what the model thought aloud."""
        spoken, rest = "", line
        while (tag := _THOUGHT.search(rest)) is not None:
            if not self._thinking:
                spoken += rest[: tag.start()]
            if tag[1] and not self._thinking:  # the opening tag was part of the prompt: all before was a thought
                if self._yielded:
                    raise LanguageModelError("The chat model mixed its reasoning with its answer.")
                spoken, self._waiting, self._held, self.abstained = "", None, [], False
            self._thinking = not tag[1]
            rest = rest[tag.end() :]
        return spoken if self._thinking else spoken + rest


def parse_line(line: str) -> list[Claim] | _Support:
    """Return the claims of one line, or that it only quotes."""
    line = _LEAD.sub("", line)
    tokens = list(_tokens(line))
    kinds = [kind for kind, text, _ in tokens if kind != "text" or _has_word(text)]
    quotes = tuple(text[1:-1] for kind, text, _ in tokens if kind == "quote")
    if "cited" not in kinds:
        bare = line.lstrip(_MARKS)
        if bare and bare != line and _CITATION.search(line):  # the whole line in quotation marks
            return parse_line(bare.rstrip(_MARKS))
        return _Support((), quotes) if quotes and "text" not in kinds else _uncited(line)
    if "text" not in kinds and kinds[0] == "cited":
        return _Support(tuple(_each_number(tokens)), quotes)
    if kinds[0] == "cited":
        return _led(line, tokens, kinds)
    return [claim for part in _parts(line, tokens) if (claim := part.claim()) is not None]


def _led(line: str, tokens: list[tuple[str, str, int]], kinds: list[str]) -> list[Claim] | _Support:
    """Read a statement after a citation, or after the number of a list.

    Where several statements follow their numbers it cannot be told which number is whose; they cite nothing.
    """
    at = next(index for index, (kind, _, _) in enumerate(tokens) if kind == "cited")
    rest = line[tokens[at][2] + len(tokens[at][1]) :].lstrip(_SEPARATORS + ".")
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
    text = _cleared(line)
    return [Claim(text)] if _has_word(text) and not line.rstrip().endswith((":", "：")) else []


def _supported(claim: Claim, support: _Support) -> Claim:
    """Return the claim with quotes from the line after it, for the passages they are of."""
    cited = []
    for each in claim.cited:
        meant = each.quote is None and support.quotes and (not support.numbers or each.number in support.numbers)
        cited += [Cited(each.number, quote) for quote in support.quotes] if meant else [each]
    return replace(claim, cited=tuple(cited))


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
        text = _cleared(text)
        if not _has_word(text) or not (self.groups or (text[0] not in _MARKS and text[-1] in _ENDS)):
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


def _without_links(text: str) -> str:
    """Return a text without links, images, HTML and addresses, which no statement needs and an article may plant."""
    while (shorter := _ADDRESS.sub("", _TAG.sub("", _LINK.sub(r"\1", text)))) != text:
        text = shorter  # what is taken out may leave another one
    return text


def _cleared(text: str) -> str:
    """Return a statement without what its citations leave behind."""
    text = _without_links(text)
    text = re.sub(r"\s+([.,。])", r"\1", _EMPTY_BRACKETS.sub("", " ".join(text.split())))
    return text.rstrip(_SEPARATORS).lstrip(_SEPARATORS + ".").strip()


def cleaned(text: str) -> str:
    """Return a statement on one line without Markdown and citations, which models write even in a field of its own."""
    text = _MARKUP.sub("", " ".join(text.split()))
    text = _cleared(_CITATION.sub("", _LEAD.sub("", text)))
    return text if _has_word(text) else ""


def _widest(rest: str, quotes: list[str]) -> list[str]:
    """Return the quotes, with their marks, or the one that they are parts of.

    Marks inside a quote divide it, and its last may be missing; marks that pair with none are then left.
    """
    rest = rest.lstrip(_SEPARATORS + ".")
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
        elif not _has_word(text):
            _punctuate(part, text)
        elif part.groups and _begins_sentence(part, text):
            if text.lstrip()[0] in _ENDS:
                _punctuate(part, text.lstrip()[0])
            parts.append(_Part(text.lstrip(_ENDS + _SEPARATORS)))
        else:
            part.text += text
    return parts


def _punctuate(part: _Part, text: str) -> None:
    """Add punctuation that stands alone between citations and quotes."""
    mark = next((letter for letter in text if letter in _ENDS), "")
    if not part.groups:
        part.text += text
    elif mark and not part.after:
        part.text = part.text if part.ended else part.text.rstrip(_SEPARATORS) + mark
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


def _has_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _bare(text: str) -> str:
    """Return only the words, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def says_not_answered(text: str) -> bool:
    """Tell whether a statement says, perhaps among other words, what is to be said where there is no answer."""
    return _SENTINEL in _bare(text)


_SENTINEL = _bare(NOT_ANSWERED)
