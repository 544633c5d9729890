"""``rag eval speed`` on a small archive: that it measures what it says, not how fast this machine is."""

import json
import unicodedata

import pytest
from typer.testing import CliRunner

from eval.benchmarks import speed
from eval.benchmarks.invented import LANGUAGES, InventedText, questions
from eval.benchmarks.recombined import RecombinedText, gold_questions
from eval.cli import app
from eval.json_lines import GoldError
from rag import Archive
from rag.errors import NewsragError


@pytest.fixture
def quick(monkeypatch):
    """Encoding is measured on a few passages."""
    monkeypatch.setattr(speed, "_ENCODED", 32)
    monkeypatch.setattr(speed, "_ROUNDS", 1)


def run(*arguments):
    return CliRunner().invoke(app, ["speed", *map(str, arguments)], catch_exceptions=False)


class TestInventedText:
    def test_the_same_article_for_the_same_number(self):
        assert InventedText().article(7) == InventedText().article(7)
        assert InventedText().article(7) != InventedText().article(18)

    def test_each_language_in_its_script(self):
        for number, (language, script) in enumerate(LANGUAGES.items()):
            article = InventedText().article(number)
            letters = [sign for sign in article.text if sign.isalpha()]
            assert article.language == language
            assert {unicodedata.name(sign).split()[0] for sign in letters} == {script}

    def test_passages_have_exactly_so_many_words(self):
        found = InventedText().passages(len(LANGUAGES), 120)
        spaced = [text for text, language in zip(found, LANGUAGES, strict=True) if language != "zh"]
        assert {len(text.split()) for text in spaced} == {120}

    def test_some_words_are_everywhere_and_most_are_rare(self):
        text = InventedText()
        articles = [
            set(text.article(number).text.lower().split()) for number in range(0, 10 * len(LANGUAGES), len(LANGUAGES))
        ]
        everywhere = set.intersection(*articles)
        once = [word for word in set.union(*articles) if sum(word in article for article in articles) == 1]
        assert len(everywhere) >= 3
        assert len(once) > 0.5 * len(set.union(*articles))

    def test_questions_are_6_to_12_words_of_a_text(self):
        text = InventedText().article(0).text
        asked = questions([text], 50)
        assert len(set(asked)) == 50
        assert {len(question.split()) for question in asked} == set(range(6, 13))
        assert set(asked[0].rstrip("?").split()) <= set(text.replace(".", "").split())

    def test_questions_of_a_script_without_spaces(self):
        (question,) = questions([InventedText().article(list(LANGUAGES).index("zh")).text], 1)
        assert 12 <= len(question.rstrip("?")) <= 24

    def test_a_short_text(self):
        assert questions(["Only three words."], 1) == ["Only three words?"]


class TestRecombinedText:
    @pytest.fixture
    def articles(self, tmp_path):
        path = tmp_path / "articles.jsonl"
        texts = [
            " ".join(f"{word} number {n} of article {article} is here." for n in range(30))
            for article, word in enumerate(("Rain", "Snow", "Wind", "Hail", "Fog", "Sun", "Ice"))
        ]
        path.write_text("\n".join(json.dumps({"text": text, "lang": "en"}) for text in texts))
        return path

    def test_sentences_of_the_articles_in_another_order(self, articles):
        text = RecombinedText([articles])
        made = text.article(0)
        sentences = [part + "." for part in made.text.replace("\n\n", " ").rstrip(".").split(". ")]
        assert made == text.article(0) != text.article(1)
        assert len(sentences) == 40
        assert all(sentence.endswith("is here.") for sentence in sentences)
        assert len({sentence.split("article ")[1] for sentence in sentences}) == 7

    def test_too_few_sentences(self, tmp_path):
        (tmp_path / "few.jsonl").write_text(json.dumps({"text": "One. Two. Three words here.", "lang": "en"}))
        with pytest.raises(GoldError, match="no language with 200 sentences"):
            RecombinedText([tmp_path / "few.jsonl"])

    def test_gold_questions_of_both_sets(self):
        asked = gold_questions(300)
        assert len(asked) == 300
        assert len(set(asked)) > 150
        assert gold_questions(10)[0] == asked[0]

    @pytest.mark.usefixtures("quick")
    def test_measured(self, articles):
        tree = json.loads(run("--passages", 30, "--articles", articles, "--questions", 5, "--json").stdout)
        assert tree["text"] == "sentences of real articles, recombined"
        assert tree["passages"] >= 30


@pytest.mark.usefixtures("quick")
class TestMeasure:
    def test_all_figures(self):
        tree = json.loads(run("--passages", 300, "--questions", 20, "--json").stdout)
        assert 300 <= tree["passages"] < 320
        assert tree["questions"] == 20
        assert tree["text"] == "invented"
        assert tree["indexed_with"]["encoder"]
        assert min(tree["encoding"], tree["adding"], tree["median_ms"], tree["first_search_ms"]) > 0
        assert tree["p95_ms"] >= tree["median_ms"]

    def test_keeps_the_archive_and_takes_it_again(self, tmp_path):
        first = json.loads(run("--passages", 40, "--archive", tmp_path / "kept", "--questions", 3, "--json").stdout)
        with Archive.open(tmp_path / "kept") as archive:
            before = archive.list()
        printed = run("--passages", 40, "--archive", tmp_path / "kept", "--questions", 3).stdout
        assert "text  of the archive that was there" in printed
        assert "adding  not measured, the archive was there" in printed
        assert f"archive  {first['passages']:,} passages" in printed
        with Archive.open(tmp_path / "kept") as archive:
            assert archive.list() == before

    def test_never_adds_to_an_archive_that_is_there(self, tmp_path):
        run("--passages", 10, "--archive", tmp_path / "kept", "--questions", 1)
        with pytest.raises(NewsragError, match=r"passages, not 1,000\. Name another folder"):
            run("--passages", 1000, "--archive", tmp_path / "kept")

    def test_the_clock_runs_around_each_search_after_the_warm_up(self, monkeypatch, bar):
        searched = []
        monkeypatch.setattr(Archive, "search", lambda archive, question, limit=10: searched.append(question) or [])
        found = speed.measure(10, asked=5, bar=bar)
        assert found.questions == 5
        assert len(searched) == 1 + 20 + 5
        assert ("Searching", 25, 25) in bar.told
