"""Benchmarks as people read them; ``--json`` prints the dataclasses themselves."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.benchmarks.citations import Balanced, Group, Judged
from eval.benchmarks.lareqa import MixedResult
from eval.benchmarks.names import NamesReport
from eval.benchmarks.nomiracl import Abstained
from eval.benchmarks.set_figures import SetFigures
from eval.benchmarks.speed import SpeedResult
from eval.benchmarks.xquad import DEPTH, PairResult
from eval.metrics.bootstrap import Estimate
from eval.metrics.ranking import RankFigures


def print_pairs(results: Sequence[PairResult]) -> None:
    """Print a row for each pair of languages, and the mean of each column."""
    out = Console(highlight=False)
    table = Table("question →\nparagraph", box=None, pad_edge=False, header_style="bold")
    for name in ("n", "search\nrecall@1", "\nrecall@10", "\nMRR", "BM25\nrecall@1", "\nrecall@10", "\nMRR"):
        table.add_column(name, justify="right")
    rows = [_rank_values(result.search) + _rank_values(result.bm25) for result in results]
    for result, row in zip(results, rows, strict=True):
        table.add_row(f"{result.questions} → {result.paragraphs}", str(result.search.n), *_cells(row))
    if len(rows) > 1:
        table.add_row("mean", "", *_cells([fmean(column) for column in zip(*rows, strict=True)]), style="bold")
    out.print(table)
    out.print(f"\n[dim]Rank of the right paragraph's best passage, among the first {DEPTH} passages.[/]")
    for paragraphs, pool in {result.paragraphs: result.pool for result in results}.items():
        out.print(f"[dim]Pool of {paragraphs}: {pool}[/]")


def print_missed(results: Sequence[PairResult]) -> None:
    """Print each question whose right paragraph was not the first passage."""
    out = Console(highlight=False, soft_wrap=True)
    for result in results:
        for missed in result.misses:
            out.print(
                f"{result.questions} → {result.paragraphs} [dim]{escape(missed.id)}[/] {escape(missed.question)}"
                f" [dim]right {escape(missed.right)} at rank {missed.rank or f'over {DEPTH}'},"
                f" first {escape(missed.first or 'nothing')}[/]"
            )


def print_mixed(result: MixedResult) -> None:
    """Print mAP and the mean rank of the right answer by its language, for the search and for BM25."""
    out = Console(highlight=False)
    languages = list(result.search["all"].mean_rank)
    for title, found in (("search", result.search), ("BM25", result.bm25)):
        table = Table(title, box=None, pad_edge=False, header_style="bold")
        for name in ("n", "mAP", *(f"mean rank\n{language}" for language in languages), "spread"):
            table.add_column(name, justify="right")
        for language, row in found.items():
            ranks = [f"{row.mean_rank[told]:.2f}" if told in row.mean_rank else "–" for told in languages]
            style = "bold" if language == "all" else None
            table.add_row(language, str(row.n), f"{row.map:.3f}", *ranks, f"{row.spread:.2f}", style=style)
        out.print(table)
        out.print()
    out.print("[dim]By language of the question; mean rank of the right answer by the language of the answer.[/]")
    out.print(f"[dim]One that is not among the first {DEPTH} passages counts as rank {DEPTH + 1}.[/]")
    out.print(f"[dim]Candidates are {result.unit}s. Pool: {result.pool}[/]")


def print_speed(result: SpeedResult) -> None:
    """Print the figures, one a line, with what they were measured on."""
    out = Console(highlight=False, soft_wrap=True)
    adding = (
        "not measured, the archive was there" if result.adding is None else f"{result.adding:,.0f} passages a second"
    )
    for name, value in (
        ("text", result.text),
        ("encoder", ", ".join(f"{key} {value}" for key, value in result.indexed_with.items())),
        ("processors", str(result.processors)),
        ("encoding", f"{result.encoding:,.0f} passages of {result.passage_words} words a second"),
        ("adding", adding),
        ("archive", f"{result.passages:,} passages"),
        ("first search", f"{result.first_search_ms:.1f} ms, from opening the archive"),
        (
            "search",
            f"median {result.median_ms:.1f} ms, 95th percentile {result.p95_ms:.1f} ms, {result.questions} questions",
        ),
    ):
        out.print(f"[bold]{name:>12}[/]  {escape(value)}")


def print_names(report: NamesReport, *, misses: bool = False) -> None:
    """Print the figures, and on request each question whose passage is not the first hit."""
    out = Console(highlight=False, soft_wrap=True)
    table = Table("", box=None, pad_edge=False, header_style="bold")
    for name in ("questions", "hit@1", "hit@5", "MRR"):
        table.add_column(name, justify="right")
    asked_in = {f"asked in {language}": shares for language, shares in report.asked_in.items()}
    for name, shares in {**report.kinds, **report.scripts, **asked_in, "all": report.overall}.items():
        table.add_row(
            name,
            str(shares.questions),
            *_cells((shares.hit_at_1, shares.hit_at_5, shares.mrr)),
            style="bold" if name == "all" else None,
        )
    out.print(table)
    for found in report.found if misses else ():
        if found.rank != 1:
            pair = found.pair
            out.print(f"\n[bold]{escape(pair.id)}[/] rank {found.rank or 'none'}: {escape(pair.question)}")
            out.print(f"  wanted {escape(pair.passage)}\n  first  {escape(found.first)}")


def print_citations(groups: Mapping[str, Group], misses: Sequence[Judged] = ()) -> None:
    """Print the figures by kind, and each pair that was judged wrongly."""
    out = Console(highlight=False, soft_wrap=True)
    table = Table("", box=None, pad_edge=False, header_style="bold")
    for name in ("pairs", "called wrong"):
        table.add_column(name, justify="right")
    table.add_column("verdicts")
    for name, group in groups.items():
        verdicts = ", ".join(f"{verdict} {count}" for verdict, count in group.verdicts.items())
        style = None if "," in name else "bold"
        table.add_row(name, str(group.pairs), f"{group.called_wrong:.3f}", verdicts, style=style)
    out.print(table)
    for one in misses:
        out.print(f"\n[bold]{escape(one.pair.id)}[/] {one.pair.kind}, judged {one.verdict}")
        out.print(f"  says   {escape(one.pair.statement)}\n  source {escape(one.pair.quote)}")
        for reason in one.reasons:
            out.print(f"  {escape(reason)}")


def print_qags(found: Balanced) -> None:
    """Print the balanced accuracy and the two shares it is the mean of."""
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"{found.statements} statements, balanced accuracy [bold]{found.balanced_accuracy:.3f}[/]")
    out.print(f"supported ones taken for good {found.supported:.3f}, others not {found.unsupported:.3f}")


def print_abstention(found: Sequence[Abstained]) -> None:
    """Print a row for each language."""
    table = Table("", box=None, pad_edge=False, header_style="bold")
    for name in ("without answer", "with", "hallucination rate", "error rate", "sum", "area under risk"):
        table.add_column(name, justify="right")
    for each in found:
        rates = (each.hallucination_rate, each.error_rate, each.both, each.area)
        table.add_row(each.language, str(each.unanswerable), str(each.answerable), *_cells(rates))
    Console(highlight=False, soft_wrap=True).print(table)


def print_set(title: str, found: SetFigures) -> None:
    """Print a public set's figures, a row each, by group of questions."""
    out = Console(highlight=False, soft_wrap=True)
    table = Table("", "", title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in ("value", "95 % interval", "n"):
        table.add_column(name, justify="right")
    for group, figures in found.groups.items():
        for number, (name, estimate) in enumerate(figures.items()):
            heading = "" if number else escape(group)
            table.add_row(heading, name.replace("_at_", "@"), *_estimate_cells(estimate))
    out.print(table)
    for line in (*found.legend, "The interval is the percentile bootstrap's over the n questions."):
        out.print(f"[dim]{escape(line)}[/]")
    out.print()


def print_not_run(reasons: Mapping[str, str]) -> None:
    """Print which public sets were not run, and why."""
    out = Console(highlight=False, soft_wrap=True)
    for title, why in reasons.items():
        out.print(f"[bold]{escape(title)}[/] not run: {escape(why)}")


def _estimate_cells(found: Estimate) -> tuple[str, str, str]:
    if found.value is None:
        return "–", "", "0"
    return f"{found.value:.3f}", f"{found.low:.3f}–{found.high:.3f}", str(found.n)


def _rank_values(found: RankFigures) -> list[float]:
    return [value for value in (found.recall_at_1, found.recall_at_10, found.mrr) if value is not None]


def _cells(values: Sequence[float]) -> list[str]:
    return [f"{value:.3f}" for value in values]
