"""What Babel writes in a language is read back as what it was."""

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from rag.citing.values import dates, quantities
from rag.citing.values.build import LANGUAGES
from rag.citing.values.folding import fold

MAIN = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ro", "sv", "tr", "ru", "uk", "ar", "zh", "ja", "ko"]
NUMBERS = st.decimals(Decimal("0.01"), Decimal(10**12), places=2).filter(lambda one: not 1900 <= one <= 2099)
DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))


@given(st.sampled_from(LANGUAGES), NUMBERS)
def test_a_number_in_digits(language, number):
    if len(str(number).split(".")[0]) <= 3 and str(number).endswith("0"):
        number = number.normalize()
    text = f"x {format_decimal(number, '#,##0.##', locale=language)} y"
    (found,) = quantities(text, language)
    assert found.value == number


@given(st.sampled_from(MAIN), DAYS, st.sampled_from(["medium", "long", "full", "short"]))
def test_a_date(language, day, form):
    if (language, form) == ("ko", "short"):
        return  # 24. 11. 6. is no form newspapers use
    text = format_date(day, form, locale=language)
    (found,) = dates(text, language)
    assert {found.month, found.day} == {day.month, day.day}
    assert found.year == day.year
    assert found.swapped or found.day == day.day
    if form == "full":
        assert found.weekday == day.weekday()


@given(
    st.sampled_from([language for language in MAIN if language not in {"zh", "ja", "ko"}]),
    st.one_of(st.integers(2, 999), st.integers(1001, 9999), st.integers(2, 999).map(lambda one: one * 10**6)),
)
def test_a_number_in_words(language, number):
    text = num2words(number, lang=language).replace(",", "")
    if language == "it" and "dicotto" in text:
        return  # num2words misspells diciotto
    if language == "tr" and number > 10**6:
        return  # glued, which nobody writes
    if language == "ar" and "مليونا" in text.split():
        return  # the form of two millions before a noun
    assert [one.value for one in quantities(text, language)] == [number]


@given(st.text(max_size=60), st.sampled_from([*MAIN, "xx", None]))
def test_any_text_can_be_read(text, language):
    assert len(fold(text)) == len(text)
    for one in (*quantities(text, language), *dates(text, language, "2024-11-07")):
        assert text[one.start : one.end] == one.text != ""


ALPHABET = st.text("0123456789.,'-/:% \u00a0年月日万億三ab€", max_size=25)


@given(ALPHABET, st.sampled_from([*MAIN, None]))
def test_any_digits_can_be_read(text, language):
    found = (*quantities(text, language), *dates(text, language, "2024-11-07"))
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_of_every_language(language):
    if language == "eu":
        return  # Basque inflects the year: 2024(e)ko azaroaren 6(a)
    for month in range(1, 13):
        (found,) = dates(format_date(date(2024, month, 6), "long", locale=language), language)
        assert (found.year, found.month, found.day) == (2024, month, 6)
