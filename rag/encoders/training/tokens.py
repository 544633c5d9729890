"""Texts as rows of token numbers, and in how many sentences each token stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from rag.encoders.training.data import PairTable

CHUNK = 100_000  # texts tokenised at once, a bound on memory


@dataclass(frozen=True)
class TokenRows:
    """Token numbers of many texts, one after another.

    `ids` is int32 of shape (all tokens,); text i owns `ids[starts[i]:starts[i + 1]]`, `starts` int64 of shape (n + 1,).
    """

    ids: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1

    @property
    def lengths(self) -> np.ndarray:
        """Return the number of tokens of each text, int64 of shape (n,)."""
        return np.diff(self.starts)

    def row(self, i: int, limit: int | None = None) -> np.ndarray:
        """Return the first `limit` tokens of text i."""
        start, end = int(self.starts[i]), int(self.starts[i + 1])
        return self.ids[start : end if limit is None else min(end, start + limit)]


@dataclass(frozen=True)
class TokenPairs:
    """A pair table in token numbers, with the group of each row (int64, shape (n,)) and whether it is running text."""

    left: TokenRows
    right: TokenRows
    group: np.ndarray
    running: np.ndarray

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.group)


def encode_texts(tokenizer: Tokenizer, texts: list[str], twin: np.ndarray | None = None) -> TokenRows:
    """Tokenise `texts`; `twin` (see `tokenizer.twins`) replaces each token by the one it shares a vector with."""
    parts, lengths = [np.zeros(0, dtype=np.int32)], [0]
    for start in range(0, len(texts), CHUNK):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + CHUNK], add_special_tokens=False):
            parts.append(np.asarray(encoding.ids, dtype=np.int32))
            lengths.append(len(parts[-1]))
    ids = np.concatenate(parts)
    if twin is not None:
        ids = twin[ids].astype(np.int32)
    return TokenRows(ids, np.cumsum(lengths, dtype=np.int64))


def encode_pairs(tokenizer: Tokenizer, table: PairTable, twin: np.ndarray) -> TokenPairs:
    """Tokenise both sides of a table."""
    return TokenPairs(
        encode_texts(tokenizer, table.left, twin),
        encode_texts(tokenizer, table.right, twin),
        np.asarray(table.group, dtype=np.int64),
        np.asarray(table.running, dtype=bool),
    )


def count_tokens(texts: list[str], parts: Sequence[TokenRows], twin: np.ndarray) -> tuple[np.ndarray, int]:
    """Count in how many different texts each token stands.

    :param texts: the texts; equal ones count once.
    :param parts: their tokens, one part after another in the order of `texts`.
    :param twin: see `tokenizer.twins`.
    :return: the counts, uint32 of shape (vocabulary,), twins with equal counts; and the number of texts counted.
    """
    counts = np.zeros(len(twin), dtype=np.int64)
    seen: set[str] = set()
    position = 0
    for part in parts:
        for i in range(len(part)):
            text = texts[position + i]
            if text not in seen:
                seen.add(text)
                counts[np.unique(part.row(i))] += 1
        position += len(part)
    return counts[twin].astype(np.uint32), len(seen)
