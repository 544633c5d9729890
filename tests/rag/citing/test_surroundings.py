"""What a verifier reads of a cited span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.articles import Article
from rag.citing import Place, evidence_at

SENTENCES = [
    "Die Brücke bei Kienitz ist gesperrt.",
    "Laut einer Sprecherin war ein Lastwagen zu schwer.",
    "Die Reparatur kostet 308.000 Euro.",
]
TEXT = "Ganz am Anfang.\n" * 60 + " ".join(SENTENCES) + "\nGanz am Ende." * 60
ARTICLE = Article("a", TEXT, title="Brücke gesperrt", language="de", published="2024-11-04")


def at(words):
    start = TEXT.index(words)
    return Place(ARTICLE, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("308.000 Euro", SENTENCES[2]),
        (SENTENCES[0], SENTENCES[0]),
        ("gesperrt. Laut einer", " ".join(SENTENCES[:2])),
        (" ".join(SENTENCES), " ".join(SENTENCES)),
    ],
)
def test_the_sentences_that_are_touched_whole(words, read):
    assert evidence_at(at(words)).text == read


def test_what_stands_around_and_the_headline():
    found = evidence_at(at(SENTENCES[0]))
    assert found.context.startswith("Brücke gesperrt\n")
    assert SENTENCES[2] in found.context
    assert len(found.context) < len(TEXT)
    assert (found.language, found.published) == ("de", "2024-11-04")


def test_who_says_so():
    assert evidence_at(at("Lastwagen")).attributed.text.startswith("Laut")
    assert evidence_at(at("308.000")).attributed is None


def test_without_a_title():
    assert evidence_at(Place(Article("b", "Nur ein Satz."), 0, 3)).context == "Nur ein Satz."


@given(st.text(min_size=1, max_size=300), st.data())
def test_what_is_cited_is_in_what_is_read_and_that_in_its_context(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = evidence_at(Place(Article("a", text, language="en"), start, end))
    assert text[start:end].strip() in found.text
    assert found.text in found.context in text
