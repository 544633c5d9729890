import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.articles import Article
from rag.retrieval import copies, same_words

REPORT = (
    "LYON (agency) – A freight train ran off the rails near Lyon early on Tuesday and blocked the main line "
    "to the south for most of the day. The driver was slightly hurt, the railway said. About 308 "
    "travellers waited in the next town until buses took them on. Engineers found a broken rail and want to inspect "
    "the whole section before the weekend. The transport minister promised a report within two weeks."
)
SHORTENED = ". ".join(REPORT.removeprefix("LYON (agency) – ").split(". ")[:3]) + "."
OTHER = (
    "Near Lyon a goods train derailed on Tuesday morning, closing the line southwards until the evening. Its driver "
    "got away with bruises. Hundreds of people had to change to buses, among them a school class on its way to "
    "Marseille. A worn rail is thought to be the cause, and the operator announced checks along the entire section."
)
CHINESE = (
    "周二清晨，一列货运列车在里昂附近脱轨，通往南部的主要铁路线大半天中断。铁"
    "路公司说，司机受了轻伤。大约三百名旅客在邻近的小镇等候大巴。"
)


class TestCopies:
    def test_one_report_in_three_papers_is_one(self):
        articles = [
            Article("c", SHORTENED, published="2024-11-09"),
            Article("a", REPORT.upper(), published="2024-11-08T10:00:00+01:00"),
            Article("b", f"From our agency desk. {REPORT} More to follow.", published="2024-11-08T09:00:00+01:00"),
            Article("d", OTHER, published="2024-11-07"),
        ]
        assert copies(articles) == {"a": "b", "b": "b", "c": "b", "d": "d"}

    def test_the_earliest_stands_for_all_then_the_smaller_id_and_undated_ones_last(self):
        undated = [Article("a", REPORT), Article("b", REPORT, published="2024"), Article("c", REPORT, published="2024")]
        assert set(copies(undated).values()) == {"b"}

    def test_copies_of_a_copy_are_one_group(self):
        parts = [REPORT, f"{REPORT} {OTHER}", OTHER]
        found = copies([Article(str(number), text) for number, text in enumerate(parts)])
        assert set(found.values()) == {"0"}

    def test_a_correction_is_a_copy_though_its_sentence_is_not(self):
        corrected = REPORT.replace("308", "380")
        assert copies([Article("a", REPORT), Article("b", corrected)]) == {"a": "a", "b": "a"}
        assert not same_words("About 308 travellers waited.", "About 380 travellers waited.")

    def test_a_quoted_sentence_is_no_copy(self):
        sentence = "The driver was slightly hurt, the railway said."
        assert copies([Article("a", REPORT), Article("b", sentence)]) == {"a": "a", "b": "b"}

    def test_short_texts_are_copies_when_equal(self):
        assert copies([Article("a", "The ferry is late."), Article("b", "The ferry is late!")]) == {"a": "a", "b": "a"}

    def test_without_spaces_between_words(self):
        articles = [Article("a", CHINESE), Article("b", CHINESE[:50]), Article("c", CHINESE[::-1])]
        assert copies(articles) == {"a": "a", "b": "a", "c": "c"}

    def test_none_of_none(self):
        assert copies([]) == {}

    @given(st.lists(st.tuples(st.text(), st.sampled_from([None, "2024-01-01", "2025-01-01"])), max_size=5))
    def test_whoever_stands_for_others_stands_for_itself(self, given_articles):
        articles = [Article(str(n), text, published=date) for n, (text, date) in enumerate(given_articles)]
        found = copies(articles)
        assert found.keys() == {article.id for article in articles}
        assert all(found[representative] == representative for representative in found.values())
        assert copies(articles[::-1]) == found

    def test_twenty_articles_take_no_time_to_speak_of(self):
        texts = [f"{REPORT} {number} {OTHER} " * 5 for number in range(20)]
        started = time.perf_counter()
        copies([Article(str(number), text) for number, text in enumerate(texts)])
        assert time.perf_counter() - started < 1.0


class TestSameWords:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("“He left,” she said.", "He  left, she said"),
            ("Die Groß-\u00adstadt – gestern", "die gross stadt gestern"),
            ("in 12,5\u00a0% of cases", "In 12,5 % of cases."),
            ("10:30 a.m.", "10:30 a.m"),
        ],
    )
    def test_case_white_space_and_punctuation_do_not_count(self, one, other):
        assert same_words(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("308 people", "380 people"),
            ("3.8 million", "38 million"),
            ("-5 degrees", "5 degrees"),
            ("up 5 %", "up 5"),
            ("He left", "He never left"),
            ("$5", "€5"),
        ],
    )
    def test_what_changes_the_sense_does(self, one, other):
        assert not same_words(one, other)

    @given(st.text())
    def test_every_text_says_the_same_as_itself(self, text):
        assert same_words(text, text)
