"""Any sentence-transformers model as the archive's encoder, run by torch, or by ONNX Runtime or OpenVINO without torch.

A local model needs no network. It offers no token vectors, so its passages are ranked by cosine alone, without late
interaction.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from rag.encoders.exported import UNLIMITED, ExportedModel
from rag.encoders.protocol import Vectors, unit
from rag.errors import EncoderError

logger = logging.getLogger(__name__)

Backend = Literal["torch", "onnx", "openvino"]

_REMEDY = "Give the path of a local model folder, or unset RAG_ENCODER to use the bundled encoder."
_PASSAGE_PROMPTS = ("document", "passage", "corpus")  # the names that sentence-transformers looks for, in its order


class Runner(Protocol):
    """What runs a model: it reads texts that already begin with their prompt."""

    prompts: dict[str, str]
    """The model's own prompts by name."""
    dimension: int
    """The length of a vector."""
    limit: int | None
    """How many word pieces of a text the model reads; None if it reads all."""
    variant: str
    """What makes the vectors others than the model's in full precision, such as a quantised file; otherwise empty."""

    def encode(self, texts: list[str], prompt: str, *, query: bool) -> Vectors:
        """Return one vector a text, not necessarily normalised, shape (texts, dimension)."""

    def lengths(self, texts: list[str]) -> list[int]:
        """Return how many word pieces each text has."""


class TransformerEncoder:
    """A sentence-transformers model by name or path.

    :param name: path of a local folder, or a model's name; it goes into the archive's fingerprint as given.
    :param backend: what runs it. All three give the same vectors, unless ``file`` is a quantised one.
    :param file: for ONNX and OpenVINO the model file in the folder; None: the one in full precision.
    :param query_prompt: what is written before a question; None: the model's own prompt.
    :param passage_prompt: what is written before a passage; None: the model's own prompt.
    :raises EncoderError: the model or what runs it cannot be loaded.
    """

    def __init__(
        self,
        name: str,
        backend: Backend = "torch",
        file: str | None = None,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
    ) -> None:
        self._name = name
        self._runner = self._load(backend, file)
        prompts = {key: prompt for key, prompt in self._runner.prompts.items() if prompt}
        if query_prompt is not None:
            prompts["query"] = query_prompt
        if passage_prompt is not None:
            prompts = {key: prompt for key, prompt in prompts.items() if key not in _PASSAGE_PROMPTS}
            prompts["document"] = passage_prompt
        self._prompts = {key: prompt for key, prompt in sorted(prompts.items()) if prompt}
        self._warned = False

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._runner.dimension

    @property
    def fingerprint(self) -> dict[str, str | int]:
        """The model's name as given, its dimension, its prompts and, if it is quantised, its file."""
        prompts = ", ".join(f"{key}={prompt!r}" for key, prompt in self._prompts.items())
        result: dict[str, str | int] = {"encoder": self._name, "dimension": self.dimension, "prompts": prompts}
        return {**result, "encoder_file": self._runner.variant} if self._runner.variant else result

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question, made with the prompt for questions, shape (texts, dimension)."""
        return self._encode(texts, self._prompts.get("query", ""), query=True)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a passage, made with the prompt for passages, shape (texts, dimension).

        A warning is logged, once, if the model reads only the beginning of some of them.
        """
        prompt = next((self._prompts[key] for key in _PASSAGE_PROMPTS if key in self._prompts), "")
        if not self._warned:
            self._warn_of_cut_passages(texts, prompt)
        return self._encode(texts, prompt, query=False)

    def _load(self, backend: Backend, file: str | None) -> Runner:
        if Path(self._name).is_absolute() and not Path(self._name).is_dir():
            raise EncoderError(f"RAG_ENCODER={self._name!r} is no folder. {_REMEDY}")
        try:
            if backend == "torch":
                return _Torch(self._name)
            return ExportedModel(self._name, backend, file)
        except EncoderError:
            raise
        except Exception as error:  # every backend of the library raises its own kinds
            raise EncoderError(
                f"RAG_ENCODER={self._name!r} cannot be loaded with RAG_ENCODER_BACKEND={backend!r}: "
                f"{_first_line(error)}. {_REMEDY}"
            ) from error

    def _encode(self, texts: Sequence[str], prompt: str, *, query: bool) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return unit(self._runner.encode(list(texts), prompt, query=query))

    def _warn_of_cut_passages(self, texts: Sequence[str], prompt: str) -> None:
        """Log how many passages the model reads only the beginning of, and the passage size that would fit."""
        limit = self._runner.limit
        if limit is None or not texts:
            return
        lengths = self._runner.lengths([prompt + text for text in texts])
        cut = [(length, len(text)) for length, text in zip(lengths, texts, strict=True) if length > limit]
        if cut:
            self._warned = True
            fits = min(characters * limit // length for length, characters in cut) // 10 * 10
            logger.warning(
                "RAG_ENCODER=%r reads %d word pieces of a text; %d of %d passages are longer, and the search by "
                "meaning does not see their ends. RAG_PASSAGE_CHARS=%d and `rag rebuild` would make them fit.",
                *(self._name, limit, len(cut), len(texts), max(100, fits)),  # the setting's minimum is 100
            )


class _Torch:
    """The model as sentence-transformers runs it."""

    variant = ""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - ten seconds of torch

        self._model = SentenceTransformer(name, device="cpu", local_files_only=Path(name).is_dir())
        self.prompts = {key: prompt or "" for key, prompt in self._model.prompts.items()}
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError(f"RAG_ENCODER={name!r} does not tell the dimension of its vectors.")
        self.dimension = int(dimension)
        limit = self._model.max_seq_length
        self.limit = None if limit is None or limit > UNLIMITED else int(limit)

    def encode(self, texts: list[str], prompt: str, *, query: bool) -> Vectors:
        encode = self._model.encode_query if query else self._model.encode_document
        return np.asarray(encode(texts, prompt=prompt, show_progress_bar=False), dtype=np.float32)

    def lengths(self, texts: list[str]) -> list[int]:
        return [len(ids) for ids in self._model.tokenizer(texts, truncation=False, verbose=False)["input_ids"]]


def _first_line(error: Exception) -> str:
    """Return the first line of an error's message, for a message of one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
