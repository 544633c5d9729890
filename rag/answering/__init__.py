"""Evidence becomes an answer: quoted sentences, written statements where a chat model is set, or abstention."""

from rag.answering.answering import Answerer
from rag.answering.follow_ups import stand_alone

__all__ = ["Answerer", "stand_alone"]
