"""The commands of ``rag eval`` that make and prove gold sets: they parse and print, and load nothing before that."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from eval.gold_set import SHIPPED, articles_of
from rag.errors import NewsragError
from rag.printing import err, out
from rag.progress import progress_bars
from rag.wording import usage_line

if TYPE_CHECKING:
    from eval.validating import Checked
    from rag.articles import Article

Gold = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The questions, JSON lines (default: both shipped sets).", show_default=False),
]
Articles = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="The articles they are about (default: articles/ beside FILE, else seeds/)."),
]


def check(
    gold: Gold = None,
    articles: Articles = None,
    archive: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The archive that holds the articles, in place of --articles.")
    ] = None,
) -> None:
    """Prove a gold set: every quote stands at its span, every id, language, part and day is right.

    Exit code 1 if something is wrong; warnings are only shown.
    """
    if articles is not None and archive is not None:
        raise NewsragError("The articles are in a folder (--articles) or in an archive (--archive): give one of them.")
    if gold is None and (articles is not None or archive is not None):
        raise NewsragError("Name the questions about these articles with --gold FILE.")

    from eval import validating  # noqa: PLC0415 - it loads the readers and the splitter
    from rag.settings import Settings  # noqa: PLC0415 - pydantic

    settings = Settings()
    right = True
    for file in SHIPPED.values() if gold is None else (gold,):
        if archive is not None:
            known = _archived(archive)
        else:
            known = validating.read_articles(articles or articles_of(file), settings)
        found = validating.validate(file, known, settings.passage_chars)
        _print_checked(file, found)
        right = right and not found.errors
    if not right:
        raise typer.Exit(1)


def draft(
    out_file: Annotated[Path, typer.Option("--out", metavar="FILE", help="The new file of proposals, JSON lines.")],
    archive: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The archive to ask about (default: RAG_ARCHIVE, else yours).")
    ] = None,
    questions: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many at most, a quarter of them unanswerable near misses.")
    ] = 50,
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only articles in this language, such as de; may be repeated."),
    ] = None,
) -> None:
    """Propose gold questions from your own articles, for you to review.

    With a chat model (RAG_LLM) they are questions as people ask them; without one, sentences with a number, date or
    name left out, which are easier to find than real questions are.
    """
    from eval import drafting  # noqa: PLC0415 - it loads the archive
    from eval.runner import existing_archive  # noqa: PLC0415
    from rag.settings import Settings  # noqa: PLC0415 - pydantic

    drafting.check_out(out_file)
    directory = archive or Settings().archive
    with existing_archive(directory) as (opened, _), progress_bars(err) as bar:
        found = drafting.draft(opened, questions, language or (), bar)
    found.write(out_file)
    answerable = sum(question.answerable for question in found.questions)
    by = found.model or "leaving words out"
    out.print(f"{len(found.questions)} proposals by {escape(by)} in {escape(str(out_file))}:", end=" ")
    out.print(f"{answerable} answerable, {len(found.questions) - answerable} near misses")
    if len(found.questions) < questions:
        out.print(f"[yellow]The articles gave no more; {questions} were asked for.[/]")
    for reason, count in found.dropped.items():
        out.print(f"[yellow]dropped: {count} {escape(reason)}[/]")
    if found.usage is not None:
        err.print(f"[dim]{usage_line(found.usage)}[/]")
    where = f"--gold {escape(str(out_file))} --archive {escape(str(directory))}"
    out.print("Read each, mend or delete it, and set reviewed to true. Then:")
    out.print(f"  rag eval check {where}\n  rag eval run {where}")


def _archived(directory: Path) -> "dict[str, Article]":
    from eval.runner import existing_archive  # noqa: PLC0415 - it loads the archive

    with existing_archive(directory) as (archive, ids):
        return {name: archive.article(article_id) for name, article_id in ids.items()}


def _print_checked(file: Path, found: "Checked") -> None:
    """Print the receipt of one set."""
    out.print(f"[bold]{escape(str(file))}[/]")
    read = f"{found.articles} articles in {len(found.article_languages)} ({' '.join(found.article_languages)})"
    out.print(f"  {found.questions} questions in {len(found.languages)} languages over {read}")
    for title, counts in (("kinds", found.kinds), ("languages", found.languages), ("pairs", found.pairs)):
        out.print(f"  [dim]{title:9}[/] {escape(', '.join(f'{name} {count}' for name, count in counts.items()))}")
    out.print(f"  {found.across} of {found.answerable} answerable ones are in another language than their evidence")
    if found.undetected:
        out.print(f"  {found.undetected} too short to tell their language")
    if found.unreviewed:
        out.print(f"  [yellow]{found.unreviewed} not reviewed[/]")
    for colour, kind, listed in (("yellow", "warning", found.warnings), ("red", "error", found.errors)):
        for finding in listed:
            out.print(f"  [{colour}]{kind}[/] {escape(str(finding))}")
    colour = "red" if found.errors else "green"
    out.print(f"  [{colour}]{len(found.errors)} errors[/], {len(found.warnings)} warnings")
