"""How the command line shows an answer: plain text, in colour and struck out where the terminal can, or JSON."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from rag.answers import Answer, Citation, Located, Statement, Verdict
from rag.wording import LOCATED, STRUCK, VERDICTS, citation_details, usage_line, verdict_reasons

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

_COLOURS = {
    Verdict.SUPPORTED: "green",
    Verdict.OVERSTATED: "yellow",
    Verdict.PARTLY: "yellow",
    Verdict.UNSUPPORTED: "red",
    Verdict.CONTRADICTED: "red",
}


def print_json(tree: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print a JSON value on stdout, indented, letters of every script as they are."""
    typer.echo(json.dumps(tree, ensure_ascii=False, indent=2))


def print_answer(answer: Answer) -> None:
    """Print an answer: its statements, or that there is none and the nearest passages."""
    if answer.searched:
        err.print(f"[dim]Searched: {escape(answer.searched)}[/]")
    if answer.notice:
        err.print(f"[yellow]{escape(answer.notice)}[/]")
    if not answer.answered:
        out.print(f"[bold]{escape(answer.text)}[/]")
        if answer.hits:
            out.print("\nNearest passages:")
        for hit in answer.hits[:3]:
            out.print(f"[dim]{escape(hit.passage.article_id)} {hit.passage.start}–{hit.passage.end}[/]")
            out.print(escape(hit.passage.text), end="\n\n")
        _print_usage(answer)
        return
    number = 1
    for statement in answer.statements:
        print_statement(statement, number)
        number += len(statement.citations)
    _print_usage(answer)


def _print_usage(answer: Answer) -> None:
    if answer.usage is not None:
        err.print(f"[dim]{escape(answer.model or '')}: {usage_line(answer.usage)}[/]")


def print_statement(statement: Statement, number: int = 1, *, quoted: bool = True) -> None:
    """Print a statement with its verdict, the reasons and its citations; what nothing bears out is struck through.

    :param number: of its first citation.
    :param quoted: whether to show the cited words.
    """
    wording = VERDICTS[statement.verdict]
    text = escape(statement.text)
    shown = f"[strike]{text}[/]" if statement.verdict in STRUCK else text
    out.print(f"{shown} [{_COLOURS[statement.verdict]}]{wording.icon} {wording.label}[/]")
    for reason in verdict_reasons(statement.verdict, statement.reasons):
        out.print(f"  – {escape(reason)}")
    for at, citation in enumerate(statement.citations, start=number):
        _print_citation(at, citation, statement, quoted=quoted)


def _print_citation(number: int, citation: Citation, statement: Statement, *, quoted: bool) -> None:
    """Print a citation: where it stands and what it does about the statement; its words where they say more."""
    where = f"{citation.article_id} {citation.start}–{citation.end}"
    known = (citation.title, *citation_details(citation), where)
    place = f"[{number}] {' · '.join(part for part in known if part)}"
    wording = VERDICTS[citation.verdict]
    out.print(f"  [dim]{escape(place)} ·[/] [{_COLOURS[citation.verdict]}]{wording.icon} {wording.says}[/]")
    if quoted and citation.quote != statement.text:
        out.print(f"      [italic]“{escape(citation.quote)}”[/]")
    notes = [] if citation.located is Located.VERBATIM else [LOCATED[citation.located]]
    notes += [reason for reason in citation.reasons if reason not in statement.reasons]
    if citation.attributed:
        notes.append(f"reported: {citation.attributed}")
    if citation.copies:
        notes.append(f"also in: {', '.join(citation.copies)}")
    for note in notes:
        out.print(f"      [dim]{escape(note)}[/]")
