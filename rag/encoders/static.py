"""The bundled encoder: one vector a token, a text is their mean. Runs on numpy, imports no torch.

The folder is sentence-transformers' own format (``StaticEmbedding``), so ``SentenceTransformer(path)`` gives the same
vectors. It is read here with tokenizers and safetensors directly because late interaction needs the token numbers and
the table itself, which a wrapper would hide.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from rag.encoders.protocol import Tokens, Vectors, Words, unit
from rag.errors import EncoderError

BUNDLED = Path(__file__).parent / "static_model"
_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_COUNTS = "token_counts.npy"
_TRAINING = "training.json"
_CONTINUES = "##"
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, kana and Han."""
_SKETCH = 64
"""Coordinates by which a question's translations are looked for among the whole vocabulary."""
_SHORT_LIST = 256
"""Tokens, about as many, of which all coordinates are then compared."""
_STRIDE = 16
"""Every 16th token tells how near the short list is."""


class StaticEncoder:
    """A static token-vector model in a sentence-transformers folder.

    :param path: the folder.
    :raises EncoderError: the folder is not such a model.
    """

    def __init__(self, path: Path) -> None:
        try:
            with safe_open(path / _WEIGHTS, framework="numpy") as tensors:
                self._table: NDArray[np.float16] = tensors.get_tensor("embedding.weight")
            tokenizer = (path / _TOKENIZER).read_bytes()
            self._tokenizer = Tokenizer.from_buffer(tokenizer)
            self._counts: NDArray[np.uint32] = np.load(path / _COUNTS)
            self._training = json.loads((path / _TRAINING).read_text(encoding="utf-8"))
        except (OSError, SafetensorError, ValueError) as error:
            raise EncoderError(
                f"No static encoder in {path}: {error}. Reinstall newsrag, or set RAG_ENCODER to another model."
            ) from error
        except Exception as error:  # tokenizers raises bare Exception
            raise EncoderError(f"The tokenizer of the encoder in {path} cannot be read: {error}.") from error
        self._tokenizer_digest = hashlib.sha256(tokenizer).hexdigest()[:16]
        self._wide = np.zeros(self._table.shape, dtype=np.float32)  # takes memory only where it is written to
        self._is_wide = np.zeros(len(self._table), dtype=np.bool_)
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
        """The model's name, the digests of its weights and of its tokenizer, and its dimension."""
        return {
            "encoder": self._training["name"],
            "weights": self._training["weights_sha256"][:16],
            "tokenizer": self._tokenizer_digest,
            "dimension": self.dimension,
        }

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the normalised mean of each text's token vectors, shape (texts, dimension); of no tokens, zeros."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        rows = [[number for number in encoding.ids if number != self._unknown] for encoding in encodings]
        sums = np.zeros((len(rows), self.dimension), dtype=np.float32)
        if any(rows):
            used, positions = np.unique(np.fromiter(chain.from_iterable(rows), dtype=np.int64), return_inverse=True)
            vectors = self.token_embeddings(used)
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

    def words(self, texts: Sequence[Sequence[str]]) -> list[Words]:
        """Return the words of each text, given as its sentences; in scripts without spaces each token is a word."""
        sentences = list(chain.from_iterable(texts))
        rows = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(sentences, add_special_tokens=False)]
        sentence = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        pieces = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(sentence))
        known = self._is_word[pieces]
        begins = self._begins_word[pieces]
        begins[1:] |= ~known[:-1]  # what follows a sign that is left out, as in €100
        pieces, sentence, begins = pieces[known], sentence[known], begins[known]
        first = np.diff(sentence, prepend=-1) > 0
        starts = np.flatnonzero(begins | first)
        opening = np.flatnonzero(first[starts])
        used, places = np.unique(pieces, return_inverse=True)
        vectors = self.token_embeddings(used)
        of_text = np.repeat(np.arange(len(texts)), [len(text) for text in texts])[sentence]
        bounds = np.arange(len(texts) + 1)
        ends = np.searchsorted(of_text, bounds)
        word_ends = np.searchsorted(of_text[starts], bounds)
        sentence_ends = np.searchsorted(of_text[starts[opening]], bounds)
        result = []
        for number in range(len(texts)):
            own = slice(word_ends[number], word_ends[number + 1])
            tokens = slice(ends[number], ends[number + 1])
            begins = starts[own] - ends[number]
            opens = opening[sentence_ends[number] : sentence_ends[number + 1]] - own.start
            sums = _sums(vectors[places[tokens]], begins)
            lengths = np.sqrt(np.einsum("wd,wd->w", sums, sums))
            result.append(Words(pieces[tokens], begins, opens, lengths, float(np.linalg.norm(sums.sum(axis=0)))))
        return result

    def pack(self, words: Words) -> bytes:
        """Return words as bytes: counts and pieces in 32 bits each, where words begin in 1, the rest in 16."""
        begins = np.zeros(len(words.pieces), dtype=np.bool_)
        begins[words.starts] = True
        parts = (
            np.array([len(words.pieces), len(words.sentences)], dtype="<u4"),
            words.pieces.astype("<u4"),
            np.packbits(begins),
            words.sentences.astype("<u2"),
            np.append(words.lengths, words.length).astype("<f2"),
        )
        return b"".join(part.tobytes() for part in parts)

    def unpack(self, packed: bytes) -> Words:
        """Return what :meth:`pack` was given, lengths in half precision."""
        count, sentences = np.frombuffer(packed, "<u4", 2).tolist()
        bits, at = (count + 7) // 8, 8 + 4 * count
        pieces = np.frombuffer(packed, "<u4", count, 8).astype(np.int64)
        starts = np.flatnonzero(np.unpackbits(np.frombuffer(packed, np.uint8, bits, at), count=count))
        opens = np.frombuffer(packed, "<u2", sentences, at + bits).astype(np.int64)
        lengths = np.frombuffer(packed, "<f2", offset=at + bits + 2 * sentences).astype(np.float32)
        return Words(pieces, starts, opens, lengths[:-1], float(lengths[-1]))

    def token_embeddings(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the vectors of these tokens, not normalised, shape (tokens, dimension)."""
        new = ids[~self._is_wide[ids]]
        if len(new):  # widening float16 is what costs: each token once
            self._wide[new] = self._table[new].astype(np.float32)
            self._is_wide[new] = True
        return np.take(self._wide, ids, axis=0)

    def token_weights(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors' norms times the tokens' rarity in the training text, shape (tokens,)."""
        norms = np.linalg.norm(self.token_embeddings(ids), axis=1)
        return np.asarray(norms * self._rarity[ids], dtype=np.float32)

    def word_vectors(self, words: Words) -> Vectors:
        """Return the vector of each word, not normalised, shape (words, dimension)."""
        return _sums(self.token_embeddings(words.pieces), words.starts)

    def word_weights(self, words: Words) -> NDArray[np.float32]:
        """Return the sum over each word's pieces of what they tell, shape (words,)."""
        if not len(words.starts):
            return np.zeros(0, dtype=np.float32)
        return np.add.reduceat(self.token_weights(words.pieces), words.starts)

    def translations(self, vectors: Vectors, limit: int) -> tuple[list[NDArray[np.int64]], list[NDArray[np.float32]]]:
        """Return up to ``limit`` tokens nearest to each vector, with their cosines, nearest first.

        The table stands on its principal axes, so its first coordinates tell most: they choose, all of them rank.
        """
        wanted = unit(vectors)
        rough = wanted[:, :_SKETCH] @ self._sketch
        kept = _SHORT_LIST // _STRIDE
        enough = -np.partition(-rough[:, ::_STRIDE], kept, axis=1)[:, kept]
        tokens, cosines = [], []
        for one, likeness, least in zip(wanted, rough, enough, strict=True):
            few = np.flatnonzero(likeness >= least)
            exact = unit(self.token_embeddings(few)) @ one
            order = np.argsort(-exact, kind="stable")[:limit]
            tokens.append(few[order])
            cosines.append(exact[order])
        return tokens, cosines

    @cached_property
    def _sketch(self) -> Vectors:
        """The first coordinates of every token, as unit vectors, shape (_SKETCH, vocabulary); of signs, zeros."""
        sketch = unit(self._table[:, :_SKETCH].astype(np.float32))
        sketch[~self._is_word] = 0.0
        return np.ascontiguousarray(sketch.T)

    @cached_property
    def _kinds(self) -> NDArray[np.bool_]:
        """Whether each token has a letter or digit, and whether it begins a word, shape (2, vocabulary)."""
        kinds = np.ones((2, len(self._table)), dtype=np.bool_)
        for token, number in self._tokenizer.get_vocab().items():
            kinds[0, number] = number != self._unknown and (token.isalnum() or any(map(str.isalnum, token)))
            if token.startswith(_CONTINUES):
                kinds[1, number] = not token.isascii() and _UNSPACED.search(token) is not None
        return kinds

    @property
    def _is_word(self) -> NDArray[np.bool_]:
        is_word: NDArray[np.bool_] = self._kinds[0]
        return is_word

    @property
    def _begins_word(self) -> NDArray[np.bool_]:
        begins: NDArray[np.bool_] = self._kinds[1]
        return begins

    @cached_property
    def _rarity(self) -> NDArray[np.float32]:
        """Inverse document frequency in BM25's form over the sentences that were counted, shape (vocabulary,)."""
        sentences = float(self._training["counted_sentences"])
        counts = self._counts.astype(np.float32)
        return np.log1p((sentences - counts + 0.5) / (counts + 0.5)).astype(np.float32)


def _sums(vectors: Vectors, starts: NDArray[np.int64]) -> Vectors:
    """Sum runs of vectors, each from one start to the next, shape (starts, dimension)."""
    if not len(starts):
        return np.zeros((0, vectors.shape[1]), dtype=np.float32)
    return np.asarray(np.add.reduceat(vectors, starts, axis=0), dtype=np.float32)
