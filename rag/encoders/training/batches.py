"""Which rows meet in which step. A plan is made once from the seed, so a resumed run sees what it would have seen."""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import torch

from rag.encoders.training.recipe import Recipe
from rag.encoders.training.tokens import TokenPairs

Item = TypeVar("Item")

CHUNK_BATCHES = 20  # rows sorted by length together, in batches: similar lengths are harder negatives and less padding


@dataclass(frozen=True)
class Batch:
    """One step's rows: `kind` says how to read them, `rows` indexes a pair table, `swap` turns a row's sides around.

    Sides are swapped at random so that every language stands on both sides. A query then meets negatives in its own
    language too, and learns that identical words are not yet an answer.
    """

    kind: str
    rows: np.ndarray
    swap: np.ndarray


@dataclass(frozen=True)
class TrainingRows:
    """The training tables in token numbers, and the translation component of each parallel pair (see `components`)."""

    parallel: TokenPairs
    dictionary: TokenPairs
    names: TokenPairs
    qa: TokenPairs
    component: np.ndarray

    def table(self, kind: str) -> TokenPairs:
        """Return the table a kind of batch reads from."""
        return self.parallel if kind in ("sentence", "window") else getattr(self, kind)


def plan_mean_stage(data: TrainingRows, recipe: Recipe) -> list[Batch]:
    """Plan stage 1: sentences, dictionary entries and names, each in batches of their own."""
    rng = np.random.default_rng([recipe.seed, 1])
    epochs = {
        "sentence": recipe.mean_epochs_parallel,
        "dictionary": recipe.mean_epochs_dictionary,
        "names": recipe.mean_epochs_names,
    }
    plan: list[Batch] = []
    for kind, rounds in epochs.items():
        table = data.table(kind)
        total = round(len(table) * rounds * recipe.share)
        rows = sample(usable(table, 1, 1000), table.group, total, recipe.smoothing, rng)
        plan += _batches(kind, rows, table, Size(recipe.mean_batch), rng)
    return shuffled(plan, rng)


def plan_late_stage(data: TrainingRows, recipe: Recipe) -> list[Batch]:
    """Plan stage 2: sentences, sentence against passage, question against passage, and words (dictionary, names)."""
    rng = np.random.default_rng([recipe.seed, 2])
    passages = Size(recipe.late_passage_batch)
    parts = (  # kind, rows, size of a batch, fewest and most tokens of both sides together
        ("sentence", recipe.late_sentence_rows, Size(recipe.late_batch, recipe.late_sentence_budget), (8, 100)),
        ("window", recipe.late_window_rows, passages, (16, 200)),
        ("qa", recipe.late_qa_rows, passages, (4, 10_000)),
        ("dictionary", recipe.late_dictionary_rows, Size(recipe.late_batch), (2, 20)),
        ("names", recipe.late_names_rows, Size(recipe.late_batch), (2, 20)),
    )
    plan: list[Batch] = []
    for kind, total, size, (shortest, longest) in parts:
        table = data.table(kind)
        fitting = usable(table, shortest, longest)
        if kind == "window":
            fitting = fitting[table.running[fitting]]
        rows = sample(fitting, table.group, round(total * recipe.share), recipe.smoothing, rng)
        plan += _batches(kind, rows, table, size, rng)
    return shuffled(plan, rng)


def mean_batch_ids(data: TrainingRows, batch: Batch, recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Return both sides of a stage-1 batch, int64 of shape (rows, longest), padded with 0."""
    table = data.table(batch.kind)
    left = [table.left.row(int(i), recipe.mean_tokens) for i in batch.rows]
    right = [table.right.row(int(i), recipe.mean_tokens) for i in batch.rows]
    return _sides(left, right, batch.swap)


def late_batch_ids(data: TrainingRows, batch: Batch, recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Return queries and documents of a stage-2 batch, int64 of shape (rows, longest), padded with 0."""
    table = data.table(batch.kind)
    if batch.kind == "window":
        return _window_ids(table, batch, recipe)
    limit = recipe.late_sentence_tokens
    left = [table.left.row(int(i), limit) for i in batch.rows]
    if batch.kind == "qa":
        return pad(left), pad([table.right.row(int(i), recipe.late_passage_tokens) for i in batch.rows])
    return _sides(left, [table.right.row(int(i), limit) for i in batch.rows], batch.swap)


def both_right(kind: str, rows: np.ndarray, queries: np.ndarray, documents: np.ndarray, recipe: Recipe) -> np.ndarray:
    """Return bool of shape (n, n): true where document j answers query i too, though i is not j.

    That is so where two queries or two documents are equal, and where a passage of neighbouring sentences holds
    another query's sentence.
    """
    equal: np.ndarray = same_rows(queries) | same_rows(documents)
    if kind == "window":
        reach = max(recipe.window_before, recipe.window_after)
        equal |= np.abs(rows[:, None] - rows[None, :]) <= reach
    np.fill_diagonal(equal, False)
    return equal


def plan_state(plan: list[Batch]) -> dict[str, Any]:
    """Return a plan as a few tensors and strings, for a checkpoint."""
    return {
        "kinds": [batch.kind for batch in plan],
        "sizes": [len(batch.rows) for batch in plan],
        "rows": torch.from_numpy(np.concatenate([np.zeros(0, dtype=np.int64), *(b.rows for b in plan)])),
        "swap": torch.from_numpy(np.concatenate([np.zeros(0, dtype=bool), *(b.swap for b in plan)])),
    }


def plan_from_state(state: dict[str, Any]) -> list[Batch]:
    """Return the plan that `plan_state` took apart."""
    rows, swap = state["rows"].cpu().numpy(), state["swap"].cpu().numpy()
    plan, end = [], 0
    for kind, size in zip(state["kinds"], state["sizes"], strict=True):
        end += size
        plan.append(Batch(kind, rows[end - size : end], swap[end - size : end]))
    return plan


def pad(rows: list[np.ndarray]) -> np.ndarray:
    """Return the rows as one int64 array of shape (rows, longest), 0 where a row has ended."""
    padded = np.zeros((len(rows), max(1, *(len(row) for row in rows))), dtype=np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded


def same_rows(ids: np.ndarray) -> np.ndarray:
    """Return bool of shape (n, n): which rows of `ids` (n, longest) are equal, the diagonal included."""
    number = np.unique(ids, axis=0, return_inverse=True)[1].reshape(-1)
    same: np.ndarray = number[:, None] == number[None, :]
    return same


def _sides(left: list[np.ndarray], right: list[np.ndarray], swap: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    first = [r if s else x for x, r, s in zip(left, right, swap, strict=True)]
    second = [x if s else r for x, r, s in zip(left, right, swap, strict=True)]
    return pad(first), pad(second)


def _window_ids(table: TokenPairs, batch: Batch, recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Return sentences in one language and, in the other, the sentence's translation among its neighbours."""
    queries, passages = [], []
    for i, swap in zip(batch.rows.tolist(), batch.swap, strict=True):
        asked, told = (table.right, table.left) if swap else (table.left, table.right)
        queries.append(asked.row(i, recipe.late_sentence_tokens))
        around = [
            told.row(j, recipe.late_sentence_tokens)
            for j in range(max(0, i - recipe.window_before), min(len(table), i + recipe.window_after + 1))
            if j != i and table.group[j] == table.group[i] and table.running[j]
        ]
        passage = np.concatenate([told.row(i, recipe.late_sentence_tokens), *around])
        passages.append(passage[: recipe.late_passage_tokens])  # order says nothing to these scores
    return pad(queries), pad(passages)


def usable(table: TokenPairs, shortest: int, longest: int) -> np.ndarray:
    """Return the rows with tokens on both sides and `shortest` to `longest` tokens in all."""
    left, right = table.left.lengths, table.right.lengths
    both = left + right
    return np.flatnonzero((left > 0) & (right > 0) & (both >= shortest) & (both <= longest))


def sample(rows: np.ndarray, group: np.ndarray, total: int, smoothing: float, rng: np.random.Generator) -> np.ndarray:
    """Draw about `total` of `rows`, each group in proportion to its size to the power `smoothing`.

    A group is drawn as often as it goes round in full, and the rest without repetition.
    """
    drawn = [np.zeros(0, dtype=np.int64)]
    groups, sizes = np.unique(group[rows], return_counts=True)
    wanted = sizes.astype(np.float64) ** smoothing
    wanted = wanted / max(wanted.sum(), 1.0) * total
    for number, want in zip(groups, wanted, strict=True):
        own = rows[group[rows] == number]
        rounds, rest = divmod(round(want), len(own))
        drawn += [own] * rounds + [rng.permutation(own)[:rest]]
    return np.concatenate(drawn)


@dataclass(frozen=True)
class Size:
    """How large a batch is: at most `rows`; fewer where they are long, so as to stay below `tokens` of both sides."""

    rows: int
    tokens: int = 1_000_000_000


def _batches(kind: str, rows: np.ndarray, table: TokenPairs, largest: Size, rng: np.random.Generator) -> list[Batch]:
    """Cut rows into batches of similar length. What does not fill a batch is left out, except an only batch."""
    size = min(largest.rows, len(rows))
    if size <= 1:  # a text alone has nothing to be told from
        return []
    lengths = table.left.lengths + table.right.lengths
    plan = []
    for chunk in np.array_split(rng.permutation(rows), max(1, len(rows) // (size * CHUNK_BATCHES))):
        ordered = chunk[np.argsort(lengths[chunk], kind="stable")]
        while len(ordered):
            fitting = min(size, max(2, largest.tokens // int(lengths[ordered[-1]])))
            taken, ordered = ordered[-fitting:], ordered[:-fitting]  # longest first
            if len(taken) == fitting:
                plan.append(Batch(kind, taken, rng.integers(2, size=fitting).astype(bool)))
    return plan


def shuffled(items: list[Item], rng: np.random.Generator) -> list[Item]:
    """Return the items in random order."""
    return [items[i] for i in rng.permutation(len(items))]
