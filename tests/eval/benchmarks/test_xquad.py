"""``rag eval xquad``: pairs of languages on a small parallel set, through the real archive."""

import json

import pytest
from typer.testing import CliRunner

from eval.benchmarks import xquad
from eval.benchmarks.xquad import parse_pairs, rank_of
from eval.cli import app
from eval.json_lines import GoldError
from rag import Archive, Hit, Passage
from rag.errors import NewsragError


def run(*arguments):
    return CliRunner().invoke(app, ["xquad", *map(str, arguments)], catch_exceptions=False)


def lines(result):
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


@pytest.fixture
def finding(monkeypatch):
    """Archives whose search finds the articles it is told to, in that order."""

    def tell(found):
        def search(archive, question, limit=10):
            ids = found(question)
            return [Hit(1 / rank, Passage(article, 0, 1, "…")) for rank, article in enumerate(ids[:limit], start=1)]

        monkeypatch.setattr(Archive, "search", search)

    return tell


class TestParsePairs:
    def test_all_pairs_of_the_languages(self):
        assert parse_pairs("en, de", None) == (("en", "en"), ("de", "en"), ("en", "de"), ("de", "de"))

    def test_only_those_named_each_once(self):
        assert parse_pairs(None, "en-de, de-en,en-de") == (("en", "de"), ("de", "en"))
        assert parse_pairs("en,de", "de-de") == (("de", "de"),)

    @pytest.mark.parametrize("pairs", ["en", "en-", "-de", "en-de-es", "-"])
    def test_not_a_pair(self, pairs):
        with pytest.raises(GoldError, match="is not a pair of languages"):
            parse_pairs(None, pairs)

    @pytest.mark.parametrize(("languages", "pairs"), [(None, None), ("", None), (",", None), (None, " ,")])
    def test_nothing(self, languages, pairs):
        with pytest.raises(GoldError, match=r"Which languages|names no language|names no pair"):
            parse_pairs(languages, pairs)

    def test_a_pair_of_another_language(self):
        with pytest.raises(GoldError, match="'en-fr' has fr, which --languages does not"):
            parse_pairs("en,de", "en-fr")


class TestRankOf:
    def test_that_of_the_best_passage_among_all_passages(self):
        assert rank_of("b", ["a", "a", "b", "b"]) == 3
        assert rank_of("c", ["a", "b"]) is None


class TestMeasure:
    def test_asks_each_pair_about_the_paragraphs_of_its_second_language(self, folder, bar):
        results = list(xquad.measure(folder, [("en", "en"), ("de", "en"), ("de", "de")], bar=bar))
        assert [(found.questions, found.paragraphs) for found in results] == [("en", "en"), ("de", "en"), ("de", "de")]
        assert [found.pool.languages for found in results] == [{"en": 4}, {"en": 4}, {"de": 4}]
        assert [found.search.n for found in results] == [5, 5, 5]
        assert results[0].search.recall_at_1 == results[0].bm25.recall_at_1 == 1
        assert results[1].search.recall_at_10 == 1
        assert ("de → en: asking", 5, 5) in bar.told

    def test_figures_by_hand(self, folder, bar, finding):
        right = {"When": 1, "What do": 2, "What did": 4, "How": 1, "Who": None}
        gold = {"When": "en-0", "What do": "en-0", "What did": "en-1", "How": "en-2", "Who": "en-3"}

        def found(question):
            (start,) = (start for start in right if question.startswith(start))
            rank = right[start]
            return ["x"] * 20 if rank is None else ["x"] * (rank - 1) + [gold[start]]

        finding(found)
        (result,) = xquad.measure(folder, [("en", "en")], bar=bar)
        assert (result.search.recall_at_1, result.search.recall_at_10) == (0.4, 0.8)
        assert result.search.mrr == pytest.approx((1 + 1 / 2 + 1 / 4 + 1) / 5)
        assert [(missed.id, missed.rank, missed.first) for missed in result.misses] == [
            ("q1", 2, "x"),
            ("q2", 4, "x"),
            ("q4", None, "x"),
        ]

    def test_the_right_paragraph_is_that_of_the_paragraphs_language(self, folder, bar, finding):
        finding(lambda question: ["en-3", "de-3"])
        (result,) = xquad.measure(folder, [("en", "de")], bar=bar)
        assert (result.search.recall_at_1, result.search.recall_at_10) == (0, 0.2)

    def test_some_questions(self, folder, bar):
        (result,) = xquad.measure(folder, [("es", "de")], questions=2, bar=bar)
        assert result.search.n == 2

    def test_among_other_articles(self, folder, bar, tmp_path):
        others = tmp_path / "others.jsonl"
        text = "When was the harbour of Ostrevik closed? The harbour of Ostrevik was closed in May."
        others.write_text("\n".join(json.dumps({"text": f"{text} {n}", "lang": "en"}) for n in range(3)))
        results = list(xquad.measure(folder, [("en", "en"), ("en", "de")], among=[others], bar=bar))
        assert [found.pool.languages for found in results] == [{"en": 7}, {"de": 4, "en": 3}]
        assert results[0].search.recall_at_1 < 1
        assert results[0].misses[0].first.startswith("others")

    def test_sets_without_a_common_question(self, folder, bar):
        path = folder / "xquad.de.json"
        path.write_text(path.read_text(encoding="utf-8").replace('"id": "q', '"id": "other'), encoding="utf-8")
        with pytest.raises(GoldError, match="'en' and 'de' have no question in common"):
            list(xquad.measure(folder, [("en", "de")], bar=bar))


class TestCommand:
    def test_prints_a_row_for_each_pair_and_the_mean(self, folder, finding):
        finding(lambda question: ["de-0", "en-0"])
        printed = lines(run("--data", folder, "--pairs", "en-en,de-de"))
        assert "en → en 5 0.000 0.400 0.200 1.000 1.000 1.000" in printed
        assert "de → de 5 0.400 0.400 0.400 1.000 1.000 1.000" in printed
        assert "mean 0.200 0.400 0.300 1.000 1.000 1.000" in printed
        assert "Pool of de: 4 articles (de 4), 4 passages" in printed

    def test_json(self, folder):
        tree = json.loads(run("--data", folder, "--languages", "en", "--json").stdout)
        (pair,) = tree["pairs"]
        assert (pair["questions"], pair["paragraphs"]) == ("en", "en")
        assert pair["search"] == {"n": 5, "recall_at_1": 1.0, "recall_at_10": 1.0, "mrr": 1.0}
        assert pair["pool"]["articles"] == 4

    def test_misses(self, folder, finding):
        finding(lambda question: ["en-2", "en-0"])
        printed = lines(run("--data", folder, "--pairs", "en-en", "--misses"))
        assert "en → en q0 When was the harbour of Ostrevik closed? right en-0 at rank 2, first en-2" in printed
        assert not any("How many books" in line for line in printed)
        assert any("right en-3 at rank over 100" in line for line in printed)

    def test_leaves_the_users_archive_alone(self, folder, tmp_path):
        run("--data", folder, "--languages", "en")
        assert not (tmp_path / "default-archive").exists()

    @pytest.mark.parametrize(
        "options",
        [["--mixed"], ["--mixed", "--languages", "en,de", "--pairs", "en-de"], ["--mixed", "--pairs", "en-de"]],
    )
    def test_mixed_takes_languages(self, folder, options):
        with pytest.raises(NewsragError, match="name them with --languages, and give no --pairs"):
            run("--data", folder, *options)

    def test_a_missing_language_is_an_error_before_anything_is_added(self, folder, finding):
        with pytest.raises(NewsragError, match="Languages there: de, en, es"):
            run("--data", folder, "--languages", "en,fr")
