"""Statements beside the words they cite, each true or wrong in one known way: ``eval/gold/README.md``, Citations."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from eval.gold_set import SEED_ARTICLES
from eval.json_lines import GoldError, read_items

_GOLD = Path(__file__).resolve().parent / "gold"
CITATION_TEST = _GOLD / "citations" / "test.jsonl"
"""Measures a verifier. Nothing may be fitted on it."""
CITATION_DEV = _GOLD / "citations" / "dev.jsonl"
"""What thresholds are fitted on; shares no article, person or event with the test set."""

_CITATION_ARTICLES = _GOLD / "citations" / "articles"
ARTICLE_FOLDERS = (
    _CITATION_ARTICLES / "test",
    _CITATION_ARTICLES / "dev",
    _GOLD / "dev" / "articles",
    SEED_ARTICLES,
)
"""Where the articles lie. No file name is in two of them; the installed package lacks the last."""


class Kind(StrEnum):
    """What is wrong with a statement; one thing at most."""

    TRUE = "true"
    """Nothing: the quote, read in its article, says so."""
    NUMBER = "number"
    """One number, amount, unit, year or date is another."""
    NAME = "name"
    """One person, place or organisation is another, or two have changed places."""
    NEGATION = "negation"
    """It says the opposite."""
    ATTRIBUTION = "attribution"
    """It says flatly what the source only reports somebody to say."""
    UNRELATED = "unrelated"
    """The quote does not say it, even if another part of the article does."""


@dataclass(frozen=True, slots=True)
class CitationPair:
    """A statement and the words it cites.

    :param article: file name of the article, in one of :data:`ARTICLE_FOLDERS`.
    :param article_language: ISO 639-1, as is ``statement_language``.
    :param quote: whole sentences, one or two, copied verbatim: ``text[start:end] == quote``.
    :param start: first character, in code points of the article's normalised text.
    :param end: the character after the last.
    :param note: for readers.
    :param where: file and line it was read from, for messages.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    id: str
    kind: Kind
    article: str
    article_language: str
    quote: str
    start: int
    end: int
    statement: str
    statement_language: str
    note: str = ""
    where: str = ""

    @property
    def crosses_languages(self) -> bool:
        """Whether statement and article are in different languages."""
        return self.article_language != self.statement_language


_PAIR = TypeAdapter(CitationPair)


def read_citation_pairs(path: Path) -> tuple[CitationPair, ...]:
    """Return the pairs of a file, in its order. Empty lines are passed over.

    :raises GoldError: the file cannot be read, a line is not a pair, an id comes twice, or there is none.
    """
    pairs = read_items(path, "citation pairs", _pair)
    if not pairs:
        raise GoldError(f"{path} holds no citation pair.")
    return pairs


def read_cited_articles(pairs: Iterable[CitationPair]) -> dict[str, str]:
    """Return the normalised text of each cited article by file name, after checking that every quote stands in it.

    :raises GoldError: an article is in none of the folders or is not UTF-8, or a quote is not what stands at its span.
    """
    texts: dict[str, str] = {}
    for pair in pairs:
        if pair.article not in texts:
            texts[pair.article] = _article(pair)
        there = texts[pair.article][pair.start : pair.end]
        if there != pair.quote:
            raise GoldError(
                f"{pair.where}: {pair.article} has {there!r} from {pair.start} to {pair.end}, not the quote."
            )
    return texts


def normalise_article(data: bytes) -> str:
    """Return the text that offsets count in: no byte order mark, line breaks as line feeds, Unicode NFC."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def _article(pair: CitationPair) -> str:
    for folder in ARTICLE_FOLDERS:
        path = folder / pair.article
        if path.is_file():
            try:
                return normalise_article(path.read_bytes())
            except UnicodeDecodeError as error:
                raise GoldError(f"{path} is not UTF-8 (byte {error.start}).") from error
    raise GoldError(
        f"{pair.where}: the article {pair.article} is not there. The seed article comes with the repository, not with"
        " the installed package: run it in a checkout."
    )


def _pair(line: str, where: str) -> CitationPair:
    try:
        pair = replace(_PAIR.validate_json(line), where=where)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise GoldError(f"{where}: not a citation pair; {field}: {first['msg']}.") from error
    for field in ("id", "article", "article_language", "quote", "statement", "statement_language"):
        if not getattr(pair, field).strip():
            raise GoldError(f"{where}: {field} is empty.")
    if not 0 <= pair.start < pair.end:
        raise GoldError(f"{where}: {pair.start} to {pair.end} is not a span; 0 <= start < end.")
    if len(pair.quote) != pair.end - pair.start:
        raise GoldError(f"{where}: the quote has {len(pair.quote)} characters and its span {pair.end - pair.start}.")
    return pair
