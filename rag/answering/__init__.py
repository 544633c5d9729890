"""Evidence becomes an answer: quoted sentences, written statements where a chat model is set, or abstention."""

from rag.answering.answering import Answerer

__all__ = ["Answerer"]
