"""``rag eval compare``; what it needs is loaded when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from rag.printing import print_json


def compare(
    before: Annotated[Path, typer.Argument(metavar="A.json", help="A report.json of `rag eval run --report DIR`.")],
    after: Annotated[Path, typer.Argument(metavar="B.json", help="Another, later one.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Set two reports side by side: their figures with paired differences, and which questions got better or worse."""
    from eval.report.comparing import compare_trees, print_comparison  # noqa: PLC0415 - numpy
    from eval.report.files import read_tree  # noqa: PLC0415

    found = compare_trees(read_tree(before), read_tree(after))
    print_json(found) if as_json else print_comparison(found)
