"""Every claim is checked: a quote becomes the exact span where it stands, and the span is judged."""

from rag.citing.citation import cite
from rag.citing.locate import locate
from rag.citing.planted import speaks_to_machine
from rag.citing.quoting import Place, find_quote
from rag.citing.surroundings import evidence_at
from rag.citing.values import dates
from rag.citing.verdict import Evidence, Judgement, Verifier
from rag.citing.verifiers import load_verifier

__all__ = [
    "Evidence",
    "Judgement",
    "Place",
    "Verifier",
    "cite",
    "dates",
    "evidence_at",
    "find_quote",
    "load_verifier",
    "locate",
    "speaks_to_machine",
]
