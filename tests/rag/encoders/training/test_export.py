import json

import numpy as np
import pytest
from model2vec import StaticModel
from safetensors.numpy import load_file

from rag.encoders.static import BUNDLED, StaticEncoder, unit
from rag.encoders.training.data import PairTable
from rag.encoders.training.export import TrainedModel, export_model, on_principal_axes
from rag.encoders.training.recipe import Recipe
from rag.encoders.training.tokenizer import train_tokenizer
from rag.encoders.training.tokens import count_tokens, encode_texts

TEXTS = [
    "Did Musk talk to Putin?",
    "Laut einer Quelle habe Musk auch Telefongespräche mit dem russischen Präsidenten geführt.",
    "Маск разговаривал с Путиным?",
    "马斯克和普京谈过吗？",
    "\u16a0\u16a1\u16a2",  # runes: no token knows them
    "",
]


def assert_loads_alike(folder):
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    ours = StaticEncoder(folder).encode_queries(TEXTS)
    # Normalised here: in half precision torch would divide the empty text's zeros by an epsilon that rounds to zero.
    theirs = unit(transformer.encode(TEXTS).astype(np.float32))
    static = unit(StaticModel.from_pretrained(folder).encode(TEXTS, max_length=None).astype(np.float32))
    assert np.abs(ours - theirs).max() < 1e-3
    assert np.abs(ours - static).max() < 1e-3
    for vectors in (ours, theirs, static):
        assert not vectors[-2:].any()


@pytest.fixture
def small(tmp_path):
    table = PairTable()
    for text in TEXTS[:4]:
        table.add(text, text, "en-de")
    empty = PairTable()
    corpus = type("Small", (), {"parallel": table, "qa": empty, "dictionary": table, "names": empty})
    tokenizer = train_tokenizer(corpus, Recipe(vocabulary=300, rarest_character=1))
    size = tokenizer.get_vocab_size()
    same = np.arange(size)
    counts, _ = count_tokens(TEXTS, [encode_texts(tokenizer, TEXTS, same)], same)
    vectors = np.random.default_rng(0).normal(size=(size, 8)).astype(np.float32)
    record = {"name": "small", "counted_sentences": len(TEXTS)}
    export_model(tmp_path, TrainedModel(tokenizer, vectors, counts, record))
    return tmp_path


class TestExport:
    def test_three_ways_of_loading_give_equal_vectors(self, small):
        assert_loads_alike(small)

    def test_stored_as_half_precision_with_a_zero_for_the_unknown_token(self, small):
        weights = load_file(small / "model.safetensors")["embedding.weight"]
        assert weights.dtype == np.float16
        assert not weights[0].any()

    def test_record_has_the_digest_of_the_weights(self, small):
        import hashlib

        record = json.loads((small / "training.json").read_text(encoding="utf8"))
        assert record["weights_sha256"] == hashlib.sha256((small / "model.safetensors").read_bytes()).hexdigest()


class TestBundled:
    def test_three_ways_of_loading_give_equal_vectors(self):
        assert_loads_alike(BUNDLED)

    def test_the_parts_fit_together(self):
        weights = load_file(BUNDLED / "model.safetensors")["embedding.weight"]
        counts = np.load(BUNDLED / "token_counts.npy")
        record = json.loads((BUNDLED / "training.json").read_text(encoding="utf8"))
        assert weights.shape == (record["vocabulary"], record["recipe"]["dimensions"])
        assert counts.shape == (record["vocabulary"],)
        assert counts.dtype == np.uint32
        assert counts.max() <= record["counted_sentences"]
        assert np.isfinite(weights).all()

    def test_is_small_enough_for_a_repository(self):
        assert sum(f.stat().st_size for f in BUNDLED.iterdir()) <= 60e6


def test_turning_the_table_keeps_every_cosine_and_puts_most_first():
    rng = np.random.default_rng(0)
    vectors = (rng.normal(size=(200, 8)) * [1, 5, 1, 3, 1, 1, 2, 1]).astype(np.float32)
    turned = on_principal_axes(vectors)
    np.testing.assert_allclose(turned @ turned.T, vectors @ vectors.T, rtol=1e-3, atol=1e-3)
    spread = (turned**2).sum(axis=0)
    assert (np.diff(spread) <= 0).all()
    np.testing.assert_array_equal(on_principal_axes(vectors), turned)
