"""``rag eval gate``; what it needs is loaded when it runs."""

from typing import Annotated

import typer
from rich.markup import escape

from rag.errors import NewsragError
from rag.printing import err, out
from rag.progress import progress_bars


def gate(
    renew: Annotated[
        bool, typer.Option("--renew", help="Write eval/expected.json anew from this run, whatever has fallen.")
    ] = False,
) -> None:
    """Ask the sets of the repository and compare with main's figures in eval/expected.json.

    Exit code 1 if a figure has fallen by more than its interval; it says which questions got worse.
    """
    from eval.gate.comparing import compare  # noqa: PLC0415 - the archive: numpy and most of the start
    from eval.gate.expected import EXPECTED, read_expected, write_expected  # noqa: PLC0415
    from eval.gate.measuring import SETS, measure  # noqa: PLC0415
    from rag.settings import Settings  # noqa: PLC0415 - pydantic

    if (llm := Settings().llm) is not None:
        raise NewsragError(f"The gate compares quoted answers, and RAG_LLM is {llm}. Unset it.")
    expected = {} if renew else read_expected()
    with progress_bars(err) as bar:
        tables = {name: measure(name, bar) for name in SETS}
    if renew:
        write_expected(tables)
        out.print(f"Written: {escape(str(EXPECTED))}. See what has changed with git diff.")
        return
    found = compare(expected, tables)
    for title, turned in (("No longer right", found.broken), ("Right now", found.mended)):
        for name, ids in turned.items():
            if ids:
                out.print(f"{title} in {name}: {escape(', '.join(ids))}", soft_wrap=True)
    for failure in found.failures:
        out.print(f"[bold red]fell[/] {escape(str(failure))}", soft_wrap=True)
    if found.failures:
        raise typer.Exit(1)
    out.print("No figure fell by more than its interval.")
