"""ALCE's format (Gao et al. 2023): ASQA, QAMPARI and ELI5 with retrieved passages: whether the citations are right.

Each question is asked of its own first five passages, as in the paper. ALCE judges citations by an NLI model; here the
archive's verifier does. Every citation is judged anew against the words it cites, so that a quoted answer, too, has to
stand the test that a written one does.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.benchmarks.presence import told
from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import spread
from eval.json_lines import read_json_list, reading
from eval.metrics.citations import citation_precision, citation_recall
from eval.metrics.ranking import mean
from eval.pool import filled
from rag.answers import Answer, Statement, Verdict
from rag.archive import Archive
from rag.articles import Article
from rag.filters import Filters

PASSAGES = 5
"""How many of its passages a question is asked of, as in the paper's main results."""
_ANSWERS = 5
"""QAMPARI has up to hundreds of answers; five of them count as all (recall-5)."""
NAMES = ("asqa", "qampari", "eli5")

Item = dict[str, Any]


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Ask the questions of every file that is there.

    :param data: the folder of ``asqa_eval_gtr_top100.json`` and the like; what follows the first word may differ.
    :param questions: how many of each file, evenly spread; None asks all.
    :raises GoldError: no file is there, or one is not in the format.
    """
    files = [file for name in NAMES for file in sorted(data.glob(f"{name}*.json"))]
    if not files:
        raise PUBLIC_SETS["alce"].missing(data)
    tally = Tally()
    for file in files:
        _measure(file, questions, bar, tally)
    return tally.figures(
        "citation_recall: share of an answer's statements that their citations bear out; citation_precision: share of"
        " its citations that do. Both of the answered questions, judged by the archive's verifier.",
        "str_em: share of ASQA's short answers that the answer has; answer_recall@5: of QAMPARI's, five being all.",
        "ELI5's claims need a model to be judged and are not counted.",
    )


def read_items(file: Path) -> list[Item]:
    """Read the questions with their passages; a file of results has them under ``data``.

    :raises GoldError: it cannot be read or is not in the format.
    """
    return read_json_list(file, "ALCE", ("question", "docs"))


def told_shares(item: Item, text: str) -> dict[str, float | None]:
    """Return what share of the short answers a text tells, by name of the figure."""
    pairs, answers = item.get("qa_pairs"), item.get("answers")
    values: dict[str, float | None] = {}
    if pairs:
        values["str_em"] = mean(told(pair["short_answers"], text) for pair in pairs)
    if answers:
        hits = sum(told(aliases, text) for aliases in answers)
        values["answer_recall_at_5"] = min(hits, _ANSWERS) / min(len(answers), _ANSWERS)
    return values


def _measure(file: Path, questions: int | None, bar: Bar, tally: Tally) -> None:
    items = spread(read_items(file), questions)
    with reading(file, "ALCE"):
        articles = [
            Article(
                f"{number}-{at}", f"{doc['title']}\n\n{doc['text']}", title=doc["title"], source=f"question {number}"
            )
            for number, item in enumerate(items)
            for at, doc in enumerate(item["docs"][:PASSAGES])
        ]
    with filled(articles, (), bar, f"{file.stem}: ") as archive:
        advance = bar(f"{file.stem}: asking")
        for number, item in enumerate(items):
            if item["docs"]:
                answer = archive.ask(item["question"], Filters(sources=(f"question {number}",)))
                values = _citation_values(archive, answer) if answer.answered else {}
                text = answer.text if answer.answered else ""
                tally.add(file.stem, refused=not answer.answered, **values, **told_shares(item, text))
            advance(number + 1, len(items))


def judge_anew(archive: Archive, statement: Statement) -> Statement:
    """Return a statement with each citation's verdict as the verifier gives it on the words cited alone.

    The statement's is the best of them, or that on all together where there are several. Citations that the archive
    shows because they say otherwise are left as they are.
    """
    citations, own = [], []
    for citation in statement.citations:
        if citation.verdict is not Verdict.CONTRADICTED:
            judged = archive.check(statement.text, citation.article_id, citation.start, citation.end)
            own.append(judged.verdict)
            citation = replace(citation, verdict=judged.verdict)  # noqa: PLW2901 - the same one, judged
        citations.append(citation)
    together = [statement.verdict] if len(own) != 1 else []
    return replace(statement, citations=tuple(citations), verdict=min(own + together, key=list(Verdict).index))


def _citation_values(archive: Archive, answer: Answer) -> dict[str, float | None]:
    statements = [judge_anew(archive, statement) for statement in answer.statements]
    return {
        "citation_recall": citation_recall(statements),
        "citation_precision": citation_precision(statements),
    }
