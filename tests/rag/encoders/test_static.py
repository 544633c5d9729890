"""The bundled encoder: the fast path and sentence-transformers must agree, on any text."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.encoders import BUNDLED, Encoder, StaticEncoder, TokenEncoder, unit
from rag.errors import EncoderError

TEXTS = [
    "Did Musk talk to Putin?",
    "Laut einer Quelle habe Musk auch Telefongespräche geführt.",
    "Чи розмовляв Маск з Путіним?",
    "马斯克和普京通过话吗？",
    "هل تحدث ماسك مع بوتين؟",
    "unknown signs: ᚠᛇᚻ ☃ 🙂",
    "ᚠ",
    "",
    "word " * 3000,
]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(BUNDLED)


@pytest.fixture(scope="module")
def reference():
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(BUNDLED), device="cpu", local_files_only=True)


class TestStaticEncoder:
    def test_gives_the_vectors_of_sentence_transformers(self, encoder, reference):
        ours = encoder.encode_queries(TEXTS)
        theirs = reference.encode(TEXTS, convert_to_numpy=True).astype(np.float32)
        theirs /= np.maximum(np.linalg.norm(theirs, axis=1, keepdims=True), 1e-12)
        assert ours.shape == (len(TEXTS), encoder.dimension)
        known = np.linalg.norm(ours, axis=1) > 0
        assert known.tolist() == [bool(len(tokens.ids)) for tokens in encoder.tokenize(TEXTS)]
        np.testing.assert_allclose(ours[known], theirs[known], atol=2e-3)  # float16 weights

    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.text(max_size=60), max_size=4))
    def test_vectors_have_length_one_or_zero_and_tokens_point_into_the_text(self, encoder, texts):
        lengths = np.linalg.norm(encoder.encode_passages(texts), axis=1)
        assert all(abs(length - 1) < 1e-3 or length == 0 for length in lengths)
        for text, tokens in zip(texts, encoder.tokenize(texts), strict=True):
            assert len(tokens.ids) == len(tokens.words) == len(tokens.offsets)
            assert all(0 <= start <= end <= len(text) for start, end in tokens.offsets)
            assert (np.diff(tokens.words) >= 0).all()

    def test_a_name_in_another_script_is_near(self, encoder):
        russian, ferry, musk = encoder.encode_queries(["Путин", "паром", "Putin"])
        assert russian @ musk > ferry @ musk

    def test_rare_words_weigh_more_than_frequent_ones(self, encoder):
        the, telephone = (tokens.ids[:1] for tokens in encoder.tokenize(["the", "Putin"]))
        assert encoder.token_weights(the)[0] < encoder.token_weights(telephone)[0]

    def test_satisfies_both_protocols(self, encoder):
        checked: Encoder = encoder
        assert isinstance(checked, TokenEncoder)

    def test_fingerprint_names_the_weights_that_are_there(self, encoder):
        import hashlib

        digest = hashlib.sha256((BUNDLED / "model.safetensors").read_bytes()).hexdigest()
        assert encoder.fingerprint["weights"] == digest[:16]

    def test_folder_fits_the_repository(self):
        assert sum(file.stat().st_size for file in BUNDLED.iterdir()) <= 60_000_000

    def test_imports_no_torch(self):
        code = (
            "import sys; from rag.encoders import BUNDLED, StaticEncoder; "
            "StaticEncoder(BUNDLED).encode_queries(['x']); print('torch' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        assert done.stdout == "False\n"

    @pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json", "token_counts.npy", "training.json"])
    def test_incomplete_folder_is_one_clear_error(self, tmp_path, missing):
        for file in BUNDLED.iterdir():
            if file.name != missing:
                (tmp_path / file.name).symlink_to(file)
        with pytest.raises(EncoderError, match=str(tmp_path)):
            StaticEncoder(tmp_path)

    def test_truncated_weights_are_one_clear_error(self, tmp_path):
        shutil.copytree(BUNDLED, tmp_path / "model", dirs_exist_ok=True)
        weights = tmp_path / "model" / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:1000])
        with pytest.raises(EncoderError, match="No static encoder"):
            StaticEncoder(tmp_path / "model")

    def test_training_record_is_json(self):
        assert json.loads((BUNDLED / "training.json").read_text())["name"] == "newsrag-static"

    def test_a_word_is_the_sum_of_its_pieces(self, encoder):
        (words,) = encoder.words([["Unabhängigkeitskrieg in Köln!", "普京"]])
        (tokens,) = encoder.tokenize(["Unabhängigkeitskrieg in Köln!"])
        first = encoder.token_embeddings(tokens.ids[tokens.words == tokens.words[0]]).sum(axis=0)
        np.testing.assert_allclose(encoder.word_vectors(words)[0], first, atol=1e-3)
        assert words.lengths[0] == pytest.approx(float(np.linalg.norm(first)), rel=1e-3)
        assert len(words.sentences) == 2
        assert words.sentences[0] == 0
        assert words.length == pytest.approx(float(np.linalg.norm(encoder.word_vectors(words).sum(axis=0))), rel=1e-3)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.lists(st.text(max_size=40), max_size=4), max_size=4))
    def test_words_cover_all_pieces_and_survive_packing(self, encoder, texts):
        for words in encoder.words(texts):
            assert (np.diff(words.starts) > 0).all()
            assert len(words.lengths) == len(words.starts)
            assert set(words.sentences.tolist()) <= set(range(len(words.starts)))
            assert words.starts.tolist()[:1] == [0] * min(1, len(words.pieces))
            back = encoder.unpack(encoder.pack(words))
            for before, after in ((words.pieces, back.pieces), (words.starts, back.starts)):
                assert before.tolist() == after.tolist()
            assert words.sentences.tolist() == back.sentences.tolist()
            np.testing.assert_allclose(back.lengths, words.lengths, rtol=2e-3)

    def test_translations_are_the_nearest_of_the_whole_vocabulary(self, encoder):
        vectors = encoder.word_vectors(encoder.words([["bridge president"]])[0])
        tokens, cosines = encoder.translations(vectors, 10)
        table = encoder.token_embeddings(np.arange(len(encoder._is_word)))
        words = encoder._is_word
        exact = unit(vectors) @ unit(table).T
        for row, found, likeness in zip(exact, tokens, cosines, strict=True):
            best = np.argsort(-np.where(words, row, -1.0))[:10]
            assert len(set(best.tolist()) & set(found.tolist())) >= 9
            assert likeness[0] == pytest.approx(1.0, abs=1e-3)
            assert (np.diff(likeness) <= 0).all()
