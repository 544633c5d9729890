"""What a chat model wrote becomes claims: a sentence, the numbers of the passages it cites, and the words it quotes.

Models are asked for one statement a line with its number and its quote. What they write is forgiven much: other
brackets, several numbers, several statements on a line, quotes before the number or on the next line, Markdown,
reasoning between tags. What cites nothing is dropped.
"""

import re
from collections.abc import Iterator
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
_LEAD = re.compile(r"^\s*(?:(?:>|#{1,6}|[-*•–]|\d{1,2}\)|\(\d{1,2}\))\s+)*")
_ITEM_NUMBER = re.compile(r"(\d{1,2})\.\s+")
_EMPTY_BRACKETS = re.compile(r"\(\s*[,;]?\s*\)")
_THOUGHT = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_ENDS = ".!?…。！？؟।"
_BRACKETS = " \t)\"”“»«’'"
"""What may stand between a sentence's end mark and its citation."""
_MARKS = "\"'“”„‟‘’‚«»‹›「」『』"
_SEPARATORS = " \t–—:,;|(-→"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as the model wrote it, nothing of it checked.

    :param numbers: the passage numbers it cites, as written, in order; they need not exist.
    :param quotes: the words it quotes, most likely ones first; they need not stand anywhere.
    """

    text: str
    numbers: tuple[int, ...]
    quotes: tuple[str, ...] = ()


class ReplyParser:
    """Takes a reply in pieces and yields each claim once it is complete.

    ``abstained`` is True once the model has said that the passages do not answer, and no claim before.
    """

    def __init__(self) -> None:
        self.abstained = False
        self._line = ""
        self._items = 0
        self._thinking = False
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
        if self._waiting is not None and len(claims) == 1 and _supports(claims[0], self._waiting):
            self._waiting = replace(self._waiting, quotes=claims[0].quotes)
            claims = []
        yield from self._release()
        if _SENTINEL in _bare(line):
            claims = [claim for claim in claims if _SENTINEL not in _bare(claim.text)]
            claims = [] if _bare(line).startswith(_SENTINEL) else claims
            self.abstained = self.abstained or not (claims or self._yielded)
        if self.abstained:
            return
        for claim in claims:
            if claim.text and claim.numbers:
                yield from self._release()
                self._waiting = claim
        if self._waiting is not None and self._waiting.quotes:
            yield from self._release()

    def _unnumbered(self, line: str) -> str:
        """Return the line without its number in a list; a date such as *6. November* is none."""
        item = _ITEM_NUMBER.match(line)
        if item is None or int(item[1]) != self._items + 1:
            return line
        self._items += 1
        return line[item.end() :]

    def _release(self) -> Iterator[Claim]:
        """Yield the claim that waited for its quote on the next line."""
        if self._waiting is not None:
            waiting, self._waiting, self._yielded = self._waiting, None, True
            yield waiting

    def _spoken(self, line: str) -> str:
        """Return the line without what the model thought aloud."""
        spoken, rest = "", line
        while (tag := _THOUGHT.search(rest)) is not None:
            if not self._thinking:
                spoken += rest[: tag.start()]
            if tag[1] and not self._thinking:  # the opening tag was part of the prompt: all before was a thought
                if self._yielded:
                    raise LanguageModelError("The chat model mixed its reasoning with its answer.")
                spoken, self._waiting, self.abstained = "", None, False
            self._thinking = not tag[1]
            rest = rest[tag.end() :]
        return spoken if self._thinking else spoken + rest


def parse_line(line: str) -> list[Claim]:
    """Return the claims of one line; a line that only quotes gives one claim without text."""
    line = _LEAD.sub("", line)
    tokens = list(_tokens(line))
    kinds = [kind for kind, text, _ in tokens if kind != "text" or _has_word(text)]
    if "cited" not in kinds:
        bare = line.lstrip(_MARKS)
        if bare and bare != line and _CITATION.search(line):  # the whole line in quotation marks
            return parse_line(bare.rstrip(_MARKS))
        quotes = tuple(text[1:-1] for kind, text, _ in tokens if kind == "quote")
        return [Claim("", (), quotes)] if quotes and "text" not in kinds else []
    if kinds[0] == "cited":
        return _led(line, tokens, kinds)
    return [claim for part in _parts(line, tokens) if (claim := part.claim()) is not None]


def _led(line: str, tokens: list[tuple[str, str, int]], kinds: list[str]) -> list[Claim]:
    """Read a line that starts with a citation: a quote for the line before, a statement, or a number before one.

    Where several statements follow their numbers it cannot be told which number is whose; such a line is dropped.
    """
    at = next(index for index, (kind, _, _) in enumerate(tokens) if kind == "cited")
    if "text" not in kinds:
        numbers = tuple(number for kind, text, _ in tokens if kind == "cited" for number in _numbers(text))
        return [Claim("", numbers, tuple(text[1:-1] for kind, text, _ in tokens if kind == "quote"))]
    rest = line[tokens[at][2] + len(tokens[at][1]) :].lstrip(_SEPARATORS + ".")
    if kinds.count("cited") == 1:
        text = "".join(text for kind, text, _ in tokens[at + 1 :] if kind == "text").strip()
        closed = text.endswith(tuple(_ENDS)) or kinds[-1] == "quote"
        return parse_line(f"{rest} {tokens[at][1]}") if closed else []
    while kinds[-1] == "quote":
        kinds.pop()
    return parse_line(rest) if kinds[-1] == "cited" and kinds[1] != "cited" else []


@dataclass(slots=True)
class _Part:
    """A claim while its line is read.

    :param before: quotes before the citation, with their marks; ``after`` those after it.
    :param rest: what stands between the citation and the next one.
    :param ended: whether the sentence has come to its end mark.
    """

    text: str = ""
    numbers: list[int] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    rest: str = ""
    ended: bool = False

    def claim(self) -> Claim | None:
        """Return the claim, or None where nothing is said or cited."""
        inner, text = self.before, self.text
        stem = text.rstrip(_ENDS + " )")
        if inner and stem.endswith(inner[-1]):  # Statement. "quote" [1]
            stem = stem[: -len(inner[-1])].rstrip(" (")
            text = stem if stem.endswith(tuple(_ENDS)) else text
        text = re.sub(r"\s+([.,。])", r"\1", _EMPTY_BRACKETS.sub("", " ".join(text.split())))
        text = text.rstrip(_SEPARATORS).lstrip(_SEPARATORS + ".").strip()
        if not self.numbers or not _has_word(text):
            return None
        quotes = [quote[1:-1] for quote in [*self.after, *inner]]
        return Claim(text, tuple(dict.fromkeys(self.numbers)), tuple(dict.fromkeys([*_widest(self.rest), *quotes])))


def _widest(rest: str) -> list[str]:
    """Return what the first mark and the last enclose: marks inside a quote divide it, and its last may be missing."""
    rest = rest.lstrip(_SEPARATORS + ".")
    if not rest or rest[0] not in _MARKS:
        return []
    last = max(at for at, letter in enumerate(rest) if letter in _MARKS)
    return [rest[1:last] if last else rest[1:]]


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
            part.numbers += _numbers(text)
            part.rest = line[start + len(text) : next_cited[start]]
        elif kind == "quote":
            (part.after if part.numbers else part.before).append(text)
            part.text += "" if part.numbers else text
        elif not _has_word(text):
            _punctuate(part, text)
        elif part.numbers and _begins_sentence(part, text):
            if text.lstrip()[0] in _ENDS:
                _punctuate(part, text.lstrip()[0])
            parts.append(_Part(text.lstrip(_ENDS + _SEPARATORS)))
        else:
            part.text += text
    return parts


def _punctuate(part: _Part, text: str) -> None:
    """Add punctuation that stands alone between citations and quotes."""
    mark = next((letter for letter in text if letter in _ENDS), "")
    if not part.numbers:
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


def _supports(claim: Claim, waiting: Claim) -> bool:
    """Tell whether a line only quotes what the line before cites."""
    return not claim.text and bool(claim.quotes) and (not claim.numbers or set(claim.numbers) <= set(waiting.numbers))


def _has_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _bare(text: str) -> str:
    """Return only the words, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


_SENTINEL = _bare(NOT_ANSWERED)
