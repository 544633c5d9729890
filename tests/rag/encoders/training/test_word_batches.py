from dataclasses import replace

import numpy as np
import pytest
import torch

from rag.encoders.training.batches import Batch, TrainingRows, plan_from_state, plan_state
from rag.encoders.training.components import translation_components
from rag.encoders.training.data import read_corpus
from rag.encoders.training.tokenizer import train_tokenizer, twins
from rag.encoders.training.tokens import encode_pairs
from rag.encoders.training.word_batches import holds_component, plan_words_stage, thinned, word_batch_ids


@pytest.fixture(scope="module")
def rows(data, recipe):
    corpus = read_corpus(data)
    for i in range(0, len(corpus.parallel), 2):
        corpus.parallel.running[i] = i % 200 > 100  # else no sentence would be left for "pseudo"
    tokenizer = train_tokenizer(corpus, recipe)
    twin = twins(tokenizer)
    tables = {
        name: encode_pairs(tokenizer, getattr(corpus, name), twin) for name in ("parallel", "dictionary", "names", "qa")
    }
    return TrainingRows(**tables, component=translation_components(corpus.parallel))


@pytest.fixture(scope="module")
def table(recipe):
    return torch.randn(recipe.vocabulary, 8, generator=torch.Generator().manual_seed(0))


def as_tuples(plan):
    return [(batch.kind, batch.rows.tolist(), batch.swap.tolist()) for batch in plan]


class TestPlan:
    def test_has_every_kind_in_full_batches(self, rows, recipe, table):
        plan = plan_words_stage(rows, recipe, table)
        assert {b.kind for b in plan} == {"window", "pseudo", "sentence", "qa", "dictionary", "names"}
        sizes = {"sentence": recipe.words_sentence_batch, "dictionary": recipe.words_entry_batch}
        sizes["names"] = recipe.words_entry_batch
        assert all(len(b.rows) == len(b.swap) == sizes.get(b.kind, recipe.words_batch) for b in plan)

    def test_windows_are_of_running_text_and_the_rest_is_not(self, rows, recipe, table):
        for batch in plan_words_stage(rows, recipe, table):
            if batch.kind in ("window", "pseudo"):
                assert (rows.parallel.running[batch.rows] == (batch.kind == "window")).all()

    def test_equal_seeds_and_tables_give_equal_plans(self, rows, recipe, table):
        first, second = (as_tuples(plan_words_stage(rows, recipe, table)) for _ in range(2))
        assert first == second
        assert as_tuples(plan_words_stage(rows, replace(recipe, seed=1), table)) != first

    def test_comes_back_from_a_checkpoint(self, rows, recipe, table):
        plan = plan_words_stage(rows, recipe, table)
        assert as_tuples(plan_from_state(plan_state(plan))) == as_tuples(plan)
        assert plan_from_state(plan_state([])) == []


class TestBatchIds:
    def ids(self, rows, batch, recipe, seed=0):
        return word_batch_ids(rows, batch, recipe, np.random.default_rng([seed, 3, 0]))

    def batch(self, rows, recipe, table, kind):
        return next(b for b in plan_words_stage(rows, recipe, table) if b.kind == kind)

    @pytest.mark.parametrize("kind", ["window", "pseudo", "sentence", "qa", "dictionary", "names"])
    def test_a_step_is_the_same_whenever_it_is_made(self, rows, recipe, table, kind):
        batch = self.batch(rows, recipe, table, kind)
        for one, other in zip(self.ids(rows, batch, recipe), self.ids(rows, batch, recipe), strict=True):
            assert np.array_equal(one, other)

    @pytest.mark.parametrize("kind", ["window", "pseudo", "sentence"])
    def test_a_document_holds_the_translation(self, rows, recipe, table, kind):
        batch = self.batch(rows, recipe, table, kind)
        _, documents, _ = self.ids(rows, batch, recipe)
        for i, swap, document in zip(batch.rows, batch.swap, documents, strict=True):
            translation = (rows.parallel.left if swap else rows.parallel.right).row(int(i))
            assert document[: len(translation)].tolist() == translation.tolist()

    @pytest.mark.parametrize("kind", ["window", "pseudo"])
    def test_and_other_sentences_up_to_its_size(self, rows, recipe, table, kind):
        batch = self.batch(rows, recipe, table, kind)
        _, documents, _ = self.ids(rows, batch, replace(recipe, words_passage_tokens=20))
        assert documents.shape[1] == 20
        assert (documents != 0).sum(axis=1).min() > 10

    def test_a_neighbour_that_answers_does_not_count_against(self, rows, recipe):
        first = int(np.flatnonzero(rows.parallel.running)[0])
        rows = replace(rows, parallel=replace(rows.parallel, running=np.ones_like(rows.parallel.running)))
        batch = Batch("window", np.array([first + 1, first + 2, first + 40]), np.zeros(3, dtype=bool))
        _, _, same = self.ids(rows, batch, replace(recipe, words_reach=1, words_passage_tokens=10_000))
        assert same.tolist() == [[False, True, False], [True, False, False], [False, False, False]]

    def test_questions_are_not_turned_round(self, rows, recipe):
        batch = Batch("qa", np.array([0, 1]), np.ones(2, dtype=bool))
        queries, _, _ = self.ids(rows, batch, recipe)
        asked = rows.qa.left.row(0)
        assert queries[0, : len(asked)].tolist() == asked.tolist()


class TestHoldsComponent:
    def test_is_by_any_sentence_of_the_document(self):
        query, document = np.array([4, 5, 6]), np.array([[4, 6, -1], [5, -1, -1], [6, 4, 5]])
        assert holds_component(query, document).tolist() == [
            [False, False, True],
            [False, False, True],
            [True, False, False],
        ]


class TestThinned:
    def test_keeps_order_and_no_token_twice(self, recipe):
        row, lengths = np.arange(30), set()
        for seed in range(100):
            kept = thinned(row, replace(recipe, words_thinned=1.0), np.random.default_rng(seed))
            assert (np.diff(kept) > 0).all()
            lengths.add(len(kept))
        assert min(lengths) >= 9
        assert max(lengths) <= 24
        assert len(lengths) > 5

    def test_keeps_at_least_some_tokens(self, recipe):
        sure = replace(recipe, words_thinned=1.0)
        assert min(len(thinned(np.arange(8), sure, np.random.default_rng(seed))) for seed in range(50)) == 4

    def test_leaves_short_sentences_alone(self, recipe):
        row = np.arange(7)
        assert all(len(thinned(row, recipe, np.random.default_rng(seed))) == 7 for seed in range(20))

    def test_cuts_what_it_does_not_thin(self, recipe):
        none = replace(recipe, words_thinned=0.0, words_query_tokens=10)
        assert thinned(np.arange(50), none, np.random.default_rng(0)).tolist() == list(range(10))
