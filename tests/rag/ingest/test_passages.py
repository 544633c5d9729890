import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.articles import Article
from rag.ingest.passages import split


def article(text, language="de"):
    return Article("a1", text, language=language)


class TestSplit:
    @given(
        st.text() | st.lists(st.sampled_from(["Ein Satz. ", "Kurz!\n", "😀. ", "wort ", "x" * 99])).map("".join),
        st.integers(1, 300),
    )
    def test_passages_tile_the_text(self, text, passage_chars):
        passages = split(article(text), passage_chars)
        covered = [0] * len(text)
        for passage in passages:
            assert passage.text == text[passage.start : passage.end]
            assert 0 < len(passage.text) <= passage_chars
            assert (passage.sentences[0][0], passage.sentences[-1][1]) == (passage.start, passage.end)
            for start, end in passage.sentences:
                for index in range(start, end):
                    covered[index] += 1
        assert all(count == 1 for count, character in zip(covered, text, strict=True) if not character.isspace())
        assert max(covered, default=0) <= 1
        assert passages == sorted(passages, key=lambda passage: passage.start)

    def test_short_article_is_one_passage(self):
        (passage,) = split(article("  Ein Satz. Noch einer.\nEnde. "), 800)
        assert passage.text == "Ein Satz. Noch einer.\nEnde."
        assert passage.article_id == "a1"
        assert passage.language == "de"
        assert passage.sentences == ((2, 11), (12, 23), (24, 29))

    def test_sizes_are_balanced_and_nothing_tiny_is_left_over(self):
        sentence = "Dies ist ein Satz mit fünfzig Zeichen, wie man sieht."
        text = " ".join([sentence] * 17)  # 917 characters: greedy packing would make 800 and 117
        lengths = [len(passage.text) for passage in split(article(text), 800)]
        assert len(lengths) == 2
        assert min(lengths) > 400

    def test_breaks_at_a_paragraph_end_when_that_costs_little(self):
        sentence = "Dies ist ein Satz mit fünfzig Zeichen, wie man sieht."
        text = " ".join([sentence] * 9) + "\n" + " ".join([sentence] * 7)
        first, second = split(article(text), 800)
        assert text[first.end] == "\n"
        assert second.start == first.end + 1

    def test_no_passage_without_text(self):
        assert split(article(" \n "), 800) == []

    def test_same_text_gives_same_passages(self):
        text = "Ein Satz. Noch einer! „Zitat.“\n" * 100
        assert split(article(text), 300) == split(article(text), 300)

    def test_size_below_one_is_refused(self):
        with pytest.raises(ValueError, match="passage_chars is 0"):
            split(article("Text."), 0)
