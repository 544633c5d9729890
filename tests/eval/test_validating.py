"""``rag eval check`` on two small articles: what is wrong is found, named and counted."""

import json

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.validating import read_articles, validate
from rag import Archive
from rag.errors import NewsragError
from rag.settings import Settings

HARBOUR = """The harbour of Ostrevik was closed on Monday after a heavy storm had damaged the quay.
Mayor Ingrid Solvang said repairs cost 12 million crowns. The ferry to Lunnavik will not sail before Friday.
"""
MARKDOWN = f"---\ntitle: Storm\ndate: 2031-03-04\nlanguage: en\n---\n{HARBOUR}"
COST = "Mayor Ingrid Solvang said repairs cost 12 million crowns."
ASKED = "How much money did the mayor of the town say that the repairs of the quay would cost?"


def evidence(quote=COST, article="harbour.md", shift=0, **more):
    start = HARBOUR.index(quote) + shift
    return {"article": article, "quote": quote, "start": start, "end": start + len(quote)} | more


def question(*listed, **more):
    fields = {"id": "cost", "language": "en", "question": ASKED, "answerable": True, "evidence": listed or [evidence()]}
    return fields | more


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "harbour.md").write_text(MARKDOWN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def check(folder):
    def of(*questions):
        gold = folder / "gold.jsonl"
        lines = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in questions)
        gold.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return validate(gold, read_articles(folder / "articles", Settings()), 800)

    return of


def test_a_right_set_is_counted(check):
    french = question(id="fr", language="fr", question="Combien coûteront les réparations du port, selon la maire ?")
    near = question(id="no", question="Who is the mayor of the other town?", answerable=False, evidence=[])
    found = check(question(kind="fact"), french, near | {"reviewed": False})
    assert found.findings == ()
    assert found.kinds == {"answerable": 1, "fact": 1, "unanswerable": 1}
    assert found.languages == {"en": 2, "fr": 1}
    assert found.pairs == {"en→en": 1, "fr→en": 1}
    assert (found.answerable, found.across, found.unreviewed, found.article_languages) == (2, 1, 1, ("en",))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (question(evidence(shift=1)), "harbour.md has other words at 88 to 145: it stands at 87 to 144."),
        (question(evidence() | {"quote": "x" * 57}), "harbour.md has other words at 87 to 144: it stands nowhere."),
        (question(evidence(article="port.md")), "no article, or more than one, is called 'port.md'."),
        (question(evidence(part=2)), "the parts are 2; they count from 1 without a gap."),
        (question(evidence(), evidence(part=3)), "the parts are 1, 3; they count from 1 without a gap."),
        (question(evidence(), evidence()), "harbour.md 87 to 144 is listed 2 times in part 1."),
        (question(language="xx"), "'xx' is no language code that newsrag knows (ISO 639-1)."),
        (question(language="de"), "is tagged de, but looks like en."),
        (question(as_of="2031-03-03"), "as_of is 2031-03-03, before all evidence of part 1: 2031-03-04."),
        (question(kind="riddle"), "there is no kind 'riddle'. Kinds are: fact, several, comparison"),
        (question(kind="false_premise"), "is of kind false_premise and answerable is true."),
        (question(kind="several"), "is of kind several and has evidence of one part only."),
        (question(kind="as_of"), "is of kind as_of and has no as_of."),
        (question(answerable=False), "an unanswerable question has no evidence."),
        ("{", "not JSON"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(check, folder, wrong, message):
    right = question(id="first", question="When will the ferry to the island sail again after the storm?")
    (finding,) = check(right, wrong).errors
    assert str(finding).startswith(f"{folder / 'gold.jsonl'}:2: {message}")


def test_doubles(check):
    again = question(id="again", question=f"  {ASKED.upper()}")
    assert [
        finding.text.split(", at")[0].split(" as ")[0] for finding in check(question(), again, question()).errors
    ] == [
        "asks the same",
        "the id 'cost' is taken already",
        "asks the same",
    ]


def test_on_another_day_it_is_another_question(check):
    assert not check(question(), question(id="later", as_of="2031-03-04")).errors


def test_a_question_too_short_for_its_language_is_no_error(check):
    short, named = question(question="Why?"), question(id="n", question="Did Bożena Stachurowicz talk to Jan Wronecki?")
    found = check(short, named)
    assert found.findings == ()
    assert found.undetected == 2


def test_a_doubtful_guess_is_a_warning(check):
    (finding,) = check(question(language="de", question="Is the harbour of the town closed?")).findings
    assert not finding.error
    assert finding.text == "is tagged de, but looks like en, which may be wrong of so few letters."


def test_half_a_sentence_is_a_warning(check):
    (finding,) = check(question(evidence("repairs cost 12 million crowns."))).findings
    assert not finding.error
    assert finding.text == "harbour.md 113 to 144 is no run of whole sentences."


def test_an_article_with_a_wrong_tag(check, folder):
    (folder / "articles" / "harbour.md").write_text(MARKDOWN.replace("language: en", "language: pl"), encoding="utf-8")
    (finding,) = check(question()).errors
    assert str(finding) == "harbour.md: the article is tagged pl, but looks like en."


def test_an_undated_article_is_not_there_on_any_day(check, folder):
    (folder / "articles" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (finding,) = check(question(as_of="2031-03-03")).errors
    assert finding.text.endswith("before all evidence of part 1: undated.")


class TestCommand:
    def run(self, *arguments):
        return CliRunner().invoke(app, ["check", *map(str, arguments)], catch_exceptions=False)

    def test_prints_a_receipt(self, check, folder):
        check(question(reviewed=False), question(id="b", question="Why?"))
        result = self.run("--gold", folder / "gold.jsonl")
        assert result.exit_code == 0
        lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
        assert lines[1:] == [
            "2 questions in 1 languages over 1 articles in 1 (en)",
            "kinds answerable 2",
            "languages en 2",
            "pairs en→en 2",
            "0 of 2 answerable ones are in another language than their evidence",
            "1 too short to tell their language",
            "1 not reviewed",
            "0 errors, 0 warnings",
        ]

    def test_fails_on_an_error(self, check, folder):
        check(question(evidence(shift=1)))
        result = self.run("--gold", folder / "gold.jsonl", "--articles", folder / "articles")
        assert result.exit_code == 1
        assert f"error {folder / 'gold.jsonl'}:1: harbour.md has other words" in result.stdout
        assert result.stdout.rstrip().endswith("1 errors, 0 warnings")

    def test_the_articles_of_an_archive(self, check, folder):
        with Archive.open(folder / "archive") as archive:
            (entry,) = archive.add(folder / "articles").entries
        check(question(evidence(article=entry.article_id)), question(id="b", question="Why did it?"))
        assert self.run("--gold", folder / "gold.jsonl", "--archive", folder / "archive").exit_code == 0

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--articles", "x"], "with --gold FILE"),
            (["--gold", "g", "--articles", "x", "--archive", "y"], "give one of them"),
            (["--gold", "none.jsonl", "--articles", "articles"], "Cannot read the gold questions none.jsonl"),
            (["--gold", "gold.jsonl", "--articles", "none"], "none is not a folder of articles"),
            (["--gold", "gold.jsonl", "--archive", "none"], "There is no archive in none"),
            (["--gold", "empty.jsonl"], "holds no question"),
            (["--gold", "gold.jsonl", "--articles", "empty"], "empty holds no article"),
            (["--gold", "gold.jsonl", "--articles", "bad"], "The article bad/a.txt cannot be read"),
        ],
    )
    def test_what_cannot_be_used(self, check, folder, monkeypatch, arguments, message):
        check(question())
        monkeypatch.chdir(folder)
        (folder / "empty.jsonl").write_text("\n")
        (folder / "empty").mkdir()
        (folder / "bad").mkdir()
        (folder / "bad" / "a.txt").write_text("")
        with pytest.raises(NewsragError, match=message):
            self.run(*arguments)
