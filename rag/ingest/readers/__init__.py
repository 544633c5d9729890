"""One reader a format, found by the file's suffix.

A document reader returns the one article of a file. A record reader yields, for each record, the line it begins on and
the article it holds or the reason why it holds none. To add a format, write a module and name it here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from rag.errors import ReadError
from rag.ingest.readers.csv_table import read_csv
from rag.ingest.readers.docx import read_docx
from rag.ingest.readers.draft import Draft
from rag.ingest.readers.json_lines import read_jsonl
from rag.ingest.readers.markdown import read_markdown
from rag.ingest.readers.pdf import read_pdf
from rag.ingest.readers.plain_text import read_text
from rag.ingest.readers.web_page import read_html
from rag.settings import Settings

DocumentReader = Callable[[BinaryIO, Settings], Draft]
RecordReader = Callable[[BinaryIO, Settings], Iterator[tuple[int, Draft | ReadError]]]

DOCUMENT_READERS: Mapping[str, DocumentReader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
RECORD_READERS: Mapping[str, RecordReader] = {".jsonl": read_jsonl, ".csv": read_csv}
SUFFIXES = (*DOCUMENT_READERS, *RECORD_READERS)

__all__ = ["DOCUMENT_READERS", "RECORD_READERS", "SUFFIXES", "Draft"]
