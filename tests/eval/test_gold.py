"""The gold sets are what their README says: well-formed lines, exact spans, enough of each kind."""

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from eval.gold_set import SHIPPED, articles_of
from eval.validating import read_articles, validate
from rag.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "eval" / "gold"
FIELDS = {"id", "language", "question", "answerable", "evidence", "answer", "note"}
LANGUAGES = {
    "ar",
    "cs",
    "de",
    "el",
    "en",
    "es",
    "fr",
    "he",
    "hi",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sv",
    "tr",
    "uk",
    "zh",
}
KINDS = {
    "absent detail",
    "false premise",
    *(
        f"other {what}"
        for what in ("date", "group", "institution", "number", "pairing", "person", "place", "ship", "work")
    ),
}
# People of the seed article: the development set must not know them.
SEED_NAMES = ("Musk", "Putin", "Selenskyj", "Zelensk", "Trump", "Vance", "Kamala", "Маск", "Путин", "马斯克")


@dataclass(frozen=True)
class GoldSet:
    """One question file, the folder of its articles and the least it must hold."""

    questions: Path
    articles: Path
    at_least: int
    unanswerable: int
    languages: int

    def rows(self) -> list[dict]:
        lines = self.questions.read_bytes().decode("utf-8").split("\n")
        assert lines.pop() == "", "the file ends with a newline"
        return [json.loads(line) for line in lines]

    def article(self, name: str) -> str:
        return normalise((self.articles / name).read_bytes())


SETS = {
    "seed": GoldSet(GOLD / "seed.jsonl", ROOT / "seeds", at_least=110, unanswerable=35, languages=14),
    "dev": GoldSet(
        GOLD / "dev" / "questions.jsonl", GOLD / "dev" / "articles", at_least=180, unanswerable=70, languages=12
    ),
}


def normalise(data: bytes) -> str:
    """The text that the offsets count in, as eval/gold/README.md defines it."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


@pytest.fixture(params=SETS, scope="module")
def gold(request):
    return SETS[request.param]


@pytest.fixture(scope="module")
def rows(gold):
    return gold.rows()


class TestGold:
    def test_every_line_has_exactly_the_fields(self, rows):
        for row in rows:
            assert set(row) == FIELDS, row.get("id")
            assert isinstance(row["answerable"], bool), row["id"]
            assert isinstance(row["evidence"], list), row["id"]
            for field in ("id", "language", "question", "answer", "note"):
                assert isinstance(row[field], str), row["id"]

    def test_ids_and_questions_are_unique(self, rows):
        for field in ("id", "question"):
            twice = [value for value, count in Counter(row[field] for row in rows).items() if count > 1]
            assert not twice

    def test_languages_are_known(self, rows):
        assert {row["language"] for row in rows} <= LANGUAGES

    def test_questions_are_clean_text(self, rows):
        for row in rows:
            question = row["question"]
            assert question, row["id"]
            assert question == question.strip(), row["id"]
            assert unicodedata.is_normalized("NFC", question), row["id"]
            assert question.isprintable(), row["id"]

    def test_every_quote_is_its_span(self, gold, rows):
        for row in rows:
            for evidence in row["evidence"]:
                assert set(evidence) == {"article", "quote", "start", "end"}, row["id"]
                text = gold.article(evidence["article"])
                assert 0 <= evidence["start"] < evidence["end"] <= len(text), row["id"]
                assert text[evidence["start"] : evidence["end"]] == evidence["quote"], row["id"]

    def test_evidence_is_whole_sentences(self, gold, rows):
        """A quote starts after a break and ends with a full stop, closed by a quotation mark or not."""
        for row in rows:
            for evidence in row["evidence"]:
                text, quote = gold.article(evidence["article"]), evidence["quote"]
                assert quote == quote.strip(), row["id"]
                assert "\n" not in quote, row["id"]
                assert quote.rstrip("“”»").rstrip().endswith((".", "!", "?")), row["id"]
                before, after = text[: evidence["start"]], text[evidence["end"] :]
                assert not before or before[-1].isspace(), row["id"]
                assert not after or after[0].isspace(), row["id"]
                assert not before or before.rstrip().rstrip("“”»").rstrip().endswith((".", "!", "?")), row["id"]

    def test_answerable_have_evidence_and_an_answer(self, rows):
        for row in rows:
            if row["answerable"]:
                assert row["evidence"], row["id"]
                assert row["answer"], row["id"]
                spans = [(e["article"], e["start"], e["end"]) for e in row["evidence"]]
                assert len(set(spans)) == len(spans), row["id"]

    def test_unanswerable_have_neither_but_a_reason(self, rows):
        for row in rows:
            if not row["answerable"]:
                assert row["evidence"] == [], row["id"]
                assert row["answer"] == "", row["id"]
                assert row["note"].partition(":")[0] in KINDS, row["id"]

    def test_there_are_enough(self, gold, rows):
        assert len(rows) >= gold.at_least
        assert sum(not row["answerable"] for row in rows) >= gold.unanswerable
        assert len({row["language"] for row in rows}) >= gold.languages


class TestSeed:
    def test_every_sentence_of_the_article_answers_something(self):
        gold = SETS["seed"]
        (name,) = {e["article"] for row in gold.rows() for e in row["evidence"]}
        text = gold.article(name)
        covered = set()
        for row in gold.rows():
            for evidence in row["evidence"]:
                covered.update(range(evidence["start"], evidence["end"]))
        assert not [c for i, c in enumerate(text) if i not in covered and not c.isspace()]


class TestDev:
    def test_ids_name_an_article(self):
        gold = SETS["dev"]
        for row in gold.rows():
            article = row["id"].rpartition("-")[0] + ".txt"
            assert (gold.articles / article).is_file()
            assert {e["article"] for e in row["evidence"]} <= {article}

    def test_two_thirds_are_asked_in_another_language(self):
        rows = SETS["dev"].rows()
        assert sum(row["id"].split("-")[1] != row["language"] for row in rows) >= len(rows) * 2 / 3

    def test_articles_are_six_and_of_news_length(self):
        paths = sorted(SETS["dev"].articles.glob("*.txt"))
        assert [path.stem for path in paths] == [f"dev-{language}" for language in ("de", "en", "es", "fr", "pl", "ru")]
        for path in paths:
            assert 300 <= len(normalise(path.read_bytes()).split()) <= 450, path.name

    def test_knows_nobody_of_the_seed_article(self):
        gold = SETS["dev"]
        texts = [normalise(path.read_bytes()) for path in gold.articles.glob("*.txt")]
        texts += [row["question"] + row["answer"] + row["note"] for row in gold.rows()]
        assert not [name for name in SEED_NAMES for text in texts if name in text]


@pytest.fixture(params=[*SHIPPED, "dev"], scope="module")
def checked(request):
    gold = SHIPPED.get(request.param, SETS["dev"].questions)
    return validate(gold, read_articles(articles_of(gold), Settings()), Settings().passage_chars)


class TestShipped:
    def test_every_set_is_proved(self, checked):
        assert not list(map(str, checked.errors))
        assert not checked.unreviewed

    @pytest.mark.parametrize("checked", ["newsroom"], indirect=True)
    def test_the_newsroom_is_large_and_of_many_languages(self, checked):
        assert checked.articles >= 60
        assert len(checked.article_languages) >= 8
        assert checked.questions >= 400
        assert checked.kinds["unanswerable"] >= 100
        assert checked.across >= checked.answerable / 2

    @pytest.mark.parametrize("checked", ["seed"], indirect=True)
    def test_the_seed_set_is_of_many_languages(self, checked):
        assert checked.questions >= 100
        assert len(checked.languages) >= 10
