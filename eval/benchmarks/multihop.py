"""MultiHop-RAG (Tang & Yang 2024): questions whose evidence stands in two to four articles, and questions without any.

A piece of evidence is found by a passage that has its words, white space aside, as the set's own script
(``retrieval_evaluate.py``) has it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import spread
from eval.json_lines import read_json_list, reading
from eval.metrics.ranking import recall
from eval.pool import filled
from rag.answers import Answer
from rag.articles import Article

_DEPTH = 10
ALL, NULL = "all", "null_query"


@dataclass(frozen=True, slots=True)
class Query:
    """One question.

    :param kind: ``inference_query``, ``comparison_query``, ``temporal_query`` or ``null_query``.
    :param facts: the sentences that answer it together; none of a null query.
    """

    question: str
    kind: str
    facts: tuple[str, ...]


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Ask the questions of the whole corpus.

    :param data: the folder of ``corpus.json`` and ``MultiHopRAG.json``.
    :param questions: how many, evenly spread; None asks all.
    :raises GoldError: a file is missing or not in the format.
    """
    articles, every = read_corpus(data / "corpus.json", data), read_queries(data / "MultiHopRAG.json", data)
    asked = spread(every, questions)
    tally = Tally()
    with filled(articles, (), bar) as archive:
        advance = bar("Asking")
        for done, query in enumerate(asked, start=1):
            values = _values(query, archive.ask(query.question))
            for group in (query.kind, ALL):
                tally.add(group, **values)
            advance(done, len(asked))
    return tally.figures(
        "hits@k: questions with a piece of their evidence in the first k passages; mrr@10 by the first such passage.",
        "map@10, as the set's script counts it: the mean of 1/rank over a question's pieces of evidence.",
        "evidence_recall@10: share of the pieces in the first ten passages.",
        "refused_rightly: null queries that were refused; refused_wrongly: the others that were.",
    )


def read_corpus(file: Path, data: Path) -> list[Article]:
    """Read the articles; the title stands before the text, as in the set's own retrieval.

    :raises GoldError: the file is missing or not in the format.
    """
    return [
        Article(
            id=f"article-{number}",
            text=f"{record['title']}\n\n{record['body']}",
            title=record["title"],
            language="en",
            published=record["published_at"],
            source=record["source"],
            url=record["url"],
        )
        for number, record in enumerate(_records(file, data, ("title", "body", "published_at", "source", "url")))
    ]


def read_queries(file: Path, data: Path) -> list[Query]:
    """Read the questions.

    :raises GoldError: the file is missing or not in the format.
    """
    records = _records(file, data, ("query", "question_type", "evidence_list"))
    with reading(file, "MultiHop-RAG"):
        return [
            Query(record["query"], record["question_type"], tuple(piece["fact"] for piece in record["evidence_list"]))
            for record in records
        ]


def fact_ranks(facts: Sequence[str], passages: Sequence[str]) -> list[int | None]:
    """Return for each fact the rank, from 1, of the first passage that has its words; None if none has."""
    texts = [_solid(passage) for passage in passages]
    return [next((rank for rank, text in enumerate(texts, 1) if _solid(fact) in text), None) for fact in facts]


def _values(query: Query, answer: Answer) -> dict[str, float | None]:
    if query.kind == NULL:
        return {"refused_rightly": not answer.answered}
    ranks = fact_ranks(query.facts, [hit.passage.text for hit in answer.hits[:_DEPTH]])
    best = min((rank for rank in ranks if rank is not None), default=None)
    return {
        "hits_at_4": best is not None and best <= 4,  # noqa: PLR2004 - the set's own figure
        "hits_at_10": best is not None,
        "map_at_10": sum(1 / rank for rank in ranks if rank is not None) / max(len(ranks), 1),
        "mrr_at_10": 1 / best if best is not None else 0.0,
        "evidence_recall_at_10": recall(ranks, _DEPTH),
        "refused_wrongly": not answer.answered,
    }


def _records(file: Path, data: Path, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    if not file.is_file():
        raise PUBLIC_SETS["multihop"].missing(data)
    return read_json_list(file, "MultiHop-RAG", fields)


def _solid(text: str) -> str:
    """Return a text without white space, composed as the archive composes it."""
    return "".join(unicodedata.normalize("NFC", text).split())
