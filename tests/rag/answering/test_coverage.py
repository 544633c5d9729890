import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.coverage import coverage, question_words, word_runs, word_weights
from rag.encoders import BUNDLED, StaticEncoder

ENCODER = StaticEncoder(BUNDLED)


def covered(question: str, text: str) -> dict[str, float]:
    words = question_words(ENCODER, question)
    found = coverage(ENCODER, words, ENCODER.tokenize([text])[0].ids)
    return {word.text: float(value) for word, value in zip(words, found, strict=True)}


class TestQuestionWords:
    def test_pieces_of_a_word_are_put_together_and_punctuation_is_left_out(self):
        assert [word.text for word in question_words(ENCODER, "Did Jinping really call?!")] == [
            "Did",
            "Jinping",
            "really",
            "call",
        ]

    def test_words_of_unspaced_scripts_can_be_runs(self):
        words = question_words(ENCODER, "马斯克和普京")
        assert "".join(word.text for word in words) == "马斯克和普京"
        assert (0, len(words)) in word_runs(words) or len(words) > 4

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=60))
    def test_words_stand_in_the_question_where_they_say(self, question):
        for word in question_words(ENCODER, question):
            assert question[word.start : word.start + len(word.text)] == word.text
            assert any(letter.isalnum() for letter in word.text)

    def test_weights_sum_to_one(self):
        weights = word_weights(ENCODER, question_words(ENCODER, "Did Musk talk to Putin?"))
        assert weights.sum() == pytest.approx(1.0)
        assert weights[1] > weights[0]


class TestCoverage:
    def test_words_of_the_text_are_covered_in_full_and_others_are_not(self):
        found = covered("Musk Jinping", "Laut einer Quelle habe Musk mit Putin gesprochen.")
        assert found["Musk"] == pytest.approx(1.0, abs=1e-3)
        assert found["Jinping"] < 0.5

    def test_translations_are_nearer_than_strangers(self):
        found = covered("president ferry", "mit dem russischen Präsidenten geführt")
        assert found["president"] > 0.7 > found["ferry"]

    def test_nothing_covers_nothing(self):
        assert covered("Musk", "") == {"Musk": 0.0}
        assert coverage(ENCODER, [], np.array([5])).shape == (0,)
