import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.text import has_words, normalise, one_line

ANY_TEXT = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\r\n\0\ufeff\u0301e\x0b\x0c\u2028\ud83d\ude00")
)


class TestNormalise:
    @given(ANY_TEXT)
    def test_twice_is_once(self, text):
        once = normalise(text)
        assert normalise(once) == once

    @given(ANY_TEXT)
    def test_result_is_nfc_and_can_be_stored_as_utf8(self, text):
        result = normalise(text)
        assert unicodedata.is_normalized("NFC", result)
        assert result.encode("utf-8").decode("utf-8") == result
        assert not set(result) & {chr(code) for code in range(0x20) if chr(code) not in "\t\n"}

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("a\u2028b\u2029c\u0085d\x0be\x0cf", "a\nb\nc\nd\ne\nf"),
            ("\ufeffText", "Text"),
            ("\0\ufeffText", "Text"),
            ("a\ufeffb", "a\ufeffb"),
            ("a\0b\x01c\td", "abc\td"),
            ("a\r\0\nb", "a\nb"),
            ("u\u0308ber", "über"),
            ("e\0\u0301", "é"),
            ("\ud83d\ude00", "😀"),
            ("a\ud83db", "a\ufffdb"),
        ],
    )
    def test_changes(self, text, expected):
        assert normalise(text) == expected

    @pytest.mark.parametrize("text", ["Donau\u00addampf", "a\u00a0b", "a  b\t c ", "\n\nText\n", "ﬁ", "„Größe“ – 😀"])
    def test_leaves_everything_else_as_it_is(self, text):
        assert normalise(text) == text


def test_one_line_folds_white_space_and_knows_nothing_from_something():
    assert one_line("  Zwei\r\n Zeilen\t") == "Zwei Zeilen"
    assert one_line(" \n\0") is None
    assert one_line(None) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("…!? –\n", False), ("", False), ("\u200b", False), ("…7", True), ("你", True)]
)
def test_has_words(text, expected):
    assert has_words(text) is expected
