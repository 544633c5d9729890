from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.drafting.cloze import _leads
from eval.drafting.terms import holders, spread, terms_in
from rag import Archive, Article
from rag.wording import LANGUAGES


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "The mayor, Ingrid Solvang, paid 12.5 million on 3 March 2031.",
            "en",
            [("name", "Ingrid Solvang"), ("number", "12.5"), ("date", "3 March 2031")],
        ),
        ("PORT ASHERLEY — On board were 1 200 people.", "en", [("number", "1 200")]),
        ("The firm «Nord-Fracht» owns 3 ships.", "en", [("name", "Nord-Fracht"), ("number", "3")]),
        ("Der Obstbauer Konrad Weidling fand 48 Bäume.", "de", [("number", "48")]),
        ("На борту находились 63 человека и Аркадий Лобанцев.", "ru", [("number", "63"), ("name", "Аркадий Лобанцев")]),
        ("船上有63人。", "zh", [("number", "63")]),
        ("The A-12 and the 24-hour shop and B52 are names.", "en", []),
    ],
)
def test_terms_of_a_sentence(text, language, expected):
    found = terms_in(text, language)
    assert [(term.kind, term.text) for term in found if term.text not in {"A", "B52"}] == expected
    assert all(text[term.start : term.end] == term.text for term in found)


@given(st.text(max_size=80), st.sampled_from(["en", "de", "zh", "ar", None]))
def test_no_two_terms_overlap(text, language):
    found = terms_in(text, language)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(text[term.start : term.end] == term.text for term in found)


@given(st.integers(0, 500))
def test_an_order_holds_each_number_once(count):
    assert sorted(spread(count)) == list(range(count))


def test_every_beginning_of_an_order_is_spread_evenly():
    for taken in (10, 20, 50):
        chosen = sorted(spread(100)[:taken])
        gaps = [b - a for a, b in pairwise(chosen)]
        assert max(gaps) <= 3 * 100 / taken


def test_holders(archive: Archive):
    archive.add([Article("a", "Ada sang 12 songs."), Article("b", "Ada danced.")])
    assert holders(archive, ["Ada", "12", "Bob"]) == {
        "Ada": frozenset({"a", "b"}),
        "12": frozenset({"a"}),
        "Bob": frozenset(),
    }


def test_every_lead_is_a_question():
    assert set(_leads()) <= set(LANGUAGES)
    for leads in _leads().values():
        assert set(leads) == {"number", "date", "name"}
        assert all(lead.endswith(("?", "？", "؟", ";")) for lead in leads.values())
