"""Any sentence-transformers model as the archive's encoder. It imports torch; a local model needs no network."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.encoders.protocol import Vectors
from rag.errors import EncoderError

_REMEDY = "Give the path of a local model folder, or unset RAG_ENCODER to use the bundled encoder."


class TransformerEncoder:
    """A sentence-transformers model by name or path; its own query and passage prompts are used.

    It offers no token vectors, so passages are ranked by their mean vectors alone, without late interaction.

    :param name: path of a local folder, or a model's name; it goes into the archive's fingerprint as given.
    :raises EncoderError: sentence-transformers cannot load it.
    """

    def __init__(self, name: str) -> None:
        if Path(name).is_absolute() and not Path(name).is_dir():
            raise EncoderError(f"RAG_ENCODER={name!r} is no folder. {_REMEDY}")
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - ten seconds of torch

        try:
            self._model = SentenceTransformer(name, device="cpu")
        except Exception as error:  # every backend of the library raises its own kinds
            raise EncoderError(
                f"RAG_ENCODER={name!r} cannot be loaded by sentence-transformers: {_first_line(error)}. {_REMEDY}"
            ) from error
        self._name = name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError(f"RAG_ENCODER={self._name!r} does not tell the dimension of its vectors.")
        return int(dimension)

    @property
    def fingerprint(self) -> dict[str, str | int]:
        """The model's name as given, its dimension and its prompts."""
        prompts = ", ".join(f"{key}={value!r}" for key, value in sorted(self._model.prompts.items()) if value)
        return {"encoder": self._name, "dimension": self.dimension, "prompts": prompts}

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return ``encode_query`` of each text, normalised, shape (texts, dimension)."""
        return np.asarray(
            self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
        ).reshape(-1, self.dimension)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return ``encode_document`` of each text, normalised, shape (texts, dimension)."""
        return np.asarray(
            self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False),
            dtype=np.float32,
        ).reshape(-1, self.dimension)


def _first_line(error: Exception) -> str:
    """Return the first line of an error's message, for a message of one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
