"""The bundled encoder: one vector a token, a text is their mean. Runs on numpy, imports no torch.

The folder is sentence-transformers' own format (``StaticEmbedding``), so ``SentenceTransformer(path)`` gives the same
vectors. It is read here with tokenizers and safetensors directly because late interaction needs the token numbers and
the table itself, which a wrapper would hide.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from rag.encoders.protocol import Tokens, Vectors, unit
from rag.errors import EncoderError

BUNDLED = Path(__file__).parent / "static_model"
_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_COUNTS = "token_counts.npy"
_TRAINING = "training.json"


class StaticEncoder:
    """A static token-vector model in a sentence-transformers folder.

    :param path: the folder.
    :raises EncoderError: the folder is not such a model.
    """

    def __init__(self, path: Path) -> None:
        try:
            with safe_open(path / _WEIGHTS, framework="numpy") as tensors:
                self._table: NDArray[np.float16] = tensors.get_tensor("embedding.weight")
            self._tokenizer = Tokenizer.from_file(str(path / _TOKENIZER))
            self._counts: NDArray[np.uint32] = np.load(path / _COUNTS)
            self._training = json.loads((path / _TRAINING).read_text(encoding="utf-8"))
        except (OSError, SafetensorError, ValueError) as error:
            raise EncoderError(
                f"No static encoder in {path}: {error}. Reinstall newsrag, or set RAG_ENCODER to another model."
            ) from error
        except Exception as error:  # tokenizers raises bare Exception
            raise EncoderError(f"The tokenizer of the encoder in {path} cannot be read: {error}.") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        unknown = getattr(self._tokenizer.model, "unk_token", None)
        self._unknown = -1 if unknown is None else self._tokenizer.token_to_id(unknown)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._table.shape[1])

    @property
    def fingerprint(self) -> dict[str, str | int]:
        """The model's name, its weights' digest and its dimension."""
        return {
            "encoder": self._training["name"],
            "weights": self._training["weights_sha256"][:16],
            "dimension": self.dimension,
        }

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the normalised mean of each text's token vectors, shape (texts, dimension); of no tokens, zeros."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        rows = [[number for number in encoding.ids if number != self._unknown] for encoding in encodings]
        sums = np.zeros((len(rows), self.dimension), dtype=np.float32)
        if any(rows):
            used, positions = np.unique(np.fromiter(chain.from_iterable(rows), dtype=np.int64), return_inverse=True)
            vectors = self._table[used].astype(np.float32)  # each token once: widening float16 is what costs
            end = 0
            for number, row in enumerate(rows):
                end += len(row)
                sums[number] = vectors[positions[end - len(row) : end]].sum(axis=0)
        return unit(sums)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the same as :meth:`encode_queries`: this model makes no difference between the two."""
        return self.encode_queries(texts)

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text; punctuation and unknown signs are left out."""
        result = []
        for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False):
            ids = np.array(encoding.ids, dtype=np.int64)
            known = self._is_word[ids]
            words = np.array(encoding.word_ids, dtype=np.int64)
            offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
            result.append(Tokens(ids[known], words[known], offsets[known]))
        return result

    def token_embeddings(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the vectors of these tokens, not normalised, shape (tokens, dimension)."""
        return self._table[ids].astype(np.float32)

    def token_weights(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors' norms times the tokens' rarity in the training text, shape (tokens,)."""
        norms = np.linalg.norm(self.token_embeddings(ids), axis=1)
        return np.asarray(norms * self._rarity[ids], dtype=np.float32)

    @cached_property
    def _is_word(self) -> NDArray[np.bool_]:
        """Whether each token has a letter or digit, shape (vocabulary,)."""
        is_word = np.zeros(len(self._table), dtype=np.bool_)
        for token, number in self._tokenizer.get_vocab().items():
            is_word[number] = number != self._unknown and (token.isalnum() or any(map(str.isalnum, token)))
        return is_word

    @cached_property
    def _rarity(self) -> NDArray[np.float32]:
        """Inverse document frequency in BM25's form over the sentences that were counted, shape (vocabulary,)."""
        sentences = float(self._training["counted_sentences"])
        counts = self._counts.astype(np.float32)
        return np.log1p((sentences - counts + 0.5) / (counts + 0.5)).astype(np.float32)
