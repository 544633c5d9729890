"""Claims against the passages that a model was given: what is located, what is judged, and what becomes of both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from rag.answering.checking import Checker
from rag.answering.claims import Cited, Claim
from rag.answers import Hit, Located, Verdict
from rag.articles import Article
from rag.citing import Judgement, load_verifier
from rag.encoders import BUNDLED, StaticEncoder
from rag.ingest import split

BRIDGE = Article(
    "bridge",
    "Die Brücke über die Oder bei Kienitz bleibt bis Freitag gesperrt. Die Reparatur kostet 308.000 Euro. "
    "Laut einer Sprecherin war ein Lastwagen zu schwer.",
    title="Brücke gesperrt",
    language="de",
    published="2024-11-04",
    source="Oderbote",
)
FERRY = Article(
    "ferry",
    "The ferry at Güstebiese carries 14 cars. It runs every hour until nine in the evening.",
    language="en",
    published="2024-11-05",
)
ARTICLES = {"bridge": BRIDGE, "ferry": FERRY}
HITS = tuple(Hit(1.0, passage) for article in ARTICLES.values() for passage in split(article, 800))
CLOSED = "Die Brücke über die Oder bei Kienitz bleibt bis Freitag gesperrt."
COST = "Die Reparatur kostet 308.000 Euro."


@pytest.fixture(scope="module")
def encoder():
    return StaticEncoder(BUNDLED)


@pytest.fixture(scope="module")
def checker(encoder):
    return Checker(load_verifier(rag.Settings(), encoder), encoder, HITS, ARTICLES, "en")


class Told:
    """A verifier that keeps what it is asked and says what it is told: verdicts by the number of sources."""

    def __init__(self, one, together=Verdict.UNSUPPORTED):
        self.one, self.together, self.asked = list(one), together, []

    def judge(self, statement, evidence, language=None):
        self.asked.append((statement, tuple(each.text for each in evidence), language))
        if len(evidence) > 1:
            return Judgement(self.together, ("together",))
        return Judgement(self.one.pop(0), ("alone",))


@pytest.fixture
def check(encoder):
    def play(claim, *one, together=Verdict.UNSUPPORTED):
        verifier = Told(one, together)
        return Checker(verifier, encoder, HITS, ARTICLES, "en").check(claim), verifier.asked

    return play


class TestWhatIsJudged:
    def test_a_true_claim_with_its_quote(self, checker):
        statement = checker.check(Claim("The repair costs 308,000 euros.", (Cited(1, COST),)))
        (citation,) = statement.citations
        assert (statement.verdict, statement.reasons) == (Verdict.SUPPORTED, ())
        assert (citation.quote, citation.located) == (COST, Located.VERBATIM)
        assert BRIDGE.text[citation.start : citation.end] == COST
        assert (citation.title, citation.source, citation.published) == ("Brücke gesperrt", "Oderbote", "2024-11-04")

    def test_a_wrong_number(self, checker):
        statement = checker.check(Claim("The repair costs 380,000 euros.", (Cited(1, COST),)))
        assert statement.verdict is Verdict.CONTRADICTED
        assert "308.000" in statement.reasons[0]
        assert "380,000" in statement.reasons[0]

    def test_attribution_comes_with_the_citation_and_its_loss_is_named(self, checker):
        quote = "war ein Lastwagen zu schwer"
        (citation,) = checker.check(Claim("A lorry was too heavy.", (Cited(1, quote),))).citations
        assert citation.verdict is Verdict.OVERSTATED
        assert citation.attributed is not None
        assert citation.attributed.startswith("Laut")

    def test_the_verifier_reads_whole_sentences_and_the_language(self, check):
        _, asked = check(Claim("It costs 308,000 euros.", (Cited(1, "308.000 Euro"),)), Verdict.SUPPORTED)
        assert asked == [("It costs 308,000 euros.", (COST,), "en")]

    @pytest.mark.parametrize("verdict", Verdict)
    def test_a_statement_has_the_verdict_of_its_only_citation(self, check, verdict):
        statement, _ = check(Claim("The ferry runs.", (Cited(2, "It runs every hour"),)), verdict)
        assert statement.verdict is statement.citations[0].verdict is verdict
        assert statement.reasons == ("alone",)


class TestPlaces:
    @pytest.mark.parametrize(
        ("cited", "quote", "located"),
        [
            (Cited(1, "bleibt  bis Freitag „gesperrt“"), "bleibt bis Freitag gesperrt", Located.REPAIRED),
            (Cited(1, "The ferry at Güstebiese carries 14 cars."), "The ferry at Güstebiese carries 14 cars.", "moved"),
            (Cited(9, COST), COST, Located.MOVED),
            (Cited(0, COST), COST, Located.MOVED),
            (Cited(-1, COST), COST, Located.MOVED),
        ],
    )
    def test_found(self, check, cited, quote, located):
        statement, _ = check(Claim("So it is.", (cited,)), Verdict.SUPPORTED)
        (citation,) = statement.citations
        assert (citation.quote, citation.located) == (quote, located)
        assert statement.verdict is Verdict.SUPPORTED

    def test_without_a_quote_the_nearest_sentence_is_chosen(self, check):
        statement, _ = check(Claim("The repair costs 308,000 euros.", (Cited(1),)), Verdict.SUPPORTED)
        (citation,) = statement.citations
        assert (citation.quote, citation.located) == (COST, Located.CHOSEN)

    def test_a_quote_that_stands_nowhere_is_never_good_and_the_nearest_sentence_is_shown(self, check):
        invented = "Die Reparatur wurde gestern abgeschlossen und war kostenlos."
        statement, asked = check(Claim("The repair costs 308,000 euros.", (Cited(1, invented),)), Verdict.SUPPORTED)
        (citation,) = statement.citations
        assert asked == []
        assert citation.located is Located.NOT_FOUND
        assert citation.quote == COST
        assert citation.verdict is statement.verdict is Verdict.UNSUPPORTED
        assert statement.reasons == ("The quoted words stand nowhere in the articles that were read.",)

    @pytest.mark.parametrize("number", [0, 3, -1, 999999])
    def test_a_passage_that_does_not_exist_gives_no_citation(self, check, number):
        for quote in (None, "Words that stand in none of them."):
            statement, asked = check(Claim("The bridge is closed.", (Cited(number, quote),)))
            assert (statement.citations, statement.verdict) == ((), Verdict.UNSUPPORTED)
            assert statement.reasons == (f"It cites passage {number}; there are 2.",)
            assert asked == []

    def test_a_passage_that_does_not_exist_is_named_beside_one_that_does(self, check):
        cited = (Cited(1, CLOSED), Cited(7), Cited(7, "Words that stand in none of them."))
        statement, _ = check(Claim("The bridge is closed.", cited), Verdict.SUPPORTED)
        assert [citation.quote for citation in statement.citations] == [CLOSED]
        assert statement.verdict is Verdict.SUPPORTED
        assert statement.reasons[-1] == "It cites passage 7; there are 2."
        assert statement.out_of_range == (7,)

    def test_no_citation_at_all(self, check):
        statement, _ = check(Claim("The bridge is closed."))
        assert (statement.citations, statement.verdict) == ((), Verdict.UNSUPPORTED)
        assert statement.reasons == ("It cites no passage.",)

    def test_one_place_is_cited_once_as_it_was_found_best(self, check):
        cited = (Cited(1, "die reparatur kostet  308.000 euro."), Cited(1, COST), Cited(1))
        statement, asked = check(Claim("The repair costs 308,000 euros.", cited), Verdict.SUPPORTED)
        assert [citation.located for citation in statement.citations] == [Located.VERBATIM]
        assert len(asked) == 1


class TestSeveral:
    CLAIM = Claim("The bridge is closed and the ferry runs.", (Cited(1, CLOSED), Cited(2, "It runs every hour")))

    def test_the_best_alone_counts(self, check):
        statement, asked = check(self.CLAIM, Verdict.UNSUPPORTED, Verdict.SUPPORTED)
        assert statement.verdict is Verdict.SUPPORTED
        assert [citation.verdict for citation in statement.citations] == [Verdict.UNSUPPORTED, Verdict.SUPPORTED]
        assert len(asked) == 2

    def test_together_where_that_is_better(self, check):
        statement, asked = check(self.CLAIM, Verdict.PARTLY, Verdict.PARTLY, together=Verdict.SUPPORTED)
        assert (statement.verdict, statement.reasons) == (Verdict.SUPPORTED, ("together",))
        assert len(asked[-1][1]) == 2

    def test_together_is_no_worse_than_the_best_alone(self, check):
        statement, _ = check(self.CLAIM, Verdict.PARTLY, Verdict.UNSUPPORTED, together=Verdict.CONTRADICTED)
        assert (statement.verdict, statement.reasons) == (Verdict.PARTLY, ("alone",))

    def test_an_invented_quote_proves_nothing_together_either(self, check):
        claim = Claim("Both are so.", (Cited(1, "Words that stand in none of them."), Cited(2, "It runs every hour")))
        statement, asked = check(claim, Verdict.PARTLY, together=Verdict.SUPPORTED)
        assert statement.verdict is Verdict.PARTLY
        assert [len(evidence) for _, evidence, _ in asked] == [1]


@pytest.mark.parametrize("text", ["Yes.", "Nein", "はい。"])
def test_a_bare_yes_or_no_is_not_judged(check, text):
    statement, asked = check(Claim(text, (Cited(1, CLOSED), Cited(2, "It runs every hour"))))
    assert statement.verdict is Verdict.UNSUPPORTED
    assert statement.reasons == ("A bare yes or no says nothing that can be checked.",)
    assert asked == []


NUMBERS = st.integers(-3, 6)
QUOTES = st.none() | st.text(max_size=60) | st.sampled_from([CLOSED, COST, "308.000", "It runs", "ferry … evening"])


@given(st.text(max_size=60), st.lists(st.builds(Cited, NUMBERS, QUOTES), max_size=4))
def test_whatever_is_claimed_a_citation_quotes_its_span_and_only_words_that_stand_are_good(checker, text, cited):
    statement = checker.check(Claim(text, tuple(cited)))
    assert statement.text == text
    for citation in statement.citations:
        assert ARTICLES[citation.article_id].text[citation.start : citation.end] == citation.quote != ""
        assert citation.located is not Located.NOT_FOUND or citation.verdict is Verdict.UNSUPPORTED
    if not statement.citations:
        assert statement.verdict is Verdict.UNSUPPORTED
    if statement.verdict is not Verdict.SUPPORTED:
        assert statement.reasons
