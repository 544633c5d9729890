import json
import re

import pytest

from eval import gold_set
from eval.gold_set import (
    SEED_ARTICLES,
    SEED_GOLD,
    Evidence,
    Question,
    articles_of,
    check_reviewed,
    gold_line,
    read_gold,
)
from eval.json_lines import GoldError
from rag.errors import NewsragError

ANSWERABLE = {
    "id": "q1",
    "language": "en",
    "question": "Who sang?",
    "answerable": True,
    "evidence": [{"article": "a.txt", "quote": "Ada sang.", "start": 4, "end": 13}],
    "answer": "Ada",
    "note": "",
}
UNANSWERABLE = {"id": "q2", "language": "de", "question": "Wer tanzte?", "answerable": False, "evidence": []}


def write(path, *lines):
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path):
    return tmp_path / "gold.jsonl"


class TestReadGold:
    def test_reads_every_field(self, gold):
        first, second = read_gold(write(gold, ANSWERABLE, "", UNANSWERABLE))
        evidence = (Evidence("a.txt", 4, 13, "Ada sang."),)
        assert first == Question("q1", "en", "Who sang?", True, evidence, "Ada", where=f"{gold}:1")
        assert second == Question("q2", "de", "Wer tanzte?", False, where=f"{gold}:3")

    def test_takes_a_byte_order_mark_and_windows_line_ends(self, gold):
        gold.write_bytes(b"\xef\xbb\xbf" + json.dumps(UNANSWERABLE).encode() + b"\r\n")
        assert [question.id for question in read_gold(gold)] == ["q2"]

    def test_a_line_separator_inside_a_question_breaks_no_line(self, gold):
        (question,) = read_gold(write(gold, UNANSWERABLE | {"question": "Wer\u2028tanzte?"}))
        assert question.question == "Wer\u2028tanzte?"

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("{", "not JSON"),
            ("[" * 100_000, "not JSON"),
            ("[]", "a question is a JSON object, not list"),
            ({"id": "q"}, "lacks answerable, evidence, language, question"),
            (UNANSWERABLE | {"lang": "de"}, "has no lang. Fields are: answer, answerable, answers, as_of"),
            (UNANSWERABLE | {"question": " "}, "question is ' '; it is text that is not empty"),
            (UNANSWERABLE | {"note": None}, "note is None; it is text"),
            (UNANSWERABLE | {"answerable": 0}, "answerable is 0; it is true or false"),
            (UNANSWERABLE | {"reviewed": "no"}, "reviewed is 'no'; it is true or false"),
            (UNANSWERABLE | {"evidence": None}, "evidence is None; it is a list"),
            (UNANSWERABLE | {"answerable": True}, "an answerable question needs evidence"),
            (ANSWERABLE | {"answerable": False}, "an unanswerable question has no evidence"),
        ],
    )
    def test_a_bad_line_is_named(self, gold, line, message):
        with pytest.raises(GoldError, match=f"^{re.escape(str(gold))}:2: .*{re.escape(message)}"):
            read_gold(write(gold, UNANSWERABLE, line))

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"start": 13, "end": 4}, "13 to 4 is not a span"),
            ({"start": -1, "end": 8}, "-1 to 8 is not a span"),
            ({"start": 4.0}, "the offset 4.0 is not a whole number"),
            ({"start": True}, "the offset True is not a whole number"),
            ({"end": 14}, "the quote has 9 characters and its span 10"),
            ({"article": ""}, "article is ''"),
            ({"text": "Ada"}, "evidence has no text"),
        ],
    )
    def test_bad_evidence_is_named(self, gold, change, message):
        evidence = ANSWERABLE["evidence"][0] | change
        with pytest.raises(GoldError, match=f":1: .*{re.escape(message)}"):
            read_gold(write(gold, ANSWERABLE | {"evidence": [evidence]}))

    def test_an_id_twice_names_both_lines(self, gold):
        with pytest.raises(GoldError, match=r"gold\.jsonl:2: the id 'q2' is taken already, at .*gold\.jsonl:1"):
            read_gold(write(gold, UNANSWERABLE, UNANSWERABLE))

    def test_no_file(self, gold):
        with pytest.raises(NewsragError, match=r"Cannot read the gold questions .*gold\.jsonl: No such file"):
            read_gold(gold)

    def test_not_utf8(self, gold):
        gold.write_bytes(b'{"id": "\xe9"}')
        with pytest.raises(GoldError, match=r"is not UTF-8 \(byte 8\)"):
            read_gold(gold)

    def test_empty(self, gold):
        with pytest.raises(GoldError, match="holds no question"):
            read_gold(write(gold, ""))

    def test_reads_the_sets_of_the_repository(self):
        assert len(read_gold(SEED_GOLD)) > 100
        assert len(read_gold(SEED_GOLD.parent / "dev" / "questions.jsonl")) > 100


class TestArticlesOf:
    def test_beside_the_questions(self, gold):
        (gold.parent / "articles").mkdir()
        assert articles_of(gold) == gold.parent / "articles"

    def test_else_the_seeds(self, gold):
        assert articles_of(gold) == SEED_ARTICLES
        assert articles_of(SEED_GOLD) == SEED_ARTICLES

    def test_an_installed_package_has_no_seeds(self, gold, monkeypatch):
        monkeypatch.setattr(gold_set, "SEED_ARTICLES", gold.parent / "seeds")
        with pytest.raises(GoldError, match=r"No articles for gold\.jsonl: .*--articles"):
            articles_of(gold)


class TestReviewed:
    def test_a_question_is_reviewed_unless_it_says_otherwise(self, gold):
        first, second = questions = read_gold(write(gold, ANSWERABLE, UNANSWERABLE | {"reviewed": False}))
        assert (first.reviewed, second.reviewed) == (True, False)
        check_reviewed([first], gold)
        with pytest.raises(GoldError, match=r"gold\.jsonl: 1 of 2 questions are not reviewed\..* --unreviewed\.$"):
            check_reviewed(questions, gold)

    @pytest.mark.parametrize("more", [{}, {"reviewed": False, "answers": ["Ada", "艾达"], "as_of": "2031-01-01"}])
    def test_a_question_is_written_as_it_is_read(self, gold, more):
        (question,) = read_gold(write(gold, ANSWERABLE | more))
        assert read_gold(write(gold, gold_line(question))) == (question,)
