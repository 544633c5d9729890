"""Articles become findable: catalog (SQLite, the truth), vectors (Chroma) and terms (tantivy), one writer at a time."""

from rag.index.catalog import NewArticle, digest
from rag.index.store import BATCH_PASSAGES, Counts, Fingerprint, Index, IndexWriter, check_fingerprint, fingerprint

__all__ = [
    "BATCH_PASSAGES",
    "Counts",
    "Fingerprint",
    "Index",
    "IndexWriter",
    "NewArticle",
    "check_fingerprint",
    "digest",
    "fingerprint",
]
