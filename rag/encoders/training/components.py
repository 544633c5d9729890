"""Which sentences say the same: translations of translations, joined over the whole parallel table."""

import numpy as np

from rag.encoders.training.data import PairTable

_ENDS = ' .!?"'  # what often differs between two spellings of one sentence


def translation_components(table: PairTable) -> np.ndarray:
    """Return for each pair the component it belongs to, int64 of shape (pairs,), numbered from 0 without gaps.

    Two pairs are in one component if they share a sentence (case, outer spaces and end marks aside), or if a chain of
    such pairs joins them: en-de and en-fr pairs of one English sentence make the German and the French one
    translations of each other, which a batch must not count as wrong answers.
    """
    number_of: dict[str, int] = {}
    parent: list[int] = []

    def number(sentence: str) -> int:
        key = sentence.casefold().strip(_ENDS)
        if key not in number_of:
            number_of[key] = len(parent)
            parent.append(len(parent))
        return number_of[key]

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    left = [number(sentence) for sentence in table.left]
    right = [number(sentence) for sentence in table.right]
    for one, other in zip(left, right, strict=True):
        parent[root(other)] = root(one)
    roots = np.array([root(one) for one in left], dtype=np.int64)
    components: np.ndarray = np.unique(roots, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return components
