"""``rag eval xquad --mixed``: one pool of all languages."""

import json

import pytest
from typer.testing import CliRunner

from eval.benchmarks import lareqa
from eval.benchmarks.lareqa import article_ranks, mixed_figures
from eval.benchmarks.squad import Unit
from eval.cli import app
from rag import Archive, Hit, Passage
from rag.errors import NewsragError


@pytest.fixture
def finding(monkeypatch):
    """Archives whose search always finds these articles, in this order."""

    def tell(*ids):
        hits = [Hit(1 / rank, Passage(article, 0, 1, "…")) for rank, article in enumerate(ids, start=1)]
        monkeypatch.setattr(Archive, "search", lambda archive, question, limit=10: hits[:limit])

    return tell


class TestArticleRanks:
    def test_only_the_best_passage_of_an_article_counts(self):
        assert article_ranks(["a", "a", "b", "a", "c"]) == {"a": 1, "b": 2, "c": 3}


class TestMixedFigures:
    def test_by_hand(self):
        found = mixed_figures([{"en": 1, "de": 2}, {"en": 3, "de": None}])
        assert found.n == 2
        assert found.map == pytest.approx((1 + (1 / 3) / 2) / 2)
        assert found.mean_rank == {"de": (2 + 101) / 2, "en": 2}
        assert found.found == {"de": 0.5, "en": 1}
        assert found.spread == 49.5

    def test_a_language_may_lack_a_question(self):
        assert mixed_figures([{"en": 1, "de": 2}, {"en": 3}]).mean_rank == {"de": 2, "en": 2}

    def test_of_nothing(self):
        with pytest.raises(ValueError, match="without questions"):
            mixed_figures([])


class TestMeasure:
    def test_every_translation_is_right(self, folder, bar, finding):
        # Of five questions two are about paragraph 0; its three translations stand at 1, 2 and 4.
        finding("en-0", "de-0", "x", "es-0")
        found = lareqa.measure(folder, ["en", "de", "es"], bar=bar)
        assert found.unit is Unit.PARAGRAPH
        assert found.pool.languages == {"de": 4, "en": 4, "es": 4}
        assert list(found.search) == ["en", "de", "es", "all"]
        assert [row.n for row in found.search.values()] == [5, 5, 5, 15]
        asked = found.search["de"]
        assert asked.map == pytest.approx((1 + 1 + 3 / 4) / 3 * 2 / 5)
        assert asked.mean_rank == pytest.approx({"en": (2 + 303) / 5, "de": (4 + 303) / 5, "es": (8 + 303) / 5})
        assert asked.spread == pytest.approx(6 / 5)
        assert asked.found == {"en": 0.4, "de": 0.4, "es": 0.4}
        assert found.search["all"].map == pytest.approx(asked.map)

    def test_through_the_real_search(self, folder, bar):
        found = lareqa.measure(folder, ["en", "de"], questions=4, bar=bar)
        assert found.search["all"].n == 8
        assert found.search["all"].map > 0.7
        assert found.search["en"].map > found.bm25["en"].map > 0

    def test_sentences_where_the_files_have_them(self, folder_r, bar, finding):
        finding("en-0-1", "de-0-0")
        found = lareqa.measure(folder_r, ["en", "de"], bar=bar)
        assert found.unit is Unit.SENTENCE
        assert found.pool.articles == 14
        # q0 finds its German sentence second, q1 its English one first.
        assert found.search["en"].map == pytest.approx((1 / 2 / 2 + 1 / 2) / 5)

    def test_paragraphs_unless_all_files_have_sentences(self, folder, folder_r, bar):
        (folder_r / "xquad.es.json").write_bytes((folder / "xquad.es.json").read_bytes())
        assert lareqa.measure(folder_r, ["en", "es"], questions=1, bar=bar).unit is Unit.PARAGRAPH

    def test_among_other_articles(self, folder, bar, tmp_path):
        (tmp_path / "others.jsonl").write_text(json.dumps({"text": "Nothing else happened today.", "lang": "en"}))
        found = lareqa.measure(folder, ["en"], among=[tmp_path / "others.jsonl"], questions=1, bar=bar)
        assert found.pool.articles == 5


class TestCommand:
    def run(self, *arguments):
        return CliRunner().invoke(app, ["xquad", "--mixed", *map(str, arguments)], catch_exceptions=False)

    def test_prints_map_and_the_mean_rank_by_language(self, folder, finding):
        finding("en-0", "de-0", "en-1", "de-1", "en-2", "de-2", "en-3", "de-3")
        printed = [
            " ".join(line.split()) for line in self.run("--data", folder, "--languages", "en,de").stdout.splitlines()
        ]
        # Ranks of en: 1, 1, 3, 5, 7; of de: one more.
        value = (1 + 1 + (1 / 3 + 2 / 4) / 2 + (1 / 5 + 2 / 6) / 2 + (1 / 7 + 2 / 8) / 2) / 5
        assert f"de 5 {value:.3f} 4.40 3.40 1.00" in printed
        assert f"all 10 {value:.3f} 4.40 3.40 1.00" in printed
        assert "Candidates are paragraphs. Pool: 8 articles (de 4, en 4), 8 passages" in printed

    def test_json(self, folder_r):
        tree = json.loads(self.run("--data", folder_r, "--languages", "en,de", "--questions", 1, "--json").stdout)
        assert tree["unit"] == "sentence"
        assert set(tree["search"]) == set(tree["bm25"]) == {"en", "de", "all"}
        assert set(tree["search"]["all"]) == {"n", "map", "mean_rank", "found", "spread"}

    def test_not_with_misses(self, folder):
        with pytest.raises(NewsragError, match="leave --mixed away"):
            self.run("--data", folder, "--languages", "en", "--misses")
