import pytest

from rag.encoders.training.data import PairTable
from rag.encoders.training.recipe import Recipe
from rag.encoders.training.tokenizer import build_normalizer, build_pre_tokenizer, train_tokenizer, twins

TEXTS = ["普京谈", "普京", "在普京", "在谈", "谈普京", "putin talks", "talks to putin"]


@pytest.fixture(scope="module")
def tokenizer():
    table = PairTable()
    for text in TEXTS * 3:
        table.add(text, text, "en-zh")
    empty = PairTable()
    corpus = type("Small", (), {"parallel": table, "qa": empty, "dictionary": empty, "names": empty})
    return train_tokenizer(corpus, Recipe(vocabulary=200))


class TestNormalizer:
    @pytest.mark.parametrize(
        ("written", "normal"),
        [
            ("İstanbul", "istanbul"),
            ("зе́лень Ёлка", "зелень елка"),
            ("й é ü ğ", "й é ü ğ"),
            ("مُحَمَّد إيلون", "محمد ايلون"),
            ("شָלוֹם".replace("ش", "ש"), "שלום"),
            ("м’яч", "м'яч"),
            ("ＦＢＩ", "fbi"),
            ("So\u00adfia", "sofia"),
            ("می\u200cکنم", "مي كنم"),
        ],
    )
    def test_unifies_what_readers_take_for_the_same(self, written, normal):
        assert build_normalizer().normalize_str(written) == normal

    def test_keeps_the_vowels_of_indic_scripts(self):
        assert build_normalizer().normalize_str("हिन्दी") == "हिन्दी"


class TestPreTokenizer:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("allen是个诗人。", ["allen", "是个诗人", "。"]),
            ("マスクは東京へ", ["マスク", "は", "東京", "へ"]),
            ("don't", ["don", "'", "t"]),
        ],
    )
    def test_splits_where_the_script_changes(self, text, parts):
        assert [part for part, _ in build_pre_tokenizer().pre_tokenize_str(text)] == parts

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("abba c", ["abba", "c"]),
            ("人濮人濮濮", ["人", "濮", "人", "濮", "濮"]),
            (
                "a]b-c^\\a[c&&b\U0001f9a4",
                ["a", "]", "b", "-", "c", "^", "\\", "a", "[", "c", "&", "&", "b", "\U0001f9a4"],
            ),
            ("a\n\u3000\x85b", ["a", "b"]),
        ],
    )
    @pytest.mark.parametrize("signs", ["", "]-^\\[&"])
    def test_cuts_out_each_character_that_is_not_in_the_alphabet(self, text, parts, signs):
        splitter = build_pre_tokenizer(["a", "b", "c", "人", *signs])
        assert [part for part, _ in splitter.pre_tokenize_str(text)] == parts

    def test_cuts_a_run_that_never_ends(self):
        assert max(len(part) for part, _ in build_pre_tokenizer().pre_tokenize_str("谈" * 1000)) == 24


class TestUnknownCharacters:
    def test_leave_the_rest_of_their_run_known(self, tokenizer):
        assert tokenizer.encode("普京濮谈").tokens == ["普京", "[UNK]", "谈"]
        assert tokenizer.encode("put\U0001f9a4in").tokens.count("[UNK]") == 1


class TestTwins:
    def test_a_word_is_one_wherever_a_run_begins(self, tokenizer):
        vocabulary, twin = tokenizer.get_vocab(), twins(tokenizer)
        assert twin[vocabulary["##普京"]] == vocabulary["普京"]
        assert twin[vocabulary["普京"]] == vocabulary["普京"]

    def test_words_with_spaces_have_none(self, tokenizer):
        vocabulary, twin = tokenizer.get_vocab(), twins(tokenizer)
        letters = [token for token in vocabulary if token.startswith("##") and token.isascii()]
        assert letters
        assert all(twin[vocabulary[token]] == vocabulary[token] for token in letters)

    def test_a_very_long_run_is_no_unknown_token(self, tokenizer):
        assert "[UNK]" not in tokenizer.encode("普京谈" * 100).tokens
