import pytest

from rag.answering.answer_type import AnswerType, AnswerTypes
from rag.answering.coverage import question_words, word_vectors
from rag.encoders import BUNDLED, StaticEncoder

ENCODER = StaticEncoder(BUNDLED)
TYPES = AnswerTypes(ENCODER)


class TestWanted:
    @pytest.mark.parametrize(
        ("question", "wanted"),
        [
            ("How many receivers did Ukraine get?", AnswerType.AMOUNT),
            ("Wie viele Empfänger bekam die Ukraine?", AnswerType.AMOUNT),
            ("Сколько длился разговор?", AnswerType.AMOUNT),
            ("Combien coûte un terminal ?", AnswerType.AMOUNT),
            ("When did they talk?", AnswerType.TIME),
            ("Kiedy rozmawiali?", AnswerType.TIME),
            ("他们什么时候通话？", AnswerType.TIME),
            ("How did Selenskyj describe the call?", AnswerType.ANY),
            ("Who reported it first?", AnswerType.ANY),
            ("Musk Putin", AnswerType.ANY),
        ],
    )
    def test_is_recognised_in_any_language(self, question, wanted):
        words = question_words(ENCODER, question)
        assert TYPES.wanted(word_vectors(ENCODER, words), words) is wanted


class TestHolds:
    @pytest.mark.parametrize(
        ("text", "amount", "time"),
        [
            ("Es kamen zwölf Empfänger an.", True, False),
            ("Der Bau kostet 12,5 Millionen.", True, True),
            ("Das Gespräch war am Mittwoch.", False, True),
            ("Der Wahlkampf 2024 begann.", False, True),
            ("Einen Plan legte er nicht vor.", False, False),
            ("", False, False),
        ],
    )
    def test_numbers_and_times(self, text, amount, time):
        for wanted, holds in ((AnswerType.AMOUNT, amount), (AnswerType.TIME, time), (AnswerType.ANY, True)):
            assert TYPES.holds([text], wanted, [None]).tolist() == [holds]
