import unicodedata

import pytest

from rag.answering.bare import only_yes_or_no


@pytest.mark.parametrize("text", ["Yes.", "YES", "„Ja!“", " Sí… ", "Нет", "नहीं", "はい。", "是", "HAYIR"])
def test_a_bare_yes_or_no(text):
    assert only_yes_or_no(text)
    assert only_yes_or_no(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ["", "…", "Yes, he did.", "Paris.", "12", "No one", "桥已开放。", "Norway"])
def test_what_says_more_or_nothing(text):
    assert not only_yes_or_no(text)
