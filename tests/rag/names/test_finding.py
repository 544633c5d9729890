import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.names import capitals_mean_names, is_name, names_in, sounds


class TestIsName:
    @pytest.mark.parametrize(
        ("question", "names"),
        [
            ("Did Musk talk to Xi Jinping", ["Musk", "Xi", "Jinping"]),
            ("Что сделал SpaceX в 2022 году", ["SpaceX", "2022"]),
            ("Welche Rolle spielten die Empfänger im Krieg", []),
            ("DID MUSK TALK", []),
        ],
    )
    def test_names_and_numbers(self, question, names):
        cased = capitals_mean_names(question)
        words = question.split()
        assert [word for at, word in enumerate(words) if is_name(word, first=at == 0, cased=cased)] == names


class TestNamesIn:
    @pytest.mark.parametrize(
        ("question", "names"),
        [
            ("What did Zelensky say in New York?", ["Zelensky", "New York"]),
            ("Что сказал Орбан в Варшаве?", ["Орбан", "Варшаве"]),
            ("Що сказав Орбан у Сполучених Штатах?", ["Орбан", "Сполучених", "Штатах"]),
            ("Dün Putin'in Ankara'da ne dedi?", ["Putin'in", "Ankara'da"]),
            ("泽连斯基在基辅说了什么？", ["泽连斯基", "基辅"]),
            ("メルケルはベルリンで何を言ったか", ["メルケル", "ベルリン"]),
            ("Did Macron say something nice?", ["Macron"]),
            ("where is warsaw?", ["warsaw"]),
            ("", []),
            ("12 ?", []),
        ],
    )
    def test_names(self, question, names):
        found = [name for name in names_in(question) if name.certain or name.aliases or not question[0].isascii()]
        assert [name.text for name in found if name.text in names] == names

    def test_spans_are_of_the_question(self):
        question = "Was sagte Orbán über Nowy Jork und Köln?"
        names = names_in(question)
        assert [question[name.start : name.end] for name in names] == [name.text for name in names]
        assert {"Nowy Jork", "Köln", "Orbán"} <= {name.text for name in names}

    @pytest.mark.parametrize(
        ("question", "name", "certain"),
        [
            ("What did Merkel say?", "Merkel", True),
            ("Merkel said what?", "Merkel", False),
            ("Was sagte Merkel über die Lage?", "Merkel", False),
            ("Was geschah in Lissabon mit der Brücke?", "Lissabon", True),
            ("ماذا قالت ميركل؟", "ميركل", False),
        ],
    )
    def test_certain_only_where_the_writing_shows_it(self, question, name, certain):
        assert {found.text: found.certain for found in names_in(question)}[name] is certain

    def test_a_common_word_in_small_letters_is_no_city(self):
        assert "nice" not in {name.text for name in names_in("Did Macron say something nice?")}

    def test_syllables_of_a_longer_transcription_are_no_place(self):
        assert "马里" in {name.text for name in names_in("马里在哪里？")}
        assert [name.text for name in names_in("马里诺夫在哪里？")] == ["马里诺夫"]

    def test_a_question_word_that_could_transcribe_hides_no_name(self):
        name = names_in("梅德罗夫什么时候来？")[0]
        assert not name.sounds.isdisjoint(sounds("Medrow"))

    def test_the_longest_alias_wins(self):
        texts = [name.text for name in names_in("Who governs South Korea and Korea?")]
        assert "South Korea" in texts
        assert "South" not in texts

    def test_a_name_has_aliases_and_sounds(self):
        name = next(name for name in names_in("What happened in Lisbon?") if name.text == "Lisbon")
        assert {"Lissabon", "Лиссабон", "里斯本"} <= name.aliases
        assert "lspn" in name.sounds
        assert "lspn" not in name.alias_sounds
        assert all(len(sound) > 2 for sound in name.alias_sounds)

    @given(st.text(max_size=60))
    def test_any_text_has_names_in_order(self, text):
        names = names_in(text)
        assert all(one.end <= two.start for one, two in itertools.pairwise(names))
        assert all(text[name.start : name.end] == name.text for name in names)
