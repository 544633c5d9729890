"""Web pages: trafilatura finds the article among menus and advertisements, and what the page says about it."""

import codecs
import re
from typing import BinaryIO

from rag.errors import ReadError
from rag.ingest.encoding import decode, decode_as, is_utf8
from rag.ingest.readers.draft import Draft, read_bytes_of_article
from rag.ingest.text import has_words
from rag.settings import Settings

# Below this many characters trafilatura itself (its MIN_EXTRACTED_SIZE) no longer trusts what it found.
SHORT_CHARS = 250
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# What is no article: by its element, or by what its class or id is called.
_ELEMENTS = ("a", "nav", "header", "footer", "aside", "form", "button", "script", "style", "noscript", "head")
_NAMES = re.compile(r"(?i)menu|navig|cookie|consent|footer|banner|sidebar|breadcrumb")


def read_html(file: BinaryIO, settings: Settings) -> Draft:
    r"""Return the page's article, its paragraphs separated by ``\n``; a headline inside the article stays there.

    Nothing is fetched: only what the file itself holds is read.

    :raises ReadError: it is too large, not text, or there is no article in it.
    """
    page = _decode(read_bytes_of_article(file, settings))
    import trafilatura  # noqa: PLC0415 - 0.4 s
    from trafilatura.settings import Document  # noqa: PLC0415

    try:
        document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    except Exception as error:
        raise ReadError(f"the page cannot be parsed: {error}") from error
    text = (document.text or "").strip() if isinstance(document, Document) else ""
    if not isinstance(document, Document) or not text or (len(text) < SHORT_CHARS and _only_furniture(page)):
        raise ReadError("no article in the page, only menus and the like")
    return Draft(
        "\n".join(line.strip() for line in text.split("\n")),
        title=document.title,
        published=document.date,
        source=document.sitename or document.author,
        url=document.url,
    )


def _decode(data: bytes) -> str:
    """Return the page's text: valid UTF-8 is what it is, else the page's own word counts, else statistics."""
    declared = _CHARSET.search(data[:4096])
    if declared and b"\x00" not in data[:4096] and not is_utf8(data):
        try:
            codec = codecs.lookup(declared[1].decode("ascii")).name
            # Browsers read Latin-1 as Windows-1252, whose dashes and quotation marks are what such pages contain.
            return decode_as(data, "cp1252" if codec in ("iso8859-1", "ascii") else codec)
        except (LookupError, UnicodeDecodeError):
            return decode(data)
    # lxml refuses a str that still carries a declaration of its encoding.
    return _XML_DECLARATION.sub("", decode(data))


def _only_furniture(page: str) -> bool:
    """Return whether nothing is left of a page without its links, menus, forms, headers and footers."""
    from lxml import html  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with trafilatura

    tree = html.document_fromstring(page)
    for element in [*tree.iter(*_ELEMENTS), *tree.xpath("//*[@class or @id]")]:
        named = _NAMES.search(f"{element.get('class')} {element.get('id')}")
        if element.getparent() is not None and (element.tag in _ELEMENTS or named):
            element.drop_tree()
    return not has_words(tree.text_content())
