"""``rag eval …``: it parses, runs and prints; :mod:`eval.metrics` says what the figures mean."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from eval.benchmarks.commands import Among, abstention, citations, names, qags, speed, xquad
from eval.gold_commands import check, draft
from eval.gold_set import SEED_GOLD, articles_of, check_reviewed, read_gold
from eval.metrics import judge_all
from eval.report import as_tree, print_misses, print_report
from rag.errors import NewsragError
from rag.printing import err, print_json
from rag.progress import progress_bars

app = typer.Typer(help="Measure the archive's answers on questions whose evidence is known.")


@app.command()
def run(  # noqa: PLR0913, PLR0917 - one parameter an option
    gold: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The questions, JSON lines (default: the seed set).", show_default=False),
    ] = SEED_GOLD,
    articles: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The articles they are about (default: articles/ beside FILE, else seeds/)."),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Ask this archive as it is (default: a temporary one of the articles)."),
    ] = None,
    among: Among = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with a row for each question.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Also print each missed question, and why.")] = False,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Also ask proposals of `rag eval draft` that nobody has reviewed.")
    ] = False,
) -> None:
    """Ask gold questions and print in how many first passages and citations the evidence is, and how it abstained.

    Exit code 1 if a citation does not quote its span exactly.
    """
    if articles is not None and archive is not None:
        raise NewsragError("--articles makes a temporary archive, --archive takes one that is there: give one of them.")
    if among and archive is not None:
        raise NewsragError("--among puts articles beside the gold ones in a temporary archive: leave --archive away.")
    questions = read_gold(gold)
    if not unreviewed:
        check_reviewed(questions, gold)

    from eval import pool, runner  # noqa: PLC0415 - they load the archive: numpy and, with it, most of the start

    with progress_bars(err) as bar:
        making = (
            runner.existing_archive(archive)
            if archive is not None
            else runner.temporary_archive(articles or articles_of(gold), bar("Adding"), among or ())
        )
        with making as (opened, ids):
            rows = runner.run(opened, questions, ids, bar("Asking"))
            indexed_with, llm, size = opened.status().indexed_with, opened.settings.llm, pool.size_of(opened)
    judgements = judge_all(questions, rows)
    if as_json:
        tree = {
            "gold": str(gold),
            "indexed_with": indexed_with,
            "llm": llm,
            "pool": asdict(size),
            **as_tree(judgements),
        }
        print_json(tree)
    else:
        print_report(judgements, size)
        if misses:
            print_misses(judgements)
    inexact = [row.question.id for row in rows if row.inexact]
    if inexact:
        err.print(f"[bold white on red] Quotes that are not what stands at their span: {', '.join(inexact)} [/]")
        raise typer.Exit(1)


for command in (check, draft, xquad, speed, names, citations, qags, abstention):
    app.command()(command)
