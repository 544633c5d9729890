"""What an archive is made of: articles, and the passages and sentences in them, each a span of characters.

An article's text is normalised once when it is added and never changes afterwards, so a span found once stays right.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text and what is known about it.

    :param id: name that is unique in its archive.
    :param text: the full text; after ``Archive.add`` it is the normalised text that every span counts in.
    :param title: headline.
    :param language: ISO 639-1 code; detected from the text where it is None.
    :param published: date of publication, ISO 8601 (``2024-11-08``).
    :param source: outlet or author that published it.
    :param url: where it was published.
    """

    id: str
    text: str
    title: str | None = None
    language: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` (inclusive) to ``end`` (exclusive) of an article's normalised text, in code points."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage(Span):
    """Consecutive whole sentences of one article: the unit that is indexed and retrieved.

    :param text: the article's ``text[start:end]``.
    :param sentences: the spans ``(start, end)`` of its sentences, counted in the article's text.
    """

    text: str
    language: str | None = None
    sentences: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What a list of the archive's articles shows of each: everything but the text.

    :param origin: the file it came from, or None where it was given as an object.
    :param added: when it was added, ISO 8601 with time zone.
    """

    id: str
    title: str | None
    language: str | None
    published: str | None
    source: str | None
    url: str | None
    origin: str | None
    characters: int
    passages: int
    added: str
