import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.sentences import WINDOW_CHARS, sentence_spans

ROOT = Path(__file__).parents[3]
PROSE = st.lists(
    st.sampled_from(
        [
            "Wort",
            "Dr.",
            "am 3. Mai",
            "„Ja.",
            "Nein!“",
            '"',
            "«",
            ".",
            "…",
            "?",
            "\n",
            " ",
            "😀",
            "你好。",
            "x" * 90,
            "ẞ\u0301",
        ]
    )
).map(" ".join)
LANGUAGES = st.sampled_from([None, "de", "en", "zh", "ar", "xx"])


def sentences(text, language="de", max_chars=800):
    return [text[start:end] for start, end in sentence_spans(text, language, max_chars)]


def assert_whole(text, spans, max_chars):
    """Every character that is not white space lies in exactly one span; spans are ordered, trimmed and short enough."""
    left = list(text)
    for start, end in spans:
        assert 0 < end - start <= max_chars
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        left[start:end] = " " * (end - start)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join(left).strip() == ""


class TestWhole:
    @given(st.text() | PROSE, LANGUAGES, st.integers(1, 300))
    def test_nothing_is_lost_or_doubled(self, text, language, max_chars):
        assert_whole(text, sentence_spans(text, language, max_chars), max_chars)

    @given(
        st.lists(
            st.sampled_from(["Ein Satz. ", "Noch einer! ", "„Zitat. Ende.“ ", "wort ", "x" * 700]),
            min_size=30,
            max_size=400,
        )
    )
    def test_nor_where_a_line_is_longer_than_the_window(self, parts):
        text = "".join(parts)
        assert_whole(text, sentence_spans(text, "de", 800), 800)


class TestBoundaries:
    def test_offsets_are_code_points_after_astral_characters(self):
        assert sentences("😀🎉 Erster Satz. Zweiter 😀 Satz! Dritter") == [
            "😀🎉 Erster Satz.",
            "Zweiter 😀 Satz!",
            "Dritter",
        ]

    def test_line_break_ends_a_sentence(self):
        assert sentences("Eine Überschrift\n\nEin Satz\n ohne Punkt ") == ["Eine Überschrift", "Ein Satz", "ohne Punkt"]

    def test_abbreviations_and_ordinals_of_the_language_do_not(self):
        text = "Am 3. Mai sprach Dr. Müller mit Prof. Kunz. Danach ging er."
        assert sentences(text) == ["Am 3. Mai sprach Dr. Müller mit Prof. Kunz.", "Danach ging er."]

    @pytest.mark.parametrize(
        ("text", "language", "expected"),
        [
            ("你好。我们走吧！好吗？", "zh", ["你好。", "我们走吧！", "好吗？"]),
            ("यह पहला है। यह दूसरा है।", "hi", ["यह पहला है।", "यह दूसरा है।"]),
            ("هل هذا صحيح؟ نعم.", "ar", ["هل هذا صحيح؟", "نعم."]),
            ("Μιλάει. Τέλος.", "el", ["Μιλάει.", "Τέλος."]),
        ],
    )
    def test_other_scripts(self, text, language, expected):
        assert sentences(text, language) == expected

    def test_no_text_has_no_sentences(self):
        assert sentences(" \n\t\n ") == []

    def test_sentence_of_the_seed_article_is_exactly_one_span(self):
        text = (ROOT / "seeds" / "000_6dea5b3e4e647803.txt").read_text("utf-8")
        assert (
            "Laut einer mit der Angelegenheit vertrauten Quelle habe Musk auch Telefongespräche mit dem russischen "
            "Präsidenten Wladimir Putin geführt."
        ) in sentences(text)


class TestLongSentences:
    FIRST = "„Wir haben lange über diesen Haushalt gestritten, in jeder einzelnen Sitzung seit dem vergangenen Herbst."
    MIDDLE = "Niemand hat es sich dabei leicht gemacht, weder in den Fraktionen noch in den zuständigen Ausschüssen."
    SECOND = "Am Ende haben wir uns auf eine Fassung geeinigt, mit der nach meinem Eindruck alle gut leben können.“"
    THIRD = (
        "Danach verließ Dr. Meier den Saal, ohne weitere Fragen der Journalisten zu beantworten, und fuhr nach Hause."
    )

    def test_long_quotation_is_split_at_its_sentences(self):
        assert sentences(f"{self.FIRST} {self.MIDDLE} {self.SECOND} {self.THIRD}") == [
            self.FIRST,
            self.MIDDLE,
            self.SECOND,
            self.THIRD,
        ]

    def test_short_quotation_is_left_whole(self):
        assert sentences("„Das ist gut. Sehr gut.“") == ["„Das ist gut. Sehr gut.“"]

    def test_not_before_a_lower_case_word(self):
        text = f"{self.FIRST} {self.MIDDLE} {self.SECOND[:-2]}!“ sagte er."
        assert sentences(text)[-1].endswith("können!“ sagte er.")

    def test_sentence_above_the_limit_is_cut_at_white_space(self):
        text = "wort " * 100
        found = sentences(text, max_chars=120)
        assert max(map(len, found)) <= 120
        assert set(" ".join(found).split()) == {"wort"}

    def test_word_above_the_limit_is_cut_anywhere(self):
        assert sentences("x" * 250, max_chars=100) == ["x" * 100, "x" * 100, "x" * 50]

    def test_window_does_not_cut_sentences(self):
        sentence = "Dieser Satz steht in einem Artikel, der aus einer einzigen langen Zeile besteht."
        count = 5 * WINDOW_CHARS // len(sentence)
        assert sentences(" ".join([sentence] * count)) == [sentence] * count


@pytest.mark.parametrize("unit", ["Ein Satz mit Punkt. ", "x", "„", "你好。", 'Er: "Ja. '])
def test_a_megabyte_in_one_line_takes_seconds(unit):
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    spans = sentence_spans(text, "de", 800)
    assert time.process_time() - begin < 30  # 2 s at most on an idle machine; the segmenter alone would take minutes
    assert sum(end - start for start, end in spans) > 0.9 * len(text.replace("\n", ""))
