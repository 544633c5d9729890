import pytest

from rag.answering.coverage import question_words
from rag.answering.names import capitals_mean_names, is_name, spelled_alike
from rag.encoders import BUNDLED, StaticEncoder


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(BUNDLED)


class TestSpelledAlike:
    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("Зеленским", "Selenskyj"),
            ("Zełenskiego", "Selenskyj"),
            ("זלנסקי", "Selenskyj"),
            ("Маскові", "Musk"),
            ("ماسك", "Musk"),
            ("马斯克", "Musk"),
            ("بوتين", "Putin"),
            ("Poutine", "Putin"),
            ("Трампом", "Trump"),
            ("Харрис", "Harris"),
            ("Київ", "Kiew"),
        ],
    )
    def test_one_name_in_two_spellings(self, name, other):
        assert spelled_alike(name, other)
        assert spelled_alike(other, name)

    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("Xi", "Musk"),
            ("Macron", "Musk"),
            ("Biden", "Putin"),
            ("Erdoğan", "Ordnung"),
            ("Scholz", "Selenskyj"),
            ("", ""),
        ],
    )
    def test_two_names(self, name, other):
        assert not spelled_alike(name, other)


class TestIsName:
    @pytest.mark.parametrize(
        ("question", "names"),
        [
            ("Did Musk talk to Xi Jinping?", ["Musk", "Xi", "Jinping"]),
            ("Что сделал SpaceX в 2022 году?", ["SpaceX", "2022"]),
            ("Welche Rolle spielten die Empfänger im Krieg?", []),
            ("马斯克2022年提出了什么建议？", ["2022"]),
            ("DID MUSK TALK", []),
        ],
    )
    def test_names_and_numbers(self, encoder, question, names):
        cased = capitals_mean_names(question)
        words = question_words(encoder, question)
        found = [word.text for number, word in enumerate(words) if is_name(word, first=number == 0, cased=cased)]
        assert found == names
