"""The chat model that a user may set: created once, read as a stream."""

from rag.chat.model import PROVIDERS, load_model, read_reply

__all__ = ["PROVIDERS", "load_model", "read_reply"]
