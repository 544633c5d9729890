"""Word documents: every paragraph in the order of the document, those in tables included."""

import os
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from rag.errors import ReadError
from rag.ingest.dates import iso_date
from rag.ingest.readers.draft import Draft
from rag.ingest.sizes import MEGABYTE, check_file
from rag.settings import Settings

if TYPE_CHECKING:
    from docx.document import Document

# Real documents unpack to at most some 50 times their size; a zip bomb to 1,000 times.
BOMB_RATIO = 200
BOMB_FROM = 10 * MEGABYTE  # what is smaller than this does no harm, whatever its ratio
_TEMPLATE_CREATED = datetime(2013, 12, 23, 23, 15)  # python-docx stamps every document it makes with this
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


def read_docx(file: BinaryIO, settings: Settings) -> Draft:
    """Return one line for each paragraph, and the title, author and date of the document's properties.

    :raises ReadError: it is too large, unpacks to too much, or is no Word document.
    """
    check_file(os.fstat(file.fileno()).st_size, settings)
    _check_zip(file, settings)
    import docx  # noqa: PLC0415 - a quarter of a second

    try:
        document = docx.Document(file)
        text = "\n".join(_paragraphs(document.element.body))
        title, source, published = _facts(document)
    except Exception as error:
        raise ReadError(f"not a Word document that can be read: {error}") from error
    return Draft(text, title=title, source=source, published=published)


def _check_zip(file: BinaryIO, settings: Settings) -> None:
    """Refuse a zip bomb by what its directory says; zipfile never unpacks more than that."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ReadError(f"not a Word document: {error}") from error
    finally:
        file.seek(0)
    unpacked = sum(entry.file_size for entry in entries)
    check_file(unpacked, settings, verb="unpacks to")
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > BOMB_FROM and unpacked > BOMB_RATIO * packed:
        raise ReadError(f"a zip bomb: it unpacks to {unpacked // packed:,} times its size; save it anew in Word")


def _paragraphs(body: Any) -> list[str]:  # noqa: ANN401 - an lxml element, which has no public type
    """Return the text of each paragraph of the XML, each once.

    python-docx's own Paragraph.text leaves out tracked insertions, content controls and text boxes, and its cells
    repeat what is merged. Text that was moved away or deleted is not part of the document any more.
    """
    paragraphs: dict[Any, list[str]] = {}
    for node in body.iter(f"{_W}p", f"{_W}t", *_CHARACTERS):
        if node.tag == f"{_W}p":
            paragraphs[node] = []
        elif node.getparent().tag == f"{_W}r":  # a w:tab elsewhere is a tab stop, not a character
            around = [(ancestor, ancestor.tag) for ancestor in node.iterancestors()]
            # mc:Fallback holds a text box a second time, for old versions of Word.
            if not any(tag == f"{_W}moveFrom" or tag.endswith("}Fallback") for _, tag in around):
                owner = next(ancestor for ancestor, tag in around if tag == f"{_W}p")
                paragraphs[owner].append(_CHARACTERS.get(node.tag, node.text or ""))
    return ["".join(parts) for parts in paragraphs.values()]


def _facts(document: "Document") -> tuple[str | None, str | None, str | None]:
    """Return title, author and date of creation, without what the template of python-docx puts there."""
    facts = document.core_properties
    source = None if facts.author == "python-docx" else facts.author
    created = facts.created
    template = created is None or created.replace(tzinfo=None) == _TEMPLATE_CREATED
    return facts.title or None, source or None, None if template else iso_date(created)
