import numpy as np
import pytest

from rag.answering.answer_type import AnswerTypes
from rag.answering.ranking import NAMES, WEIGHTS, sentence_signs, sentences_of
from rag.answers import Hit
from rag.articles import Passage
from rag.encoders import BUNDLED, StaticEncoder

ENCODER = StaticEncoder(BUNDLED)
TYPES = AnswerTypes(ENCODER)
LEAD = "HALVENAU – Der Abgeordnete Gruschko sprach am Montag über die Brücke. "
REST = ("Er verlangte ihren Abriss. ", "Die Sperrung dauert 14 Monate. ")


def signs(question, *sentences, language="de"):
    """The signs of sentences that make up one passage of one article."""
    spans, start = [], 0
    for sentence in sentences:
        spans.append((start, start + len(sentence)))
        start += len(sentence)
    hits = [Hit(1.0, Passage("a", 0, start, "".join(sentences), language, tuple(spans)))]
    return sentence_signs(ENCODER, TYPES, question, hits, sentences_of(hits))


class TestSentenceSigns:
    def test_a_name_counts_where_its_article_has_it(self):
        with_name, without = (
            signs("What did Gruschko demand?", LEAD, REST[0]),
            signs("What did Gruschko demand?", REST[0]),
        )
        assert with_name.says[1] > without.says[0]

    def test_a_name_counts_in_another_spelling(self):
        question = "Что потребовал Грушко?"
        assert signs(question, LEAD).says[0] > signs(question, LEAD.replace("Gruschko", "Brandis")).says[0]

    def test_what_many_sentences_say_is_not_specific(self):
        found = signs("Brücke oder Tunnel?", "Die Brücke ist alt. ", "Die Brücke ist lang. ", "Der Tunnel ist neu. ")
        assert found.specific[2] > found.specific[0]

    def test_only_the_first_sentence_of_an_article_is_its_lead(self):
        assert signs("Wer sprach?", LEAD, *REST).lead.tolist() == [1.0, 0.0, 0.0]

    @pytest.mark.parametrize(
        ("question", "wanted"), [("How many months does the closure last?", [0, 0, 1]), ("Who spoke?", [0, 0, 0])]
    )
    def test_an_amount_is_wanted_only_where_it_is_asked_for(self, question, wanted):
        assert signs(question, LEAD, *REST).wanted.tolist() == wanted

    def test_a_question_without_words(self):
        assert np.isfinite(signs("?!", LEAD, *REST).matrix()).all()

    def test_every_sign_has_a_weight(self):
        assert len(WEIGHTS) == len(NAMES)
