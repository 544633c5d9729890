"""Reading XQuAD's and XQuAD-R's files."""

import json

import pytest

from eval.benchmarks.squad import Unit, has_sentences, read_set, spread
from eval.json_lines import GoldError
from rag.articles import Article


class TestReadSet:
    def test_a_paragraph_is_an_article_of_its_language(self, folder):
        found = read_set(folder, "de")
        assert [article.id for article in found.candidates] == ["de-0", "de-1", "de-2", "de-3"]
        assert {article.language for article in found.candidates} == {"de"}
        assert found.candidates[2].text.startswith("Die Bibliothek in Mirabel")
        assert found.questions["q4"] == "Wer überquerte die Brücke von Pellworth?"
        assert found.right == {"q0": "de-0", "q1": "de-0", "q2": "de-1", "q3": "de-2", "q4": "de-3"}

    def test_the_other_layout_gives_the_same_paragraphs(self, folder, folder_r):
        assert read_set(folder_r, "es") == read_set(folder, "es")

    def test_a_sentence_is_an_article_and_the_one_with_the_answer_is_right(self, folder_r):
        found = read_set(folder_r, "en", Unit.SENTENCE)
        assert found.candidates[:2] == (
            Article("en-0-0", "The harbour of Ostrevik was closed on Monday after a storm.", language="en"),
            Article("en-0-1", "Repairs cost 12 million crowns.", language="en"),
        )
        assert len(found.candidates) == 7
        assert found.right == {"q0": "en-0-0", "q1": "en-0-1", "q2": "en-1-0", "q3": "en-2-0", "q4": "en-3-0"}

    def test_a_sentence_without_words_is_no_candidate(self, folder_r):
        paragraph = {"context": "“ Yes.", "sentence_breaks": [[0, 1], [2, 6]], "qas": []}
        (folder_r / "en.json").write_text(json.dumps({"data": [{"paragraphs": [paragraph]}]}))
        assert [article.text for article in read_set(folder_r, "en", Unit.SENTENCE).candidates] == ["Yes."]

    def test_a_language_that_is_not_there(self, folder):
        message = r"neither xquad\.fr\.json nor fr\.json\. Languages there: de, en, es\."
        with pytest.raises(GoldError, match=message):
            read_set(folder, "fr")

    def test_no_folder(self, tmp_path):
        with pytest.raises(GoldError, match="none is not a folder"):
            read_set(tmp_path / "none", "en")

    @pytest.mark.parametrize("language", ["", "EN", "../en", "english", "e"])
    def test_not_a_language(self, folder, language):
        with pytest.raises(GoldError, match="is not a language"):
            read_set(folder, language)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("{", "not JSON in UTF-8"),
            ("{}", "lacks 'data'"),
            ('{"data": [{"paragraphs": [{"qas": []}]}]}', "lacks 'context'"),
            ("[]", "another type"),
            ('{"data": [{"paragraphs": [{"context": "A", "qas": [{"id": "1"}]}]}]}', "lacks 'question'"),
        ],
    )
    def test_another_format(self, folder, content, message):
        (folder / "xquad.en.json").write_text(content)
        with pytest.raises(GoldError, match=rf"xquad\.en\.json .*{message}"):
            read_set(folder, "en")

    def test_sentences_that_the_file_does_not_know(self, folder):
        with pytest.raises(GoldError, match="lacks 'sentence_breaks'"):
            read_set(folder, "en", Unit.SENTENCE)


class TestHasSentences:
    def test_by_the_file(self, folder, folder_r):
        assert not has_sentences(folder, "en")
        assert has_sentences(folder_r, "en")


class TestSpread:
    @pytest.mark.parametrize(
        ("count", "expected"), [(None, "abcdefghij"), (99, "abcdefghij"), (5, "acegi"), (3, "adg"), (1, "a")]
    )
    def test_evenly(self, count, expected):
        assert "".join(spread("abcdefghij", count)) == expected
