"""Text becomes vectors: the bundled static encoder by default, any sentence-transformers model by ``RAG_ENCODER``."""

from rag.encoders.protocol import Encoder, TokenEncoder, Tokens, Words, unit
from rag.encoders.static import BUNDLED, StaticEncoder
from rag.errors import EncoderError
from rag.settings import Settings

__all__ = ["BUNDLED", "Encoder", "StaticEncoder", "TokenEncoder", "Tokens", "Words", "load_encoder", "unit"]


def load_encoder(settings: Settings) -> Encoder:
    """Load the encoder that the settings name.

    :raises EncoderError: it is not there or cannot be loaded.
    """
    of_a_model = ("encoder_backend", "encoder_file", "encoder_query_prompt", "encoder_passage_prompt")
    if settings.encoder is None:
        for field in of_a_model:
            if getattr(settings, field) != type(settings).model_fields[field].default:
                raise EncoderError(f"RAG_{field.upper()} is set without RAG_ENCODER. Name a model, or unset it.")
        return StaticEncoder(BUNDLED)
    from rag.encoders.transformer import TransformerEncoder  # noqa: PLC0415 - the bundled encoder needs none of it

    return TransformerEncoder(settings.encoder, *(getattr(settings, field) for field in of_a_model))
