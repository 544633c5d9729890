import dataclasses

import pytest

import rag
from rag.answering.abstention import ACROSS_LANGUAGES, SAME_LANGUAGE, Abstention, Signs
from rag.answering.evidence import SentenceRanker


@pytest.fixture
def filled(archive, seed) -> rag.Archive:
    archive.add(seed)
    return archive


class TestAbstention:
    @pytest.mark.parametrize(
        "question",
        [
            "Did Musk talk to Xi Jinping?",
            "Musk a-t-il parlé à Emmanuel Macron ?",
            "¿Habló Musk con Pedro Sánchez?",
            "Говорил ли Маск с Нетаньяху?",
            "What did Musk propose in October 2019?",
        ],
    )
    def test_a_name_or_number_that_is_not_there_is_not_answered_for(self, filled, question):
        assert not filled.ask(question).answered

    @pytest.mark.parametrize(
        "question",
        [
            "Did Musk talk to Putin?",
            "Musk a-t-il parlé à Poutine ?",
            "Маск разговаривал с Путиным?",
            "马斯克和普京通过话吗？",
            "Hat Musk mit Putin telefoniert?",
            "¿Quién informó primero sobre las llamadas con Putin?",
        ],
    )
    def test_the_same_question_about_who_is_there_is_answered(self, filled, question):
        assert filled.ask(question).answered

    @pytest.mark.parametrize(
        "question",
        [
            "Which minister visited the zoo in Kaltenau?",
            "How long does sourdough bread have to bake?",
            "Wie viele Schafe starben beim Brand im Naturpark?",
            "Pourquoi le musée a-t-il vendu ses tableaux ?",
            "Сколько стоит билет на паром?",
        ],
    )
    def test_what_the_article_says_nothing_of_is_not_answered(self, filled, question):
        assert not filled.ask(question).answered

    def test_signs_of_a_missing_name(self, filled):
        abstention = Abstention(filled._encoder)
        for question, missing in (("Did Musk talk to Putin?", 0.0), ("Did Musk talk to Xi Jinping?", 1.0)):
            evidence = SentenceRanker(filled._encoder)(question, filled.search(question))
            _, signs, _ = abstention.examine(question, evidence)
            assert signs.missing_name == missing

    @pytest.mark.parametrize(
        ("question", "named"),
        [
            ("Did Musk talk to Xi Jinping?", ["Xi", "Jinping"]),
            ("Did Musk talk to Benjamin Netanyahu?", ["Netanyahu"]),
            ("What did Musk propose in October 2019?", ["2019"]),
        ],
    )
    def test_a_name_that_no_article_has_is_named(self, filled, question, named):
        answer = filled.ask(question)
        assert not answer.answered
        assert answer.notice.startswith("The nearest article says nothing of “")
        assert answer.notice.endswith("”.")
        assert all(f"“{word}”" in answer.notice for word in named)
        assert "Musk" not in answer.notice
        assert "\n" not in answer.notice

    def test_what_is_answered_needs_no_reason_and_has_a_confidence(self, filled):
        question = "Did Musk talk to Putin?"
        decision = Abstention(filled._encoder).decide(
            question, SentenceRanker(filled._encoder)(question, filled.search(question))
        )
        assert decision.evidence
        assert decision.reason is None
        assert 0.5 <= decision.confidence <= 1.0
        assert filled.ask(question).confidence == decision.confidence

    def test_nothing_to_look_at(self, filled):
        decision = Abstention(filled._encoder).decide("Did Musk talk to Putin?", [])
        assert (decision.evidence, decision.confidence, decision.reason) == ([], 0.0, None)

    def test_an_encoder_without_words_cannot_tell(self, filled):
        class Whole:
            """Only the vectors of whole texts, as a transformer's."""

        question = "Did Musk talk to Xi Jinping?"
        ranked = SentenceRanker(filled._encoder)(question, filled.search(question))
        decision = Abstention(Whole()).decide(question, ranked)
        assert (decision.evidence, decision.confidence, decision.reason) == (ranked, None, None)

    @pytest.mark.parametrize("same_language", [True, False])
    def test_weights_point_where_the_signs_say(self, same_language):
        good = Signs(0.1, 0.1, 0.0, 0.0, 5.0, same_language)
        for worse in ({"gravest": 0.4}, {"missing_name": 1.0}):
            assert dataclasses.replace(good, **worse).logit < good.logit
        for no_better in ({"shortfall": 0.5}, {"absent": 1.0}, {"score": -5.0}):
            assert dataclasses.replace(good, **no_better).logit <= good.logit

    def test_every_sign_has_a_weight(self):
        numbers = Signs(0.0, 0.0, 0.0, 0.0, 0.0, same_language=True).numbers
        assert len(SAME_LANGUAGE[1]) == len(ACROSS_LANGUAGES[1]) == len(numbers)

    def test_signs_tell_whether_the_question_is_in_the_passages_language(self, filled):
        for question, same in (("Hat Musk mit Putin telefoniert?", True), ("Did Musk talk to Putin?", False)):
            found = SentenceRanker(filled._encoder)(question, filled.search(question))
            _, signs, _ = Abstention(filled._encoder).examine(question, found)
            assert signs.same_language is same

    def test_no_evidence_is_no_answer(self, filled):
        assert Abstention(filled._encoder).decide("Did Musk talk to Putin?", []).evidence == []
