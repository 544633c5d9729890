"""Which names a statement has, and whether its source has others in their place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citing.bundled import BundledVerifier
from rag.citing.naming import names_of
from rag.citing.verdict import Evidence
from rag.encoders import BUNDLED, StaticEncoder


@pytest.mark.parametrize(
    ("sentence", "language", "certain"),
    [
        ("The mayor Konrad Weidling opened it in Hainstedt.", "en", ["Konrad Weidling", "Hainstedt"]),
        ("Der Hafen wurde von Konrad Weidling eröffnet.", "de", ["Konrad Weidling"]),
        ("Им стал Конрад Вейдлинг из Берлина.", "ru", ["Конрад Вейдлинг", "Берлина"]),
        ("Nobody said so on that day.", "en", []),
    ],
)
def test_names(sentence, language, certain):
    found = names_of(sentence, language)
    assert all(sentence[name.start : name.end] == name.text for name in found)
    assert set(certain) <= {name.text for name in found if name.certain}
    if not certain:
        assert not [name for name in found if name.certain]


def test_a_capital_shows_nothing_in_german():
    assert not any(name.certain for name in names_of("Gestern kam die Rechnung.", "de"))


@given(st.text(max_size=100), st.sampled_from([None, "en", "de", "ja", "ar"]))
def test_names_are_spans_in_order_without_overlap(sentence, language):
    found = names_of(sentence, language)
    assert all(sentence[name.start : name.end] == name.text != "" for name in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.fixture(scope="module")
def reasons():
    verifier = BundledVerifier(StaticEncoder(BUNDLED))

    def judge(statement, source, context="", languages=("en", "en")):
        read = Evidence(source, f"{context}\n{source}", languages[1])
        return " ".join(verifier.judge(statement, [read], languages[0]).reasons)

    return judge


SOURCE = "The mayor Konrad Weidling opened the new library in Hainstedt on Friday."


@pytest.mark.parametrize(
    ("statement", "language"),
    [
        ("Weidling opened the new library.", "en"),
        ("The mayor of Hainstedt opened the new library.", "en"),
        ("Konrad Weidlings Eröffnung der neuen Bibliothek war am Freitag.", "de"),
        ("Мэр Конрад Вейдлинг открыл новую библиотеку в пятницу.", "ru"),
    ],
)
def test_the_same_name_in_part_inflected_or_in_another_script(reasons, statement, language):
    assert "names" not in reasons(statement, SOURCE, languages=(language, "en"))
    assert "does not name" not in reasons(statement, SOURCE, languages=(language, "en"))


@pytest.mark.parametrize(
    ("statement", "name", "instead"),
    [
        (
            "The mayor Ludwig Harrach opened the new library in Hainstedt on Friday.",
            "Ludwig Harrach",
            "Konrad Weidling",
        ),
        ("The mayor Konrad Weidling opened the new library in Ostrevik on Friday.", "Ostrevik", "Hainstedt"),
    ],
)
def test_another_name_in_its_place(reasons, statement, name, instead):
    assert f"The source names {instead}, the statement {name}." in reasons(statement, SOURCE)


def test_a_name_that_is_not_there_and_none_in_its_place(reasons):
    said = reasons("Ludwig Harrach opened the new library on Friday.", "The mayor opened the new library on Friday.")
    assert said == "The source does not name Ludwig Harrach."


def test_a_name_that_stands_around_is_who_is_meant(reasons):
    statement, source = "Konrad Weidling opened the new library.", "He opened the new library in the afternoon."
    assert reasons(statement, source, context="Mayor Konrad Weidling visited the town.") == ""
    assert "Konrad Weidling" in reasons(statement, source)


@pytest.mark.xfail(reason="a weekday of the source is taken for a name in the other's place")
def test_a_day_is_no_name(reasons):
    statement, source = "Konrad Weidling opened the new library.", "He opened the new library on Friday."
    assert reasons(statement, source, context="Mayor Konrad Weidling visited the town.") == ""


def test_unless_the_source_has_its_own(reasons):
    said = reasons(
        "The mayor Ludwig Harrach opened the new library in the old town hall.",
        "The mayor Konrad Weidling opened the new library in the old town hall.",
        context="His predecessor Ludwig Harrach was ill.",
    )
    assert said == "The source names Konrad Weidling, the statement Ludwig Harrach."
