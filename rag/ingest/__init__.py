"""The ingest room: a file becomes articles, an article becomes passages. Nothing here writes or keeps anything."""

from rag.ingest.files import find_files
from rag.ingest.language import detect_language
from rag.ingest.passages import SPLITTER_VERSION, split
from rag.ingest.preparing import prepare
from rag.ingest.reading import read_file
from rag.ingest.record import Record
from rag.ingest.sentences import sentence_spans
from rag.ingest.text import normalise

__all__ = [
    "SPLITTER_VERSION",
    "Record",
    "detect_language",
    "find_files",
    "normalise",
    "prepare",
    "read_file",
    "sentence_spans",
    "split",
]
