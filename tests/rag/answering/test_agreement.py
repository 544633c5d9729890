"""What other articles say of a statement: agreement, contradiction, and copies counted once."""

from dataclasses import replace

import pytest

import rag
from rag.answering.agreement import Agreement
from rag.answering.evidence import Evidence
from rag.answers import Hit, Statement, Verdict
from rag.articles import Article, Passage
from rag.citing import Judgement, Place, cite, load_verifier
from rag.encoders import BUNDLED, StaticEncoder

CLAIM = "The fire in the harbour of Ostrevik injured 12 people."


def article(name, text, published=None, language="en"):
    return Article(name, text, language=language, published=published)


FIRST = article("first", "The fire in the harbour of Ostrevik injured 12 people.", "2024-11-01")
SAME = article("same", "Bei dem Feuer im Hafen von Ostrevik wurden 12 Menschen verletzt.", "2024-11-02", "de")
LATER = article("later", "The fire in the harbour of Ostrevik injured 19 people.", "2024-11-04")
UNDATED = article("undated", "Twelve people were injured by the fire in the harbour of Ostrevik.")
OTHER = article("other", "The library in Mirabel lends four thousand books a year.", "2024-11-03")
WIRE = (
    "The fire in the harbour of Ostrevik injured 12 people. It broke out on a freighter shortly after midnight and was "
    "put out by the crews of four boats. The harbour master said that the berth would stay closed until the weekend."
)
COPIES = [article(name, WIRE, f"2024-11-0{day}") for day, name in enumerate(("wire", "print", "reprint"), start=5)]


@pytest.fixture(scope="module")
def verifier():
    return load_verifier(rag.Settings(), StaticEncoder(BUNDLED))


def evidence(found):
    """The first sentence of an article, as a search finds it."""
    end = found.text.index(".") + 1
    hit = Hit(1.0, Passage(found.id, 0, len(found.text), found.text, found.language, ((0, end),)))
    return Evidence(hit, 0, end, found.text[:end], 1.0, 1.0)


@pytest.fixture
def compare(verifier):
    def play(own, *others, text=CLAIM, judging=verifier, gone=()):
        known = {each.id: each for each in (own, *others)}
        agreement = Agreement(
            judging,
            [evidence(each) for each in known.values()],
            lambda hit: None if hit.passage.article_id in gone else known[hit.passage.article_id],
        )
        cited = cite(Place(own, 0, own.text.index(".") + 1), Judgement(Verdict.SUPPORTED))
        return agreement.compare(Statement(text, (cited,)), "en").citations

    return play


def ids(citations):
    return [citation.article_id for citation in citations]


def test_its_own_first_then_others_newest_first_and_undated_last(compare):
    citations = compare(FIRST, UNDATED, SAME, LATER)
    assert ids(citations) == ["first", "later", "same", "undated"]
    assert [citation.verdict for citation in citations] == ["supported", "contradicted", "supported", "supported"]


def test_a_contradiction_says_why(compare):
    _, other = compare(FIRST, LATER)
    assert "19" in " ".join(other.reasons)
    assert other.published == "2024-11-04"
    assert LATER.text[other.start : other.end] == other.quote


def test_what_speaks_of_something_else_is_left_out(compare):
    assert ids(compare(FIRST, OTHER)) == ["first"]


def test_copies_of_its_own_are_named_not_added(compare):
    (citation,) = compare(*COPIES)
    assert citation.copies == ("print", "reprint")


def test_copies_of_another_count_once(compare):
    citations = compare(FIRST, *COPIES)
    assert ids(citations) == ["first", "wire"]
    assert citations[0].copies == ()
    assert citations[1].copies == ("print", "reprint")


def test_what_has_changed_since_the_search_is_not_compared(compare):
    assert ids(compare(FIRST, SAME, LATER, gone={"later"})) == ["first", "same"]


@pytest.mark.parametrize("clash", [True, False])
@pytest.mark.parametrize("verdict", Verdict)
def test_only_agreement_and_clear_contradiction_are_shown(compare, verdict, clash):
    class Says:
        def judge(self, statement, evidence, language=None):
            return Judgement(verdict, ("so",), clash=clash and verdict is Verdict.CONTRADICTED)

    shown = verdict is Verdict.SUPPORTED or (clash and verdict is Verdict.CONTRADICTED)
    assert ids(compare(FIRST, SAME, judging=Says())) == (["first", "same"] if shown else ["first"])


def test_few_are_compared(compare):
    asked = []

    class Counts:
        def judge(self, statement, evidence, language=None):
            asked.append(statement)
            return Judgement(Verdict.UNSUPPORTED)

    many = [article(f"n{number}", f"Number {number} speaks of matter {number * 7919} alone.") for number in range(30)]
    compare(FIRST, *many, judging=Counts())
    assert len(asked) == 8


def test_another_name_alone_is_no_contradiction_of_an_article_that_was_only_found(compare):
    other = replace(SAME, id="other", text=SAME.text.replace("Kienitz", "Lebus")) if "Kienitz" in SAME.text else LATER
    for citation in compare(FIRST, other)[1:]:
        assert citation.verdict is not Verdict.CONTRADICTED or not any("names" in why for why in citation.reasons)
