"""Small reports for tests: a handful of questions about invented articles, answered as each test wants."""

from datetime import UTC, datetime, timedelta

from eval.gold_set import Evidence, Question
from eval.metrics import judge_all
from eval.pool import PoolSize
from eval.report.tree import report_tree
from eval.rows import Row
from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Verdict
from rag.articles import Passage, Span

TODAY = datetime(2031, 3, 4, 9, 5, tzinfo=UTC)
YESTERDAY = TODAY - timedelta(days=1)
QUOTE = "The ferry sails on Friday."
OTHER = "The mayor said nothing."
HOSTILE = "</script><script>alert('x')</script><img src=http://evil.example/a.png onerror=alert(1)> & “quoted”"
ARABIC = "متى تبحر العبارة؟"


def question(  # noqa: PLR0913 - what differs between questions
    name, language="en", text="When does the ferry sail?", *, answerable=True, kind="fact", note=""
):
    evidence = (Evidence("ferry.txt", 0, len(QUOTE), QUOTE),) if answerable else ()
    return Question(name, language, text, answerable, evidence, note=note, kind=kind, answers=("on Friday",))


def row(asked, gives, seconds=0.012, confidence=0.8):
    """A row of a question.

    :param gives: ``right`` cites the evidence, ``wrong`` another sentence, ``lost`` does not even retrieve it,
        ``silent`` refuses.
    """
    evidence = tuple(Span("ferry", one.start, one.end) for one in asked.evidence)
    found = Passage("ferry", 0, 60, QUOTE, "de")
    elsewhere = Passage("mayor", 0, 60, OTHER, "en")
    hits = tuple(Hit(1 / rank, each) for rank, each in enumerate((elsewhere, found)[: 1 + (gives != "lost")], start=1))
    if gives == "silent":
        answer = Answer(asked.question, False, NOT_ANSWERED, (), hits, confidence=0.1)
        return Row(asked, evidence, answer, seconds, (), {"ferry.txt": "de"})
    words, article = (QUOTE, "ferry") if gives == "right" else (OTHER, "mayor")
    citation = Citation(article, 0, len(words), words, Verdict.SUPPORTED)
    answer = Answer(asked.question, True, words, (Statement(words, (citation,)),), hits, confidence=confidence)
    return Row(asked, evidence, answer, seconds, (), {"ferry.txt": "de"})


QUESTIONS = (
    question("one"),
    question("two", "ar", ARABIC),
    question("three", "en", HOSTILE, kind="several"),
    question("four", "de", "Wann fährt die Fähre?"),
    question("five", "en", "Who owns the ferry?", answerable=False, kind="false_premise", note="nobody says"),
    question("six", "en", "Why did it sink?", answerable=False, kind="false_premise", note=HOSTILE),
)
GIVEN = {"one": "right", "two": "silent", "three": "wrong", "four": "lost", "five": "silent", "six": "wrong"}


def judged(given=None, questions=QUESTIONS):
    """Judgements of the questions; one whose answer is None is missing from the run."""
    given = GIVEN | (given or {})
    rows = [row(asked, given[asked.id]) for asked in questions if given[asked.id] is not None]
    return judge_all(questions, rows)


def tree(given=None, baseline=None, sets=("harbour",), questions=QUESTIONS):
    """A report of our system and, where ``baseline`` says what it gives, of one beside it."""
    systems = {"newsrag": {name: judged(given, questions) for name in sets}}
    if baseline is not None:
        systems["plain <b>"] = {name: judged(baseline, questions) for name in sets}
    return report_tree(
        systems,
        gold=["gold.jsonl"],
        indexed_with={"encoder": "static", "dimensions": 256},
        llm=None,
        pool={name: PoolSize(2, 2, {"de": 1, "en": 1}) for name in sets},
    )
