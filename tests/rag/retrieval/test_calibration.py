import numpy as np
import pytest

from rag.encoders import BUNDLED, StaticEncoder
from rag.retrieval.calibration import Background, Scale


class TestScale:
    def test_equal_ranks_in_two_languages_become_nearly_equal_scores(self):
        own, other = np.linspace(0.5, 0.7, 100), np.linspace(0.1, 0.3, 100)
        scale = Scale.of(np.concatenate([own, other]).astype(np.float32), ["en"] * 100 + ["de"] * 100)
        high_here, high_there = scale.standardise(np.array([0.7, 0.3], dtype=np.float32), ["en", "de"])
        assert high_here > 1.5
        assert abs(high_here - high_there) < 0.8

    def test_few_passages_of_a_language_hardly_move_its_mean(self):
        scores = np.array([0.2] * 100 + [0.9], dtype=np.float32)
        scale = Scale.of(scores, ["en"] * 100 + ["el"])
        assert scale.means["el"] < 0.7
        assert scale.means["en"] == pytest.approx(0.23, abs=0.05)

    def test_a_language_outside_the_sample_is_measured_by_all(self):
        scale = Scale.of(np.array([0.1, 0.3, 0.2], dtype=np.float32), ["en", "en", "de"])
        assert scale.above(np.array([scale.mean], dtype=np.float32), ["ja"])[0] == pytest.approx(0.0)

    def test_no_sample_and_one_passage_give_numbers(self):
        for scores, languages in (([], []), ([0.4], ["en"])):
            scale = Scale.of(np.array(scores, dtype=np.float32), languages)
            assert np.isfinite(scale.standardise(np.array([0.5], dtype=np.float32), ["en"])).all()


class TestBackground:
    def test_passages_in_the_questions_language_score_higher_whatever_they_say(self):
        encoder = StaticEncoder(BUNDLED)
        english = ["The weather was fine.", "They bought a house.", "She had to leave the town."]
        german = ["Das Wetter war schön.", "Sie kauften ein Haus.", "Sie musste die Stadt verlassen."]
        passages = encoder.words([[text] for text in english + german])
        background = Background(encoder, ["en"] * 3 + ["de"] * 3, passages)
        question = encoder.words([["What was the name of the house that they had to leave?"]])[0]
        late, _ = background.scales(question, encoder.word_weights(question))
        assert late.means["en"] > late.means["de"]
