import numpy as np
import pytest

from rag.encoders import BUNDLED, StaticEncoder
from rag.retrieval import best_matches, late_interaction


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(BUNDLED)


def ids(encoder: StaticEncoder, *texts: str) -> list[np.ndarray]:
    return [tokens.ids for tokens in encoder.tokenize(texts)]


class TestLateInteraction:
    def test_equals_its_definition_token_by_token(self, encoder):
        question, *texts = ids(encoder, "Did the ferry sink?", "The ferry sank.", "A bridge was opened in spring.")
        scores = late_interaction(encoder, question, texts)
        for score, text in zip(scores, texts, strict=True):
            total = weighted = 0.0
            for token in question:
                q = encoder.token_embeddings(np.array([token]))[0]
                cosines = [
                    float(q @ d / (np.linalg.norm(q) * np.linalg.norm(d))) for d in encoder.token_embeddings(text)
                ]
                weight = float(encoder.token_weights(np.array([token]))[0])
                weighted += weight * max(cosines)
                total += weight
            assert score == pytest.approx(weighted / total, abs=1e-4)

    def test_a_text_that_holds_the_question_scores_one(self, encoder):
        question, text = ids(encoder, "ferry to Texel", "The ferry to Texel is late")
        assert late_interaction(encoder, question, [text])[0] == pytest.approx(1.0, abs=1e-3)

    def test_empty_texts_and_questions_score_zero(self, encoder):
        nothing, something = ids(encoder, "", "ferry")
        assert late_interaction(encoder, something, [nothing]).tolist() == [0.0]
        assert late_interaction(encoder, nothing, [something]).tolist() == [0.0]
        assert best_matches(encoder, nothing, [something]).shape == (1, 0)
