"""The commands of ``rag eval`` that run a benchmark: they parse, measure and print, and load nothing before that."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from eval.benchmarks.public_sets import PUBLIC_SETS, PublicSet, run_sets
from rag.errors import NewsragError
from rag.printing import err, print_json
from rag.progress import progress_bars

Among = Annotated[
    list[Path] | None,
    typer.Option(
        "--among",
        metavar="FILE",
        help="Put these articles beside them: any file `rag add` reads, also packed by xz; may be given several times.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Questions = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="N", help="Take only N of each part, evenly spread (default: all).", show_default=False
    ),
]
Pairs = Annotated[
    Path | None,
    typer.Option("--gold", metavar="FILE", help="The pairs, JSON lines (default: ours).", show_default=False),
]


def xquad(  # noqa: PLR0913, PLR0917 - one parameter an option
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=f"{PUBLIC_SETS['xquad'].data_help} Or {PUBLIC_SETS['lareqa'].data_help}",
            show_default=False,
        ),
    ] = None,
    languages: Annotated[
        str | None, typer.Option(metavar="EN,DE,…", help="Languages of questions and paragraphs; only these are read.")
    ] = None,
    pairs: Annotated[
        str | None,
        typer.Option(metavar="EN-DE,…", help="Question language-paragraph language (default: all pairs)."),
    ] = None,
    among: Among = None,
    mixed: Annotated[
        bool, typer.Option("--mixed", help="LAReQA: all languages in one pool; print mAP and the language bias.")
    ] = False,
    questions: Questions = None,
    as_json: AsJson = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="Also print each question whose paragraph came later.")
    ] = False,
) -> None:
    """Ask XQuAD's questions and print how often the right paragraph is found, beside BM25 alone."""
    if mixed and (pairs is not None or languages is None):
        raise NewsragError("--mixed puts languages into one pool: name them with --languages, and give no --pairs.")
    if mixed and misses:
        raise NewsragError("--misses is for pairs of languages: leave --mixed away.")
    data = PUBLIC_SETS["lareqa" if mixed else "xquad"].given(data)

    from eval.benchmarks import lareqa, report  # noqa: PLC0415 - they load the archive and numpy
    from eval.benchmarks import xquad as benchmark  # noqa: PLC0415

    with progress_bars(err) as bar:
        if mixed:
            found = lareqa.measure(
                data, benchmark.parse_languages(languages or ""), among=among or (), questions=questions, bar=bar
            )
        else:
            asked = benchmark.parse_pairs(languages, pairs)
            results = list(benchmark.measure(data, asked, among=among or (), questions=questions, bar=bar))
    if as_json:
        print_json(asdict(found) if mixed else {"pairs": [asdict(result) for result in results]})
    elif mixed:
        report.print_mixed(found)
    else:
        report.print_pairs(results)
        if misses:
            report.print_missed(results)


def speed(
    passages: Annotated[
        int, typer.Option(min=1, metavar="N", help="Passages in the archive that is searched.")
    ] = 100_000,
    articles: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Make the text of these articles' sentences (default: invented text); may be given several times.",
            show_default=False,
        ),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the archive here, and take the one here if it is large enough."),
    ] = None,
    questions: Annotated[int, typer.Option(min=1, metavar="N", help="How many searches are timed.")] = 300,
    as_json: AsJson = False,
) -> None:
    """Measure encoding, adding and searching: passages a second, and milliseconds of a whole search."""
    from eval.benchmarks import report  # noqa: PLC0415 - they load the archive and numpy
    from eval.benchmarks import speed as benchmark  # noqa: PLC0415

    with progress_bars(err) as bar:
        result = benchmark.measure(passages, files=articles or (), directory=archive, asked=questions, bar=bar)
    if as_json:
        print_json(asdict(result))
    else:
        report.print_speed(result)


def names(
    gold: Pairs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with what became of each question.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Also print each question that missed.")] = False,
) -> None:
    """Ask by one spelling of a name for passages with another, and print how many are found."""
    from eval.benchmarks import names as benchmark  # noqa: PLC0415 - they load the archive and numpy
    from eval.benchmarks import report  # noqa: PLC0415

    with progress_bars(err) as bar:
        found = benchmark.measure(benchmark.read_pairs(gold or benchmark.GOLD), bar("Asking"))
    if as_json:
        print_json(found.as_dict())
    else:
        report.print_names(found, misses=misses)


def citations(
    gold: Pairs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the verdict on each pair.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Also print each pair that was judged wrongly.")] = False,
) -> None:
    """Judge statements whose faults are known, and print how many were found."""
    from eval.benchmarks import citations as benchmark  # noqa: PLC0415 - they load the archive and numpy
    from eval.benchmarks import report  # noqa: PLC0415
    from eval.citation_pairs import CITATION_TEST, read_citation_pairs  # noqa: PLC0415

    gold = gold or CITATION_TEST
    with progress_bars(err) as bar:
        judged = benchmark.judge_pairs(read_citation_pairs(gold), bar("Judging"))
    groups = benchmark.by_kind(judged)
    if as_json:
        rows = [{"id": one.pair.id, "verdict": one.verdict, "reasons": one.reasons} for one in judged]
        kinds = {name: asdict(group) for name, group in groups.items()}
        print_json({"gold": str(gold), "kinds": kinds, "pairs": rows})
    else:
        report.print_citations(groups, [one for one in judged if one.misjudged] if misses else ())


def qags(
    data: Annotated[
        Path | None, typer.Option(metavar="PATH", help=PUBLIC_SETS["qags"].data_help, show_default=False)
    ] = None,
    questions: Questions = None,
    as_json: AsJson = False,
) -> None:
    """Judge QAGS' summary sentences against their articles and print the balanced accuracy."""
    data = PUBLIC_SETS["qags"].given(data)

    from eval.benchmarks import citations as benchmark  # noqa: PLC0415 - they load the archive and numpy
    from eval.benchmarks import report  # noqa: PLC0415

    with progress_bars(err) as bar:
        found = benchmark.measure_qags(data, bar("Judging"), questions)
    if as_json:
        print_json(asdict(found))
    else:
        report.print_qags(found)


def abstention(
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help=PUBLIC_SETS["nomiracl"].data_help, show_default=False)
    ] = None,
    languages: Annotated[str, typer.Option(metavar="DE,EN,…", help="Which of them.")] = "de,en",
    questions: Questions = None,
    as_json: AsJson = False,
) -> None:
    """Ask NoMIRACL's questions and print how often the archive answers without evidence, or refuses with it."""
    data = PUBLIC_SETS["nomiracl"].given(data)

    from eval.benchmarks import nomiracl as benchmark  # noqa: PLC0415 - they load the archive and numpy
    from eval.benchmarks import report  # noqa: PLC0415

    codes = [code.strip() for code in languages.split(",") if code.strip()]
    with progress_bars(err) as bar:
        found = benchmark.measure(data, codes, bar, questions)
    if as_json:
        print_json([asdict(each) for each in found])
    else:
        report.print_abstention(found)


def sets(
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=f"Folder with a folder for each set that you have: {', '.join(PUBLIC_SETS)}.",
            show_default=False,
        ),
    ] = None,
    questions: Questions = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the sets that were not run.")] = False,
) -> None:
    """Run every public set that is there, and list the others as not run, with where to get them.

    Exit code 1 if none was run, or one that is there could not be.
    """
    if data is None:
        raise NewsragError(f"Where are the sets? --data names a folder with folders such as {', '.join(PUBLIC_SETS)}.")

    from eval.benchmarks import report  # noqa: PLC0415 - it loads the archive and numpy

    runs = []
    with progress_bars(err) as bar:
        for run in run_sets(data, questions, bar):
            runs.append(run)
            if run.figures is not None and not as_json:
                report.print_set(run.public_set.title, run.figures)
    not_run = {run.public_set.name: run.why for run in runs if run.figures is None}
    if as_json:
        figures = {run.public_set.name: asdict(run.figures) for run in runs if run.figures is not None}
        print_json({"sets": figures, "not_run": not_run})
    else:
        report.print_not_run({PUBLIC_SETS[name].title: why for name, why in not_run.items()})
    if len(not_run) == len(runs) or any(run.there and run.figures is None for run in runs):
        raise typer.Exit(1)


def _set_command(one: PublicSet) -> Callable[..., None]:
    """Return the command of a set that has no options but those of every set."""

    def command(
        data: Annotated[Path | None, typer.Option(metavar="DIR", help=one.data_help, show_default=False)] = None,
        questions: Questions = None,
        as_json: AsJson = False,
    ) -> None:
        there = one.given(data)

        from eval.benchmarks import report  # noqa: PLC0415 - it loads the archive and numpy

        with progress_bars(err) as bar:
            found = one.measure(there, questions, bar)
        if as_json:
            print_json(asdict(found))
        else:
            report.print_set(one.title, found)

    command.__name__ = one.name
    command.__doc__ = one.asks
    return command


COMMANDS: tuple[Callable[..., None], ...] = (
    xquad,
    speed,
    names,
    citations,
    qags,
    abstention,
    *(_set_command(one) for one in PUBLIC_SETS.values() if not one.command),
    sets,
)
