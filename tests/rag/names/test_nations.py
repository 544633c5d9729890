"""Which countries a text speaks of, by name or adjective, in any of its forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.names import nations_in


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("The Latvian prime minister met the Swiss.", "en", ["LV", "CH"]),
        ("U.S. and UK officials", "en", ["US", "GB"]),
        ("Die österreichische Firma baut in Belgien.", "de", ["AT", "BE"]),
        ("le chantier danois et l’Égypte", "fr", ["DK", "EG"]),
        ("Австрийский ботаник приехал в Данию из США.", "ru", ["AT", "DK", "US"]),
        ("данський уряд", "uk", ["DK"]),
        ("duńskiego rządu w Szwajcarii", "pl", ["DK", "CH"]),
        ("وأعربت تونس والجزائر", "ar", ["TN", "DZ"]),
        ("波兰总理在中国", "zh", ["PL", "CN"]),
        ("Yunanistan Başbakanı", "tr", ["GR"]),
    ],
)
def test_countries(text, language, codes):
    assert [one.code for one in nations_in(text, language)] == codes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They polish the old china for us.", "en"),
        ("Anna Romaniuk and Roman Weidling", "en"),
        ("La persona che vive a Perugia", "it"),
        ("El banco no tiene fines de lucro.", "es"),
        ("道德和法律", "zh"),
        ("Latvia", None),
    ],
)
def test_no_country(text, language):
    assert nations_in(text, language) == ()


@given(st.text(max_size=80), st.sampled_from(["en", "de", "ru", "ar", "zh", "tr", "xx", None]))
def test_countries_are_spans(text, language):
    assert all(text[one.start : one.end] == one.text != "" for one in nations_in(text, language))
