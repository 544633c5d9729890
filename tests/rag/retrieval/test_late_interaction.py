import numpy as np
import pytest

from rag.encoders import BUNDLED, StaticEncoder, Words
from rag.retrieval import Matches, Texts, late_interaction


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(BUNDLED)


def match(encoder: StaticEncoder, question: str, *texts: list[str]) -> tuple[Words, Matches]:
    asked, *read = encoder.words([[question], *texts])
    return asked, Texts(encoder, read).match(asked)


class TestTexts:
    def test_equals_its_definition_word_by_word(self, encoder):
        texts = [["The ferry sank.", "Nobody was hurt."], ["Unabhängigkeitskriege und Telefongespräche"]]
        asked, found = match(encoder, "Did the ferry sink?", *texts)
        for words, text in zip(found.words, texts, strict=True):
            passage = encoder.word_vectors(encoder.words([text])[0])
            for best, q in zip(words, encoder.word_vectors(asked), strict=True):
                cosines = passage @ q / np.linalg.norm(passage, axis=1) / np.linalg.norm(q)
                assert best == pytest.approx(max(0.0, float(cosines.max())), abs=1e-4)

    def test_wholes_are_cosines_of_the_sums(self, encoder):
        asked, found = match(encoder, "Did the ferry sink?", ["The ferry sank.", "Nobody was hurt."])
        one = encoder.word_vectors(asked).sum(axis=0)
        two = encoder.word_vectors(encoder.words([["The ferry sank.", "Nobody was hurt."]])[0]).sum(axis=0)
        expected = float(one @ two / np.linalg.norm(one) / np.linalg.norm(two))
        assert found.wholes[0] == pytest.approx(expected, abs=1e-4)

    def test_sentences_are_matched_one_by_one(self, encoder):
        texts = [["Rain fell.", "The ferry to Texel is late.", "Rain."], [], ["The ferry sank."]]
        asked, found = match(encoder, "ferry to Texel", *texts)
        weights = encoder.word_weights(asked)
        assert found.of.tolist() == [0, 0, 0, 2]
        each = late_interaction(found.sentences, weights)
        assert each.argmax() == 1
        assert found.best_sentences(weights).tolist() == pytest.approx([each[1], 0.0, each[3]])

    def test_a_text_that_holds_the_question_scores_one(self, encoder):
        asked, found = match(encoder, "ferry to Texel", ["The ferry to Texel is late"])
        assert late_interaction(found.words, encoder.word_weights(asked))[0] == pytest.approx(1.0, abs=1e-3)

    def test_a_compound_is_one_word_and_not_its_pieces(self, encoder):
        _, found = match(encoder, "Bundesverfassungsgericht", ["Bundes Verfassung"], ["Das Bundesverfassungsgericht"])
        assert found.words.shape == (2, 1)
        assert found.words[0, 0] < 0.95 < found.words[1, 0]

    def test_empty_texts_and_questions_match_nothing(self, encoder):
        asked, found = match(encoder, "ferry", [], ["…"])
        assert found.words.tolist() == [[0.0], [0.0]]
        assert late_interaction(found.words, encoder.word_weights(asked)).tolist() == [0.0, 0.0]
        nothing, found = match(encoder, "", ["ferry"])
        assert found.words.shape == (1, 0)
        assert late_interaction(found.words, encoder.word_weights(nothing)).tolist() == [0.0]
