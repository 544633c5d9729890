"""The command line ``rag``. It parses, calls :class:`rag.archive.Archive` and prints; nothing is decided here."""

import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.markup import escape

from eval.cli import app as eval_app
from rag.archive import Archive
from rag.errors import FilterError, NewsragError
from rag.exporting import check_target, read_record, write_export
from rag.filters import Filters
from rag.printing import err, out, print_answer, print_json, print_statement
from rag.progress import progress_bars
from rag.receipts import Outcome, Receipt

app = typer.Typer(
    help="Ask your news archive in any language; get answers whose every sentence you can check.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(eval_app, name="eval")

_UsageError: Any = typer.BadParameter.__base__  # Typer carries a Click of its own, and names only this child of it

Directory = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="DIR",
        help="The archive's folder (default: RAG_ARCHIVE, else in your user data directory).",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Export = Annotated[
    Path | None,
    typer.Option("--export", metavar="FILE", help="Write the answer with all its evidence to FILE.json, .md or .html."),
]
Question = Annotated[str, typer.Argument(help="A question, in any language.")]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Only articles published on this day or later: 2024-11-08, 2024."),
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only articles published up to this day.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="What the articles said up to this day; in place of --to.")
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="CODE", help="Only articles in this language, such as de; may be repeated."),
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Only articles of this outlet or author; may be repeated."),
]
After = Annotated[
    list[str] | None,
    typer.Option(
        "--after", metavar="QUESTION", help="A question asked before, which this one follows up; may be repeated."
    ),
]


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: .txt .md .html .pdf .docx .jsonl .csv")],
    archive: Directory = None,
    as_json: AsJson = False,
) -> None:
    """Add files and folders of articles, and print what became of each."""
    with Archive.open(archive) as opened:
        with progress_bars(err) as bar:
            advance = bar("Adding")
            receipt = opened.add(paths, progress=lambda step: advance(step.done, step.total))
        print_json(receipt.as_dict()) if as_json else _print_receipt(receipt)
    if receipt.nothing_added:
        raise typer.Exit(2)


@app.command()
def ask(  # noqa: PLR0913 - what a user may give
    question: Question,
    *,
    archive: Directory = None,
    after: After = None,
    published_from: From = None,
    published_to: To = None,
    as_of: AsOf = None,
    language: Languages = None,
    source: Sources = None,
    export: Export = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with quoted and cited sentences, or say that the archive does not answer it."""
    filters = _filters(published_from, published_to, as_of, language, source)
    if export is not None:
        check_target(export)
    with Archive.open(archive) as opened:
        answer = opened.ask(question, filters, after or ())
        record = opened.export(answer, filters)
    print_json(answer.as_dict()) if as_json else print_answer(answer)
    if export is not None:
        write_export(record, export)  # last, for a full disk must not cost the answer


@app.command(name="verify")
def verify_(
    export: Annotated[Path, typer.Argument(metavar="FILE", help="What `rag ask --export FILE.json` wrote.")],
    archive: Directory = None,
    as_json: AsJson = False,
) -> None:
    """Check every quote of an exported answer against the archive again; exit 1 if something changed."""
    record = read_record(export)
    with Archive.open(archive) as opened:
        report = opened.verify(record)
    if as_json:
        print_json(report.as_dict())
    else:
        for check in report.changed:
            out.print(escape(check.line))
        out.print(escape(report.summary))
    if report.changed:
        raise typer.Exit(1)


@app.command()
def check(  # noqa: PLR0913 - what a user may give
    statement: Annotated[str, typer.Argument(help="A sentence of your own, in any language.")],
    article_id: Annotated[str, typer.Argument(metavar="ARTICLE_ID", help="An article's id, as `rag list` prints it.")],
    *,
    archive: Directory = None,
    quote: Annotated[
        str | None,
        typer.Option("--quote", metavar="TEXT", help="The article's words that are to bear it out (default: all)."),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="The sentence's language (default: guessed).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Judge a sentence of your own against an article: the verdict, why, and where the article's words stand."""
    with Archive.open(archive) as opened:
        span = opened.find_quote(quote, article_id) if quote is not None else None
        start, end = (span.start, span.end) if span is not None else (0, None)
        found = opened.check(statement, article_id, start, end, language)
    if as_json:
        print_json(asdict(found))
        return
    print_statement(found, quoted=quote is not None)


@app.command()
def search(  # noqa: PLR0913 - what a user may give
    question: Question,
    *,
    archive: Directory = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many passages to print.")] = 10,
    published_from: From = None,
    published_to: To = None,
    as_of: AsOf = None,
    language: Languages = None,
    source: Sources = None,
    as_json: AsJson = False,
) -> None:
    """Print the passages that best match a question."""
    filters = _filters(published_from, published_to, as_of, language, source)
    with Archive.open(archive) as opened:
        hits = opened.search(question, limit, filters)
    if as_json:
        print_json([{"score": hit.score, "passage": asdict(hit.passage)} for hit in hits])
        return
    for number, hit in enumerate(hits, start=1):
        p = hit.passage
        out.print(f"[bold]{number}.[/] {escape(p.article_id)} [dim]{p.start}–{p.end} · {hit.score:.3f}[/]")
        out.print(escape(p.text), end="\n\n")


@app.command(name="list")
def list_(  # noqa: PLR0913 - what a user may give
    *,
    archive: Directory = None,
    published_from: From = None,
    published_to: To = None,
    as_of: AsOf = None,
    language: Languages = None,
    source: Sources = None,
    as_json: AsJson = False,
) -> None:
    """List the articles."""
    filters = _filters(published_from, published_to, as_of, language, source)
    with Archive.open(archive) as opened:
        infos = opened.list(filters)
    if as_json:
        print_json([asdict(info) for info in infos])
        return
    for info in infos:
        about = " · ".join(part for part in (info.title, info.source, info.published, info.language) if part)
        out.print(f"[bold]{escape(info.id)}[/]  {escape(about)}  [dim]{info.passages} passages[/]")


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="Article ids, as `rag list` prints them.")],
    archive: Directory = None,
    as_json: AsJson = False,
) -> None:
    """Remove articles, so that no search finds them."""
    with Archive.open(archive) as opened:
        opened.remove(ids)
    print_json({"removed": ids}) if as_json else out.print(f"Removed {len(ids)}: {escape(', '.join(ids))}")


@app.command()
def status(archive: Directory = None, as_json: AsJson = False) -> None:
    """Say what the archive holds and whether its parts agree; exit 2 if they do not."""
    with Archive.open(archive) as opened:
        found = opened.status()
    if as_json:
        print_json(found.as_dict())
    else:
        for name, value in found.as_dict().items():
            shown = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else value
            out.print(f"{name.replace('_', ' '):>13}  {escape(str(shown))}")
    if not found.consistent:
        raise NewsragError("Catalog, vectors and terms disagree. Run `rag rebuild`.")


@app.command()
def rebuild(archive: Directory = None, as_json: AsJson = False) -> None:
    """Make passages, vectors and terms anew from the catalog, with the present settings."""
    with Archive.open(archive) as opened:
        with progress_bars(err) as bar:
            opened.rebuild(progress=bar("Rebuilding"))
        found = opened.status()
    print_json(found.as_dict()) if as_json else out.print(
        f"Rebuilt {found.articles} articles, {found.passages} passages."
    )


@app.command()
def ui(
    archive: Directory = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 7860,
    as_json: AsJson = False,
) -> None:
    """Open the chat page on this machine; Ctrl-C ends it."""
    from ui import launch  # noqa: PLC0415 - seconds of Gradio

    def say(url: str) -> None:
        print_json({"url": url}) if as_json else out.print(f"newsrag is at {url} (Ctrl-C ends it)")

    with Archive.open(archive) as opened:
        launch(opened, port=port, on_ready=say)


def main() -> None:
    """Run the command line: a user's error is one line on stderr and exit code 2."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    logging.getLogger("rag.encoders").setLevel(logging.WARNING)  # passages that a model cuts
    try:
        raise SystemExit(app(standalone_mode=False))
    except (KeyboardInterrupt, typer.Abort):
        raise SystemExit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at exit
        raise SystemExit(141) from None
    except _UsageError as error:
        _fail(f"{error.format_message()} `rag --help` and `rag COMMAND --help` show what can be given.")
    except (NewsragError, OSError) as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    """Print an error as one line and end with exit code 2."""
    err.print(f"[bold red]Error:[/] {escape(' '.join(message.split()))}")
    raise SystemExit(2) from None


def _filters(
    published_from: str | None,
    published_to: str | None,
    as_of: str | None,
    languages: list[str] | None,
    sources: list[str] | None,
) -> Filters:
    if published_to is not None and as_of is not None:
        raise FilterError("--as-of and --to both give the last day of publication. Give one of them.")
    return Filters(tuple(languages or ()), tuple(sources or ()), published_from, published_to or as_of)


def _print_receipt(receipt: Receipt) -> None:
    for entry in receipt.entries:
        if entry.outcome in (Outcome.SKIPPED, Outcome.FAILED):
            colour = "red" if entry.outcome is Outcome.FAILED else "yellow"
            out.print(f"[{colour}]{entry.outcome}[/] {escape(entry.origin)}: {escape(entry.reason or '')}")
    out.print(", ".join(f"{count} {outcome}" for outcome, count in receipt.counts.items() if count) or "nothing to add")


if __name__ == "__main__":
    main()
