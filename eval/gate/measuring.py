"""Asks the sets of the repository and makes the gate's tables of them."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from eval import runner
from eval.benchmarks import citations, names
from eval.citation_pairs import ARTICLE_FOLDERS, CITATION_TEST, Kind, read_citation_pairs
from eval.gate import terms
from eval.gate.table import NAME_COLUMNS, PAIR_COLUMNS, RIGHT, TERMS, Table, item
from eval.gold_set import SHIPPED, Question, articles_of, read_gold
from eval.metrics import MEASURES, judge_all
from rag.progress import Advance

Bar = Callable[[str], Advance]
"""Starts a progress bar of a title."""


def measure(name: str, bar: Bar, every: int = 1) -> Table:
    """Ask a set of :data:`SETS`.

    :param every: ask only every so manieth question, of all kinds and languages (:func:`part`).
    :raises GoldError: its articles are not there, as in an installed package, or do not fit its questions.
    """
    return SETS[name](name, bar, every)


def part(questions: Sequence[Question], every: int) -> list[Question]:
    """Return every so manieth question, kind by kind and in it language by language."""
    return sorted(questions, key=lambda question: (question.kind, question.language, question.id))[::every]


def _gold(name: str, bar: Bar, every: int) -> Table:
    """Ask the archive the questions, and its terms all questions: that takes a second."""
    gold = SHIPPED[name]
    articles = articles_of(gold)
    questions = read_gold(gold)
    asked = part(questions, every)
    with runner.temporary_archive(articles, bar(f"{name}: adding")) as (archive, ids):
        by_terms = terms.matched(archive, questions, ids)
        judgements = judge_all(asked, runner.run(archive, asked, ids, bar(f"{name}: asking")))
    items = {
        question.id: item(question.language, [(TERMS.name, by_terms[question.id])])
        for question in questions
        if question.id in by_terms
    }
    for one in judgements:
        values = [(measure.name, measure.of(one)) for measure in MEASURES]
        matched = (TERMS.name, by_terms.get(one.question.id))
        items[one.question.id] = item(one.question.language, [(RIGHT.name, one.miss is None), *values, matched])
    return Table(_digest([gold, *sorted(articles.iterdir())]), items)


def _names(name: str, bar: Bar, every: int) -> Table:
    pairs = names.read_pairs()
    # All passages stand in the archive, whichever questions are asked: only the names tell them apart.
    found = names.measure(pairs, bar(f"{name}: asking")).found[::every]
    labels = [column.name for column in NAME_COLUMNS]
    items = {}
    for one in found:
        rank = one.rank or float("inf")
        items[one.pair.id] = item(one.pair.language, zip(labels, (rank <= 1, rank <= 5, 1 / rank), strict=True))  # noqa: PLR2004 - hit@5
    return Table(_digest([names.GOLD]), items)


def _citations(name: str, bar: Bar, every: int) -> Table:
    pairs = read_citation_pairs(CITATION_TEST)
    texts = [folder / file for folder in ARTICLE_FOLDERS for file in sorted({one.article for one in pairs})]
    judged = citations.judge_pairs(pairs[::every], bar(f"{name}: judging"))
    items = {}
    for one in judged:
        column = PAIR_COLUMNS[one.pair.kind is not Kind.TRUE]
        items[one.pair.id] = item(one.pair.statement_language, [(column.name, not one.misjudged)])
    return Table(_digest([CITATION_TEST, *(file for file in texts if file.exists())]), items)


def _digest(files: Iterable[Path]) -> str:
    """Return a hash of the files' names and contents, the same whatever the line ends of a checkout are."""
    hashed = sha256()
    for file in files:
        hashed.update(f"{file.name}\n".encode() + file.read_bytes().replace(b"\r\n", b"\n") + b"\n")
    return hashed.hexdigest()


SETS: dict[str, Callable[[str, Bar, int], Table]] = {
    "seed": _gold,
    "newsroom": _gold,
    "names": _names,
    "citations": _citations,
}
"""What the gate asks, by name: the two gold sets, names in other spellings, statements beside the words they cite."""
