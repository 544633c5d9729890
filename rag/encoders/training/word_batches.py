"""The batches of the word stage: hard ones, whose queries are like questions and whose documents are like passages."""

import numpy as np
import torch

from rag.encoders.training.batches import Batch, TrainingRows, pad, same_rows, sample, shuffled, usable
from rag.encoders.training.likeness import leaves, pair_vectors
from rag.encoders.training.recipe import Recipe
from rag.encoders.training.tokens import TokenPairs, TokenRows

ALONE = -1  # no component: an empty place in a document


def plan_words_stage(data: TrainingRows, recipe: Recipe, table: torch.Tensor) -> list[Batch]:
    """Plan stage 3 from the seed and from the token vectors `table` (vocabulary, dimensions) that it starts with.

    Kinds: "window" (running text), "pseudo" (other text), "sentence", "qa", "dictionary", "names"; the first three
    read the parallel table and go into batches by likeness.
    """
    rng = np.random.default_rng([recipe.seed, 3])
    pairs = data.parallel
    told = usable(pairs, recipe.words_shortest, recipe.words_longest)
    running = pairs.running[told]
    by_likeness = (
        ("window", told[running], recipe.words_window_rows, recipe.words_batch),
        ("pseudo", told[~running], recipe.words_pseudo_rows, recipe.words_batch),
        ("sentence", told, recipe.words_sentence_rows, recipe.words_sentence_batch),
    )
    plan: list[Batch] = []
    for kind, rows, total, size in by_likeness:
        drawn = sample(rows, pairs.group, round(total * recipe.share), recipe.smoothing, rng)
        vectors = pair_vectors(table, pairs, drawn, recipe.words_sentence_tokens)
        groups = [drawn[leaf] for leaf in leaves(vectors, recipe.words_leaf, rng)]
        plan += _packed(kind, shuffled(groups, rng), size, rng)
    by_chance = (
        ("qa", recipe.words_qa_rows, recipe.words_batch),
        ("dictionary", recipe.words_dictionary_rows, recipe.words_entry_batch),
        ("names", recipe.words_names_rows, recipe.words_entry_batch),
    )
    for kind, total, size in by_chance:
        entries = data.table(kind)
        wanted = round(total * recipe.share)
        drawn = sample(usable(entries, 2, 10_000), entries.group, wanted, recipe.smoothing, rng)
        plan += _packed(kind, list(rng.permutation(drawn)[:, None]), size, rng)
    return shuffled(plan, rng)


def word_batch_ids(
    data: TrainingRows, batch: Batch, recipe: Recipe, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a batch's queries and documents and which of them belong together beside the diagonal.

    :param rng: decides what is left out of queries and what stands beside a translation; to be seeded by the step.
    :return: queries and documents, int64 of shape (rows, longest), padded with 0; and bool of shape (rows, rows),
        true where document j answers query i too: where it holds a sentence of the query's translation component, or
        (questions, words, names) where two queries or two documents are equal.
    """
    if batch.kind in ("window", "pseudo", "sentence"):
        return _parallel_ids(data, batch, recipe, rng)
    table = data.table(batch.kind)
    queries = [table.left.row(int(i), recipe.words_query_tokens) for i in batch.rows]
    documents = [table.right.row(int(i), recipe.words_qa_tokens) for i in batch.rows]
    if batch.kind != "qa":
        sides = list(zip(queries, documents, batch.swap, strict=True))
        queries = [right if swap else left for left, right, swap in sides]
        documents = [left if swap else right for left, right, swap in sides]
    asked, told = pad(queries), pad(documents)
    equal: np.ndarray = same_rows(asked) | same_rows(told)
    np.fill_diagonal(equal, False)
    return asked, told, equal


def thinned(row: np.ndarray, recipe: Recipe, rng: np.random.Generator) -> np.ndarray:
    """Return a sentence as a query: mostly some of its tokens in their order, as a question repeats some words."""
    if len(row) <= recipe.words_thinned_from or rng.random() >= recipe.words_thinned:
        return row[: recipe.words_query_tokens]
    share = rng.uniform(recipe.words_kept_least, recipe.words_kept_most)
    kept = rng.choice(len(row), max(recipe.words_kept_tokens, int(len(row) * share)), replace=False)
    return row[np.sort(kept)]


def holds_component(query: np.ndarray, document: np.ndarray) -> np.ndarray:
    """Return bool of shape (n, n): true where document j holds a sentence of query i's component, though i is not j.

    :param query: component of each query, shape (n,).
    :param document: components of each document's sentences, shape (n, sentences), ALONE where there is none.
    """
    holds: np.ndarray = (document[None, :, :] == query[:, None, None]).any(axis=-1)
    np.fill_diagonal(holds, False)
    return holds


def _packed(kind: str, groups: list[np.ndarray], size: int, rng: np.random.Generator) -> list[Batch]:
    """Put groups together until a batch is full; the last group is cut. A rest makes a batch only if it is the only."""
    plan: list[Batch] = []
    waiting: list[np.ndarray] = []
    count = 0
    for group in groups:
        waiting.append(group)
        count += len(group)
        if count >= size:
            plan.append(_batch(kind, waiting, size, rng))
            waiting, count = [], 0
    if not plan and count > 1:
        plan.append(_batch(kind, waiting, size, rng))
    return plan


def _batch(kind: str, groups: list[np.ndarray], size: int, rng: np.random.Generator) -> Batch:
    rows = np.concatenate(groups)[:size]
    return Batch(kind, rows, rng.integers(2, size=len(rows)).astype(bool))


def _parallel_ids(
    data: TrainingRows, batch: Batch, recipe: Recipe, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return sentences, thinned, and in the other language their translations, alone or among other sentences."""
    pairs, component, limit = data.parallel, data.component, recipe.words_sentence_tokens
    held = np.full((len(batch.rows), recipe.words_passage_sentences), ALONE)
    queries, documents = [], []
    for number, (i, swap) in enumerate(zip(batch.rows.tolist(), batch.swap, strict=True)):
        asked, told = (pairs.right, pairs.left) if swap else (pairs.left, pairs.right)
        queries.append(thinned(asked.row(i, limit), recipe, rng))
        sentences = [i]
        if batch.kind == "window":
            sentences += _neighbours(pairs, i, recipe, rng)
        elif batch.kind == "pseudo":
            sentences += _strangers(data, batch.rows, i, recipe, rng)
        taken = _fitting(told, sentences, recipe)
        held[number, : len(taken)] = component[taken]
        passage = np.concatenate([told.row(j, limit) for j in taken])
        documents.append(passage[: recipe.words_passage_tokens])  # order says nothing to these scores
    return pad(queries), pad(documents), holds_component(component[batch.rows], held)


def _neighbours(pairs: TokenPairs, i: int, recipe: Recipe, rng: np.random.Generator) -> list[int]:
    """Return the sentences around sentence i of a running text, in random order."""
    reach = recipe.words_reach
    around = np.arange(max(0, i - reach), min(len(pairs), i + reach + 1))
    around = around[(around != i) & (pairs.group[around] == pairs.group[i]) & pairs.running[around]]
    return [int(j) for j in rng.permutation(around)]


def _strangers(data: TrainingRows, rows: np.ndarray, i: int, recipe: Recipe, rng: np.random.Generator) -> list[int]:
    """Return other sentences of sentence i's language pair: of the batch, which are like it, else of the table."""
    group, component = data.parallel.group, data.component
    drawn = rows[rng.integers(len(rows), size=recipe.words_strangers)]
    found = drawn[(group[drawn] == group[i]) & (component[drawn] != component[i])]
    needed = recipe.words_passage_sentences - 1
    if len(found) < needed:
        first, last = np.searchsorted(group, [group[i], group[i] + 1])  # a group's rows stand together
        found = np.append(found, rng.integers(first, last, size=needed))
    return [int(j) for j in found]


def _fitting(told: TokenRows, sentences: list[int], recipe: Recipe) -> list[int]:
    """Return the first sentences up to the one that fills the passage."""
    taken, tokens = [], 0
    for j in sentences[: recipe.words_passage_sentences]:
        if tokens >= recipe.words_passage_tokens:
            break
        taken.append(j)
        tokens += len(told.row(j, recipe.words_sentence_tokens))
    return taken
