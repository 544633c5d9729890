import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexicon import Lexicon, bundled_lexicon
from rag.lexicon.lexicon import key

LEXICON = bundled_lexicon()


def said(word, language, text, other):
    return bool(LEXICON.said([word], language, [text], [other])[0, 0])


class TestSaid:
    @pytest.mark.parametrize(
        ("word", "language", "text", "other"),
        [
            ("bridge", "en", "Die Brücken sind gesperrt.", "de"),
            ("Brücke", "de", "The bridges are closed.", "en"),
            ("Brücke", "de", "Les ponts sont fermés.", "fr"),
            ("мост", "ru", "Le pont est fermé.", "fr"),
            ("міст", "uk", "The bridge is closed.", "en"),
            ("puente", "es", "Most został zamknięty.", "pl"),
            ("köprü", "tr", "The bridge is closed.", "en"),
            ("government", "en", "政府表示抗议。", "zh"),
            ("closes", "en", "It was closed.", "en"),
        ],
    )
    def test_in_another_inflection_or_language(self, word, language, text, other):
        assert said(word, language, text, other)

    @pytest.mark.parametrize(
        ("word", "language", "text", "other"),
        [
            ("bridge", "en", "Der Tunnel ist gesperrt.", "de"),
            ("Brücke", "de", "Le tunnel est fermé.", "fr"),
            ("Gift", "de", "She sent a gift.", "en"),
        ],
    )
    def test_not_what_means_something_else(self, word, language, text, other):
        assert not said(word, language, text, other)

    def test_of_an_unknown_language_only_the_word_itself(self):
        found = LEXICON.said(["bridge"], None, ["the bridge", "die Brücke"], [None, "de"])
        assert found.tolist() == [[True], [False]]

    def test_nothing_is_said_where_there_is_nothing(self):
        assert LEXICON.said([], "en", ["a"], ["en"]).shape == (1, 0)
        assert LEXICON.said(["a"], "en", [], []).shape == (0, 1)
        assert not LEXICON.said(["bridge", "", "?"], "en", ["", "…"], ["en", None]).any()

    @given(st.text(max_size=20), st.sampled_from(["de", "en", "ru", "zh", "uk", None]), st.text(max_size=60))
    def test_any_text(self, word, language, text):
        found = LEXICON.said([word], language, [text, f"{word} {text}"], [language, language])
        assert found.shape == (2, 1)
        assert found.dtype == np.bool_


class TestTranslations:
    def test_meet_in_english(self, tmp_path):
        path = tmp_path / "small.npz"
        known = [("pont", "fr", 200), ("bruck", "de", 100), ("joch", "de", 1)]
        entries = sorted((key(term, language), key("bridg", "en"), weight) for term, language, weight in known)
        foreign, english, weights = (np.array(column) for column in zip(*entries, strict=True))
        np.savez(path, foreign=foreign.astype("u4"), english=english.astype("u4"), weights=weights.astype("u1"))
        found = set(Lexicon(path).translations("pont", "fr").tolist())
        assert found == {key("pont", "fr"), key("bridg", "en"), key("bruck", "de")}

    def test_an_unknown_word_is_only_itself(self):
        assert LEXICON.translations("qqxzy", "de").tolist() == [key("qqxzy", "de")]
