"""The chat model that a user may set: created once, read as a stream, asked again where that helps."""

from rag.chat.chat import Chat, load_chat
from rag.chat.data import as_attribute, as_data
from rag.chat.failures import UnreadableError
from rag.chat.model import PROVIDERS
from rag.chat.replies import read_object, without_reasoning
from rag.chat.rewriting import rewrite_question
from rag.chat.structure import Schema
from rag.chat.tokens import estimate_tokens

__all__ = [
    "PROVIDERS",
    "Chat",
    "Schema",
    "UnreadableError",
    "as_attribute",
    "as_data",
    "estimate_tokens",
    "load_chat",
    "read_object",
    "rewrite_question",
    "without_reasoning",
]
