"""The verifier that ``RAG_VERIFIER`` names."""

from rag.citing.bundled import BundledVerifier
from rag.citing.verdict import Verifier
from rag.encoders import TokenEncoder
from rag.settings import Settings


def load_verifier(settings: Settings, encoder: TokenEncoder) -> Verifier:
    """Return the verifier that the settings name.

    :param encoder: that of the bundled verifier.
    :raises LanguageModelError: the chat model is to judge, and none can be used.
    :raises VerifierError: the model cannot be loaded, or does not tell what follows from a text.
    """
    if settings.verifier is None:
        return BundledVerifier(encoder)
    if settings.verifier == "llm":
        from rag.chat import load_chat  # noqa: PLC0415 - most of a second of LangChain
        from rag.citing.chat_verifier import ChatVerifier  # noqa: PLC0415

        return ChatVerifier(load_chat(settings))
    from rag.citing.cross_encoder import CrossEncoderVerifier  # noqa: PLC0415 - seconds of torch

    return CrossEncoderVerifier(settings.verifier)
