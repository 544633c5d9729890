"""Tokens grouped into words, the units that the search compares: one vector and one weight a word."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import embedding, embedding_bag

from rag.encoders.training.losses import Side
from rag.encoders.training.tokenizer import CONTINUATION, SPACELESS_TOKEN

_PLACES = 64  # tokens of a word that tell it from others; no word is longer, see max_input_chars_per_word
_FACTORS = np.random.default_rng(0).integers(1, 2**63, size=_PLACES, dtype=np.uint64) | np.uint64(1)


@dataclass(frozen=True)
class WordRules:
    """What is to be known of each token to group and weigh it; all of shape (vocabulary,).

    :param begins: bool: a word begins here. Every token that is no continuation, and in scripts without spaces every
        token: there the vocabulary's pieces are words.
    :param counts: bool: the token has a letter or digit; others and the unknown token are left out, as at search.
    :param rarity: float32: inverse document frequency in BM25's form over the training sentences.
    """

    begins: np.ndarray
    counts: np.ndarray
    rarity: np.ndarray

    @classmethod
    def of(cls, tokenizer: Tokenizer, token_counts: np.ndarray, sentences: int) -> "WordRules":
        """Derive the rules from a tokenizer and from how many of `sentences` sentences hold each token."""
        size = tokenizer.get_vocab_size()
        begins, counts = np.ones(size, dtype=bool), np.zeros(size, dtype=bool)
        for token, number in tokenizer.get_vocab().items():
            surface = token.removeprefix(CONTINUATION)
            begins[number] = token == surface or SPACELESS_TOKEN.fullmatch(surface) is not None
            counts[number] = number != 0 and any(map(str.isalnum, token))
        seen = token_counts.astype(np.float64)
        return cls(begins, counts, np.log1p((sentences - seen + 0.5) / (seen + 0.5)).astype(np.float32))


@dataclass(frozen=True)
class Words:
    """The words of some texts, each distinct word once.

    Distinct word i consists of the tokens `tokens[starts[i]:starts[i + 1]]` (both int64; the last one runs to the
    end). `layout`, int64 of shape (texts, most words), says where they stand, counted from 1; 0 is where a text has
    ended.
    """

    tokens: np.ndarray
    starts: np.ndarray
    layout: np.ndarray


def group_words(ids: np.ndarray, rules: WordRules) -> Words:
    """Group the tokens `ids`, int64 of shape (texts, longest), 0 where there is no (known) token, into words."""
    kept = rules.counts[ids]
    tokens, text = ids[kept], np.repeat(np.arange(len(ids)), kept.sum(axis=1))
    if not len(tokens):
        return Words(tokens, np.zeros(0, dtype=np.int64), np.zeros((len(ids), 1), dtype=np.int64))
    begins = rules.begins[tokens]
    begins[0] = True
    begins[1:] |= text[1:] != text[:-1]
    starts = np.flatnonzero(begins)
    place = np.minimum(np.arange(len(tokens)) - np.repeat(starts, np.diff(starts, append=len(tokens))), _PLACES - 1)
    # One 64-bit number a word; that two of a batch's few thousand words share one will not happen.
    number = np.add.reduceat(tokens.astype(np.uint64) * _FACTORS[place], starts)
    _, first, distinct = np.unique(number, return_index=True, return_inverse=True)
    ends = np.append(starts, len(tokens))
    spelled = [tokens[ends[i] : ends[i + 1]] for i in first]
    text = text[starts]
    per_text = np.bincount(text, minlength=len(ids))
    layout = np.zeros((len(ids), per_text.max()), dtype=np.int64)
    layout[text, np.arange(len(text)) - (np.cumsum(per_text) - per_text)[text]] = distinct.reshape(-1) + 1
    own_starts = np.cumsum([0] + [len(word) for word in spelled[:-1]])
    return Words(np.concatenate(spelled), own_starts, layout)


def word_side(table: torch.Tensor, ids: np.ndarray, rules: WordRules) -> Side:
    """Fetch one side of a batch as words.

    A word's vector is the sum of its tokens' vectors; its weight is the sum, over its tokens, of the vector's norm
    times the token's rarity. Row 0 of the side is the empty word, a zero vector.

    :param table: all token vectors, shape (vocabulary, dimensions); receives a sparse gradient.
    :param ids: token numbers, int64 of shape (texts, longest), 0 where there is no (known) token.
    """
    words = group_words(ids, rules)
    distinct, number = np.unique(words.tokens, return_inverse=True)
    tokens, starts, layout, rarity = (
        torch.from_numpy(array).to(table.device)
        for array in (number.reshape(-1), words.starts, words.layout, rules.rarity[distinct])
    )
    rows = embedding(torch.from_numpy(distinct).to(table.device), table, sparse=True)
    vectors, weights = rows.new_zeros((1, rows.shape[1])), rows.new_zeros(1)
    if len(words.starts):
        summed = embedding_bag(tokens, rows, starts, mode="sum")
        heavy = embedding_bag(tokens, (rows.norm(dim=1) * rarity)[:, None], starts, mode="sum")
        vectors, weights = torch.cat([vectors, summed]), torch.cat([weights, heavy[:, 0]])
    return Side(vectors, layout, layout != 0, weights)
