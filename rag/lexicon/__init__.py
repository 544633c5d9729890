"""Words: their stems, and what they are called in other languages."""

from rag.lexicon.analysis import ANALYSIS_VERSION, terms
from rag.lexicon.lexicon import Lexicon, bundled_lexicon

__all__ = ["ANALYSIS_VERSION", "Lexicon", "bundled_lexicon", "terms"]
