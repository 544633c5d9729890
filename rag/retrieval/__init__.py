"""A question becomes evidence: candidates, fusion, late interaction; ``.retriever`` is LangChain's door."""

from rag.retrieval.late_interaction import best_matches, late_interaction
from rag.retrieval.search import search

__all__ = ["best_matches", "late_interaction", "search"]
