"""Judged questions as people and as programs read them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.metrics import Figures, Judgement, by_language, figures

if TYPE_CHECKING:
    from eval.pool import PoolSize

# Two lines each: the table then fits into 80 characters.
_COLUMNS = {
    "passage\nhit@1": "passage_hit_at_1",
    "passage\nhit@3": "passage_hit_at_3",
    "passage\nhit@5": "passage_hit_at_5",
    "cited\nhit@1": "citation_hit_at_1",
    "cited\nhit@3": "citation_hit_at_3",
    "answered\nrightly": "answered_rightly",
    "abstained\nrightly": "abstained_rightly",
    "abstained\nwrongly": "abstained_wrongly",
}
_GIVEN = 3  # an extractive answer has at most three sentences; of an abstention, as many as `rag ask` offers


def as_tree(judgements: Sequence[Judgement]) -> dict[str, Any]:
    """Return everything as plain dicts, lists, strings and numbers, as ``rag eval run --json`` prints it."""
    return {
        "overall": asdict(figures(judgements)),
        "languages": {language: asdict(found) for language, found in by_language(judgements).items()},
        "questions": [_question_tree(judgement) for judgement in judgements],
    }


def print_report(judgements: Sequence[Judgement], pool: "PoolSize") -> None:
    """Print the table of the figures by language of the question, and overall.

    :param pool: what the evidence stood among.
    """
    out = Console(highlight=False)
    table = Table("", box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for name in ("questions", *_COLUMNS):
        table.add_column(name, justify="right")
    for language, found in by_language(judgements).items():
        table.add_row(language, *_cells(found))
    overall = figures(judgements)
    table.add_row("all", *_cells(overall), style="bold")
    out.print(table)
    out.print("\n[dim]By language of the question; questions are answerable + unanswerable ones.[/]")
    out.print(f"[dim]Pool: {pool}[/]", soft_wrap=True)
    if overall.quote_exactness is None:
        out.print("[dim]No citation was given.[/]")
    else:
        colour = "green" if overall.quote_exactness == 1 else "bold red"
        out.print(
            f"[{colour}]quote exactness {overall.quote_exactness:.3f}[/] [dim]of {overall.citations} citations[/]"
        )


def print_misses(judgements: Sequence[Judgement]) -> None:
    """Print each missed question with what was expected, what was given and why it counts as missed."""
    out = Console(highlight=False, soft_wrap=True)
    for judgement in judgements:
        if judgement.miss is None:
            continue
        question = judgement.question
        out.print(f"\n[bold]{escape(question.id)}[/] [red]{judgement.miss}[/] [dim]{question.language}[/]", end=" ")
        out.print(escape(question.question))
        out.print(f"  [dim]expected[/] {escape(_expected(judgement))}")
        for line in _given(judgement):
            out.print(f"  [dim]given[/]    {escape(line)}")
        if question.answerable:
            out.print(f"  [dim]evidence[/] {_ranks(judgement)}")
        if judgement.row and judgement.row.answer.notice:
            out.print(f"  [dim]notice[/]   {escape(judgement.row.answer.notice)}")


def _cells(found: Figures) -> list[str]:
    shares = [getattr(found, field) for field in _COLUMNS.values()]
    counts = f"{found.answerable} + {found.unanswerable}"
    return [counts, *("–" if share is None else f"{share:.2f}" for share in shares)]


def _expected(judgement: Judgement) -> str:
    question = judgement.question
    if not question.answerable:
        return f"no answer ({question.note})" if question.note else "no answer"
    first, *others = question.evidence
    more = f" (or {len(others)} other)" if others else ""
    return f"{first.quote} {first.article} {first.start}–{first.end}{more}"


def _given(judgement: Judgement) -> list[str]:
    row = judgement.row
    if row is None:
        return ["nothing"]
    if not row.answer.answered:
        return [row.answer.text]
    cited = [f"{cited.quote} {cited.article_id} {cited.start}–{cited.end}" for cited in row.citations[:_GIVEN]]
    return cited or [row.answer.text]


def _ranks(judgement: Judgement) -> str:
    if judgement.row is None:
        return "–"
    passages, citations = len(judgement.row.hits), len(judgement.row.citations)
    return (
        f"in passage {judgement.passage_rank or 'none'} of {passages}, "
        f"citation {judgement.citation_rank or 'none'} of {citations}"
    )


def _question_tree(judgement: Judgement) -> dict[str, Any]:
    question, row = asdict(judgement.question), judgement.row
    question.pop("where")  # differs from machine to machine
    given = None
    if row is not None:
        given = {
            "answered": row.answer.answered,
            "text": row.answer.text,
            "passages": [
                {
                    "article_id": hit.passage.article_id,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                }
                for hit in row.hits
            ],
            "citations": [asdict(citation) | {"exact": citation not in row.inexact} for citation in row.citations],
            "notice": row.answer.notice,
            "model": row.answer.model,
        }
    return {
        **question,
        "passage_rank": judgement.passage_rank,
        "citation_rank": judgement.citation_rank,
        "miss": judgement.miss,
        "given": given,
    }
