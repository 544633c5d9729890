"""Text becomes vectors: the bundled static encoder by default, any sentence-transformers model by ``RAG_ENCODER``."""

from rag.encoders.protocol import Encoder, TokenEncoder, Tokens, unit
from rag.encoders.static import BUNDLED, StaticEncoder
from rag.settings import Settings

__all__ = ["BUNDLED", "Encoder", "StaticEncoder", "TokenEncoder", "Tokens", "load_encoder", "unit"]


def load_encoder(settings: Settings) -> Encoder:
    """Load the encoder that the settings name.

    :raises EncoderError: it is not there or cannot be loaded.
    """
    if settings.encoder is None:
        return StaticEncoder(BUNDLED)
    from rag.encoders.transformer import TransformerEncoder  # noqa: PLC0415 - imports torch

    return TransformerEncoder(settings.encoder)
