import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold_set import Question
from eval.metrics.answers import contained, exact_match, token_f1, tokens
from eval.rows import Row
from rag.answers import Answer, Citation, Statement, Verdict


def of(*statements, accepted, language="en", cited="en"):
    """A question and the row of an answer of these statements."""
    question = Question("q", language, "?", True, answers=tuple(accepted))
    citation = Citation("a", 0, 1, "x", Verdict.SUPPORTED, language=cited)
    said = tuple(Statement(text, (citation,)) for text in statements)
    return question, Row(question, (), Answer("?", True, " ".join(statements), said, ()))


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "language", "expected"),
        [
            ("The 1,234.50 dollars, €12!", "en", "1234.50 dollars € 12"),
            ("9,2 mln zł.", "pl", "9.2 mln zł"),
            ("1.234.567,8", "de", "1234567.8"),
            ("12 000 personnes", "fr", "12000 personnes"),
            ("am 3.11.2024", "de", "am 3 11 2024"),
            ("l’accord", "fr", "accord"),
            ("１５％", "en", "15 %"),
            ("15%", "en", "15 %"),
            ("24-letni", "pl", "24 letni"),
            ("३० लोगों की", "hi", "30 लोगों की"),
            ("٣٫٥ مليون في المدينة", "ar", "3.5 مليون في مدينة"),
            ("三十人です。", "ja", "三 十 人 で す"),
            ("της Αθήνας", "el", "αθήνασ"),
            ("der die", "de", "der die"),
            ("Die Straße", "de", "strasse"),
            ("the a", "de", "the a"),
        ],
    )
    def test_by_hand(self, text, language, expected):
        assert tokens(text, frozenset({language})) == tuple(expected.split())

    @given(st.text())
    def test_any_text_gives_tokens_that_stay_as_they_are(self, text):
        found = tokens(text, frozenset())
        assert all(token and not any(character.isspace() for character in token) for token in found)


class TestScores:
    def test_exact_match_of_any_accepted_answer(self):
        assert exact_match(*of("The 15 percent.", accepted=["15 procent", "15 percent"])) == 1
        assert exact_match(*of("15 dollars", accepted=["15 percent"])) == 0

    def test_token_f1_is_the_best_one(self):
        assert token_f1(*of("red house", accepted=["red", "green houses"])) == pytest.approx(2 / 3)
        assert token_f1(*of("red house", accepted=["blue"])) == 0

    def test_words_count_as_often_as_they_stand(self):
        assert token_f1(*of("no no no", accepted=["no"])) == pytest.approx(0.5)

    def test_the_first_statement_alone_may_be_the_prediction(self):
        given = of("Blauer Gockel.", "Der Fund wurde bestätigt.", accepted=["Blauer Gockel"], language="de")
        assert exact_match(*given) == token_f1(*given) == 1

    def test_articles_of_the_cited_language_are_left_out(self):
        assert exact_match(*of("der Hafen", accepted=["Hafen"], language="en", cited="de")) == 1

    def test_contained_in_whole_tokens_and_in_order(self):
        sentence = "Repairs cost 12 million crowns, the mayor said."
        assert contained(*of(sentence, accepted=["12 million crowns"])) == 1
        assert contained(*of(sentence, accepted=["2 million crowns", "crowns million"])) == 0
        assert contained(*of(sentence, accepted=["…"])) == 0

    @given(st.text(min_size=1), st.text(min_size=1))
    def test_scores_lie_between_0_and_1_and_a_match_is_whole(self, said, accepted):
        given = of(said, accepted=[accepted])
        assert 0 <= token_f1(*given) <= 1
        if exact_match(*given) and tokens(accepted, frozenset({"en"})):
            assert token_f1(*given) == contained(*given) == 1
