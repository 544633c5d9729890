"""``rag eval xquad`` and ``rag eval speed``: they parse, measure and print."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rag.errors import NewsragError
from rag.printing import print_json
from rag.progress import progress_bars

err = Console(stderr=True, highlight=False, soft_wrap=True)

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


def xquad(  # noqa: PLR0913, PLR0917 - one parameter an option
    data: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder with xquad.en.json … (XQuAD) or en.json … (LAReQA's XQuAD-R).")
    ],
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
    questions: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Ask only N of each language, evenly spread (default: all).")
    ] = None,
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
