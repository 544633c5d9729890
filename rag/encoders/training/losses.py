"""The two scores the encoder is used with, and the softmax over a batch that trains them."""

from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy, embedding, embedding_bag, normalize


@dataclass(frozen=True)
class Side:
    """One side of a batch: its distinct tokens once, and where they stand.

    `vectors` is float32 of shape (distinct tokens, dimensions); `layout` int64 of shape (texts, longest) indexes its
    rows; `present` bool of the same shape is false on padding and on unknown tokens; `weights` float32 of shape
    (distinct tokens,) is what each counts in a query. A side may consist of words as well (see `words`): one row each.
    """

    vectors: torch.Tensor
    layout: torch.Tensor
    present: torch.Tensor
    weights: torch.Tensor


def look_up(table: torch.Tensor, ids: torch.Tensor) -> Side:
    """Fetch the vectors of a batch side; a token weighs what its vector's norm is.

    :param table: all token vectors, shape (vocabulary, dimensions); receives a sparse gradient.
    :param ids: token numbers, int64 of shape (texts, longest), 0 where there is no (known) token.
    """
    distinct, layout = torch.unique(ids, return_inverse=True)
    vectors = embedding(distinct, table, sparse=True)
    return Side(vectors, layout, ids != 0, vectors.norm(dim=1))


def mean_vectors(side: Side) -> torch.Tensor:
    """Return the mean-pooled unit vector of each text, shape (texts, dimensions)."""
    return normalize(_weighted_sum(side, side.vectors, side.present.to(side.vectors.dtype)), dim=1)


def mean_scores(left: Side, right: Side) -> torch.Tensor:
    """Return the cosines of the mean-pooled vectors, shape (left texts, right texts)."""
    return mean_vectors(left) @ mean_vectors(right).T


def token_cosines(rows: Side, columns: Side) -> torch.Tensor:
    """Return the cosines between the distinct tokens of two sides, shape (tokens of `rows`, tokens of `columns`)."""
    return normalize(rows.vectors, dim=1) @ normalize(columns.vectors, dim=1).T


def late_scores(query: Side, document: Side, cosines: torch.Tensor | None = None) -> torch.Tensor:
    """Return the late-interaction scores, shape (query texts, document texts), in [-1, 1].

    Each query token takes its best cosine among a document's tokens (ColBERT's MaxSim, Khattab and Zaharia 2020); the
    tokens of a query are averaged by their weights. The best match depends on the query's token
    but not on its place, so it is sought once for each distinct token.

    :param cosines: `token_cosines(document, query)`, where the caller has them already.
    """
    if cosines is None:
        cosines = token_cosines(document, query)
    best = cosines.gather(0, _best_rows(cosines.detach(), document))  # (document texts, distinct query tokens)
    weights = query.weights[query.layout] * query.present
    weights = weights / weights.sum(dim=1, keepdim=True).clamp_min(1e-9)
    return _weighted_sum(query, best.T.contiguous(), weights)


def batch_loss(scores: torch.Tensor, forbidden: torch.Tensor | None = None) -> torch.Tensor:
    """Return the in-batch softmax loss in both directions: text i of one side belongs to text i of the other.

    :param scores: logits of shape (n, n).
    :param forbidden: bool of shape (n, n), true where a pair off the diagonal is right too and must not count against.
    """
    if forbidden is not None:
        scores = scores.masked_fill(forbidden, -1e4)
    target = torch.arange(len(scores), device=scores.device)
    return cross_entropy(scores, target) + cross_entropy(scores.T, target)


def _weighted_sum(side: Side, rows: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Sum each text's rows of `rows` (distinct tokens, any) by `weights` (texts, longest): shape (texts, any)."""
    return embedding_bag(side.layout, rows, mode="sum", per_sample_weights=weights)


def _best_rows(cosines: torch.Tensor, document: Side) -> torch.Tensor:
    """Return where each query token's best match in each document is, int64 of shape (documents, query tokens).

    The numbers are rows of `cosines`, whose shape is (distinct document tokens, query tokens).

    Goes place by place, so that memory stays at documents x query tokens whatever the documents' length.
    """
    padded = torch.cat([cosines, cosines.new_full((1, cosines.shape[1]), -2.0)])  # lower than any cosine
    layout = document.layout.masked_fill(~document.present, len(cosines))
    best = padded[layout[:, 0]]
    place_found = torch.zeros_like(best, dtype=torch.int16)
    for place in range(1, layout.shape[1]):
        candidate = padded[layout[:, place]]
        place_found.masked_fill_(candidate > best, place)
        torch.maximum(best, candidate, out=best)
    return document.layout.gather(1, place_found.long())
