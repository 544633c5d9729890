"""A question becomes evidence: candidates, fusion, late interaction; ``.retriever`` is LangChain's door."""

from rag.retrieval.copies import copies, same_words
from rag.retrieval.follow_ups import complete
from rag.retrieval.late_interaction import Matches, Texts, late_interaction
from rag.retrieval.question import aside_weights
from rag.retrieval.search import Search

__all__ = ["Matches", "Search", "Texts", "aside_weights", "complete", "copies", "late_interaction", "same_words"]
