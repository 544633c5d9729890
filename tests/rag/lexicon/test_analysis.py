import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexicon import terms


class TestTerms:
    @pytest.mark.parametrize(
        ("language", "one", "other"),
        [
            ("de", "Telefongespräche", "Telefongespräch"),
            ("en", "resigned", "resigns"),
            ("fr", "présidents", "président"),
            ("ru", "президента", "президент"),
            ("uk", "українських", "український"),
            ("pl", "wyborami", "wyborach"),
            ("tr", "kitaplar", "kitap"),
        ],
    )
    def test_forms_of_one_word_share_a_term(self, language, one, other):
        assert terms(one, language) == terms(other, language) != []

    def test_chinese_is_indexed_in_pairs(self):
        assert terms("马斯克与普京", "zh") == ["马斯", "斯克", "克与", "与普", "普京"]
        assert terms("普", "zh") == ["普"]

    def test_numbers_and_other_scripts_stand_beside_each_other(self):
        assert terms("2022年 SpaceX", "zh") == ["2022", "年", "spacex"]

    @given(st.text(), st.sampled_from(["de", "en", "zh", "uk", "ja", "xx", None]))
    def test_terms_hold_no_white_space_and_are_never_empty(self, text, language):
        assert all(term and not any(letter.isspace() for letter in term) for term in terms(text, language))
