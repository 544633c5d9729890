"""The bundled encoder: the fast path and sentence-transformers must agree, on any text."""

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rag.encoders import BUNDLED, Encoder, StaticEncoder, TokenEncoder, unit
from rag.encoders.training.tokenizer import UNKNOWN, build_pre_tokenizer, known_characters
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

CLAUSE = "市政府被环保人士濮存秀告上法庭。"
GOLD = Path(__file__).resolve().parents[3] / "eval" / "gold"


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

    def test_another_tokenizer_is_another_fingerprint(self, encoder, tmp_path):
        for file in BUNDLED.iterdir():
            if file.name != "tokenizer.json":
                (tmp_path / file.name).symlink_to(file)
        tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
        tokenizer.pre_tokenizer = build_pre_tokenizer()
        tokenizer.save(str(tmp_path / "tokenizer.json"))
        other = StaticEncoder(tmp_path)
        assert not np.allclose(*(each.encode_passages([CLAUSE]) for each in (encoder, other)))
        differ = {key for key, value in encoder.fingerprint.items() if other.fingerprint[key] != value}
        assert differ == {"tokenizer"}

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


def surfaces(encoder: StaticEncoder, text: str) -> list[str]:
    (tokens,) = encoder.tokenize([text])
    return [text[start:end] for start, end in tokens.offsets]


class TestUnknownCharacters:
    """A character without a token costs itself, not the word or the clause that it stands in."""

    @pytest.mark.parametrize(
        ("text", "known"),
        [
            (CLAUSE, ["市", "政府", "被", "环保", "人士", "存", "秀", "告", "上", "法庭"]),
            ("훌륭했다", ["훌", "했", "다"]),
            ("the bridge🦤was closed", ["the", "bridge", "was", "closed"]),
            ("the 🦤\ufe0fbridge👩🏽\u200d🚀", ["the", "bridge"]),
            ("\ue000council\uf8ff", ["council"]),
            ("Kꝏng", ["K", "ng"]),
            ("bridgeኢትክላbridge", ["bridge", "bridge"]),
            ("ខ្មែរ人士ខ្មែរ", ["人士"]),
            ("السلام\u2067عليكم\u2069", ["السلام", "عليك", "م"]),
        ],
    )
    def test_cost_themselves_only(self, encoder, text, known):
        assert surfaces(encoder, text) == known
        assert sum(map(len, known)) == sum(bool(surfaces(encoder, character)) for character in text)

    def test_leave_the_words_around_them_as_they_are_alone(self, encoder):
        before, after = CLAUSE.split("濮")
        (whole,), apart = encoder.words([[CLAUSE]]), encoder.words([[before], [after]])
        assert whole.pieces.tolist() == [piece for words in apart for piece in words.pieces]
        assert len(whole.starts) == len(whole.pieces) == 10
        assert encoder.encode_queries([CLAUSE])[0] @ encoder.encode_queries([CLAUSE.replace("濮", "")])[0] > 0.9

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.text(max_size=40),
                st.text("abcпутин人士濮存澍普京ሰላ🦤\ue000ꝏកម្ពុជា륭한국\u2067\ufe0f .", max_size=40),
            ).map(lambda text: unicodedata.normalize("NFKC", text)),
            max_size=4,
        )
    )
    def test_no_known_letter_is_lost_in_any_text(self, encoder, texts):
        together = encoder.tokenize(texts)
        words = encoder.words([[text] for text in texts])
        for text, tokens, of_text in zip(texts, together, words, strict=True):
            (alone,) = encoder.tokenize([text])
            assert alone.ids.tolist() == tokens.ids.tolist() == of_text.pieces.tolist()
            assert alone.offsets.tolist() == tokens.offsets.tolist()
            covered = {place for start, end in tokens.offsets for place in range(start, end)}
            lost = {character for place, character in enumerate(text) if place not in covered}
            assert not [character for character in lost if surfaces(encoder, character)]

    def test_every_character_there_is_costs_at_most_itself(self):
        tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
        assigned = [
            character for character in map(chr, range(0x20000)) if unicodedata.category(character) not in "CnCs"
        ]
        texts = [f"人{character}告" for character in assigned]  # nothing combines with these two
        encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
        for text, encoding in zip(texts, encodings, strict=True):
            unknown = {span for span, token in zip(encoding.offsets, encoding.tokens, strict=True) if token == UNKNOWN}
            assert unknown <= {(1, 2)}, text

    def test_of_a_text_without_one_no_token_changes(self):
        """Every line of the gold articles, against the tokenizer as it was before it cut unknown characters out."""
        now, before = (Tokenizer.from_file(str(BUNDLED / "tokenizer.json")) for _ in range(2))
        before.pre_tokenizer = build_pre_tokenizer()
        articles = [file for file in sorted(GOLD.glob("**/articles/**/*")) if file.suffix in {".txt", ".md"}]
        lines = [line for file in articles for line in file.read_text(encoding="utf8").splitlines()]
        same = changed = 0
        for line, new, old in zip(lines, *(each.encode_batch(lines) for each in (now, before)), strict=True):
            if UNKNOWN in old.tokens:
                changed += 1
                continue
            same += 1
            assert (new.ids, new.offsets, new.word_ids) == (old.ids, old.offsets, old.word_ids), line
        assert same > 900
        assert changed < 0.02 * same

    def test_the_bundled_tokenizer_is_cut_as_the_training_cuts(self):
        tokenizer = json.loads((BUNDLED / "tokenizer.json").read_text(encoding="utf8"))
        made = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
        made.pre_tokenizer = build_pre_tokenizer(known_characters(made.get_vocab()))
        assert tokenizer["pre_tokenizer"] == json.loads(made.to_str())["pre_tokenizer"]
