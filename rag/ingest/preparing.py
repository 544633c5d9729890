"""Make an Article fit for the archive: its text normalised for ever, its facts in one form, its language known."""

import re
from dataclasses import replace

from rag.articles import Article
from rag.errors import ReadError
from rag.ingest.dates import iso_date
from rag.ingest.language import detect_language, language_code
from rag.ingest.text import has_words, normalise, one_line

_IGNORED = re.compile("[\t\n\r]")  # as browsers do within an address, so that no java\nscript: gets through
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")  # not the port of example.org:8080


def prepare(article: Article) -> Article:
    """Return the article with normalised text, one-line title and source, ISO date and detected language.

    Lone surrogates in the text become U+FFFD. A date that cannot be read and a URL that is no web address become None.

    :raises ReadError: there is no text, or no id that could name the article.
    """
    if not isinstance(article.text, str):
        raise ReadError(f"the text is of type {type(article.text).__name__}; give it as a str")
    if not isinstance(article.id, str) or not article.id.strip():
        raise ReadError(f"the id {article.id!r} is empty; give each article an id that names it")
    if not article.id.isprintable():
        raise ReadError(f"the id {article.id!r} has characters that cannot be printed; give it another one")
    for fact in ("title", "language", "published", "source", "url"):
        value = getattr(article, fact)
        if value is not None and not isinstance(value, str):
            raise ReadError(f"the {fact} {value!r} is of type {type(value).__name__}; give it as a str")
    text = normalise(article.text)
    if not has_words(text):
        raise ReadError("no text: there is no letter and no digit in it")
    return replace(
        article,
        text=text,
        title=one_line(article.title),
        language=language_code(article.language) or detect_language(text),
        published=iso_date(article.published),
        source=one_line(article.source),
        url=_web_address(article.url),
    )


def _web_address(url: str | None) -> str | None:
    """Return the URL on one line, None for ``javascript:`` and the like, which a page must never offer as a link."""
    line = one_line(_IGNORED.sub("", url)) if url else None
    scheme = _SCHEME.match(line) if line else None
    return None if scheme and scheme[1].lower() not in ("http", "https") else line
