"""``rag eval …``: it parses, runs and prints; :mod:`eval.metrics` says what the figures mean."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from eval.benchmarks.commands import COMMANDS, Among
from eval.gate.commands import gate
from eval.gold_commands import Articles, Gold, check, draft
from eval.gold_set import SHIPPED, check_reviewed, read_gold
from eval.report.commands import compare
from eval.report.files import check_folder
from rag.errors import NewsragError
from rag.printing import err, print_json
from rag.progress import progress_bars

if TYPE_CHECKING:
    from eval.report.schema import Tree
    from eval.running import SetRun

app = typer.Typer(help="Measure the archive's answers on questions whose evidence is known.")


@app.command()
def run(  # noqa: PLR0913, PLR0917 - one parameter an option
    gold: Gold = None,
    articles: Articles = None,
    archive: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Ask this archive as it is (default: a temporary one of the articles)."),
    ] = None,
    among: Among = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="BASELINE",
            help="Also ask bm25, dense or quickstart; may be given several times.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with a row for each question.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Also print each missed question, and why.")] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Also write report.html, .md and .json there; a run that was interrupted goes on where it was.",
            show_default=False,
        ),
    ] = None,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Also ask proposals of `rag eval draft` that nobody has reviewed.")
    ] = False,
) -> None:
    """Ask gold questions and print how far evidence, citations, answers and refusals can be trusted, with intervals.

    Each set is asked in a temporary archive of its own. Exit code 1 if a citation does not quote its span exactly.
    """
    _check(gold, articles, archive, among)
    questions = {name: (file, read_gold(file)) for name, file in _sets(gold).items()}
    if not unreviewed:
        for file, read in questions.values():
            check_reviewed(read, file)

    if report is not None:
        check_folder(report)

    from eval import baselines, running  # noqa: PLC0415 - they load the archive: numpy and most of the start
    from eval.report.table import print_misses, print_report  # noqa: PLC0415

    beside = baselines.chosen(against or ())
    where = running.Where(articles, archive, among or ())
    with progress_bars(err) as bar:
        runs = [
            running.run_set(name, file, read, where, baselines=beside, bar=bar, rows=report)
            for name, (file, read) in questions.items()
        ]
    tree = running.report_of(runs)
    if as_json:
        print_json(tree)
    else:
        print_report(tree)
        _print_baselines(runs, beside)
        if misses:
            print_misses(tree)
    if report is not None:
        _write_report(tree, report)
    inexact = [
        judgement.question.id for one in runs for judgement in one.ours if judgement.row and judgement.row.inexact
    ]
    if inexact:
        err.print(f"[bold white on red] Quotes that are not what stands at their span: {', '.join(inexact)} [/]")
        raise typer.Exit(1)


def _check(gold: Path | None, articles: Path | None, archive: Path | None, among: list[Path] | None) -> None:
    if articles is not None and archive is not None:
        raise NewsragError("--articles makes a temporary archive, --archive takes one that is there: give one of them.")
    if among and archive is not None:
        raise NewsragError("--among puts articles beside the gold ones in a temporary archive: leave --archive away.")
    if gold is None and (articles or archive) is not None:
        raise NewsragError("--articles and --archive are for one set of questions: name it with --gold FILE.")


def _sets(gold: Path | None) -> dict[str, Path]:
    """Return the gold files to be run, by name; a shipped one has its own wherever it is named."""
    if gold is None:
        return SHIPPED
    named = {path: name for name, path in SHIPPED.items()}
    return {named.get(gold.resolve(), gold.stem): gold}


def _write_report(tree: "Tree", folder: Path) -> None:
    """Write the report and say where; the rows that an interrupted run would go on from have done their work."""
    from eval.report.files import write_report  # noqa: PLC0415 - Jinja and numpy
    from eval.running import forget_rows  # noqa: PLC0415

    page, *_ = write_report(tree, folder, datetime.now().astimezone())
    forget_rows(folder)
    err.print(f"Report: {escape(str(page))}, with report.md and report.json beside it")


def _print_baselines(runs: "Sequence[SetRun]", beside: Iterable[str]) -> None:
    from eval import against  # noqa: PLC0415 - numpy

    for one in runs:
        for name in beside:
            against.print_comparison(name, against.compare(one.ours, one.judgements[name]))


_OTHERS: tuple[Callable[..., None], ...] = (check, draft, compare, gate, *COMMANDS)
for command in _OTHERS:
    app.command()(command)
