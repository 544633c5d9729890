from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.citing.repair import repair

TEXT = (
    "Selenskyj bezeichnete sein Gespräch mit Trump am Mittwoch als „ausgezeichnet“. Laut einer Quelle habe Musk auch "
    "Telefongespräche mit dem russischen Präsidenten Wladimir Putin geführt. Bei dem Unglück im Hafen starben nach "
    "Angaben der Behörden 308 Menschen, weitere 1200 wurden verletzt."
)


def found(quote: str, text: str = TEXT) -> str | None:
    span = repair(quote, text)
    return None if span is None else text[slice(*span)]


class TestLeftOut:
    @pytest.mark.parametrize("ellipsis", ["…", " … ", "...", " [...] ", "(…)", " . . . "])
    def test_what_an_ellipsis_stands_for(self, ellipsis):
        assert found(f"Laut einer Quelle{ellipsis}Wladimir Putin geführt") == (
            "Laut einer Quelle habe Musk auch Telefongespräche mit dem russischen Präsidenten Wladimir Putin geführt"
        )

    def test_several(self):
        span = found("Selenskyj … Gespräch … „ausgezeichnet“")
        assert span is not None
        assert span.startswith("Selenskyj bezeichnete")
        assert span.rstrip("“").endswith("ausgezeichnet")

    def test_a_later_start_where_the_first_is_too_far_off(self):
        text = "Laut einer Quelle. " + "Anderes geschah auch noch an diesem Tag. " * 20 + TEXT
        span = repair("Laut einer Quelle … Wladimir Putin", text)
        assert span is not None
        assert span[0] == text.rindex("Laut einer Quelle")

    def test_the_order_counts(self):
        assert found("Wladimir Putin … Laut einer Quelle") is None

    def test_no_more_than_a_few_sentences(self):
        assert found("Anfang … Ende", "Anfang " + "mitten darin " * 60 + "Ende") is None


class TestSlips:
    @pytest.mark.parametrize(
        "quote",
        [
            "Selenskyi bezeichnete sein Gesprach mit Trump am Mittwoch",
            "habe Musk auch Telefongespräche mit dem rusischen Präsidenten",
            "habe Musk auch Telefongespräche mitt dem russischen Präsidenten",
        ],
    )
    def test_a_few_letters(self, quote):
        span = found(quote)
        assert span is not None
        assert len(span.split()) == len(quote.split())

    @pytest.mark.parametrize(
        "quote",
        [
            "starben nach Angaben der Behörden 380 Menschen",
            "starben nach Angaben der Behörden 30 Menschen, weitere",
            "Selenskyj bezeichnete sein Treffen mit Putin am Freitag",
            "habe Trump auch Telefongespräche mit dem russischen",
            "Musl auch",
            "",
            "…",
        ],
    )
    def test_not_other_words_or_numbers(self, quote):
        assert found(quote) is None

    @given(st.integers(0, len(TEXT) - 60), st.integers(50, 59), st.integers(0, 49), st.sampled_from("qxyz"))
    def test_one_wrong_letter_anywhere(self, start, length, at, letter):
        quote = TEXT[start : start + length]
        assume(quote[at].isalpha() and quote[at].isascii())  # folded, ä is two letters
        assume(quote[0].isalnum() and quote[-1].isalnum())
        assume(not any(edge.isdigit() for edge in quote[0] + quote[-1]))
        span = repair(quote[:at] + letter + quote[at + 1 :], TEXT)
        assert span is not None
        assert abs(span[0] - start) <= 20
        assert abs(span[1] - start - length) <= 20


def test_the_seed_article_in_a_sloppy_copy(seed: Path):
    text = seed.read_text(encoding="utf8")
    quote = "Laut einer mit der Angelegenheit vertrauten Quele habe Musk auch Telefongespräche … Wladimir Putin geführt"
    assert repair(quote, text) is None  # a slip and something left out at once
    assert repair(quote.replace("Quele", "Quelle"), text) == (1985, 2121)
