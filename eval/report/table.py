"""The report on the console: a table of figures by language for each set, and on request each missed question."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.report.facts import pool_line
from eval.report.misses import expected, given, ranks
from eval.report.schema import Figures, QuestionTree, SetTree, Tree
from eval.report.wording import OURS, milliseconds, shown

# Two lines each: the table then fits into 80 characters.
_COLUMNS = {
    "found\nin 1": "evidence_hit_at_1",
    "found\nin 3": "evidence_hit_at_3",
    "\ncited": "cited",
    "citation\nprecision": "citation_precision",
    "citation\nrecall": "citation_recall",
    "refused\nrightly": "refused_rightly",
    "refused\nwrongly": "refused_wrongly",
}


def print_report(tree: Tree) -> None:
    """Print a table of our figures for each set, by language of the question and overall."""
    for name, one in tree["systems"][OURS]["sets"].items():
        _print_set(name, one, pool_line(tree["pool"].get(name)))


def print_misses(tree: Tree) -> None:
    """Print each question that we missed with what was expected, what was given and why it counts as missed."""
    for one in tree["systems"][OURS]["sets"].values():
        for question in one["questions"]:
            if question["miss"] is not None:
                _print_miss(question)


def _print_set(name: str, one: SetTree, pool: str) -> None:
    out = Console(highlight=False)
    table = Table(escape(name), box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for title in ("\nquestions", *_COLUMNS):
        table.add_column(title, justify="right")
    for language, found in one["languages"].items():
        table.add_row(escape(language), *_cells(found))
    for kind, found in one["kinds"].items():
        table.add_row(escape(kind.replace("_", " ")), *_cells(found))
    table.add_row("all", *_cells(one["overall"]), style="bold")
    overall = [one["overall"][key] for key in _COLUMNS.values()]
    table.add_row("95 % from", "", *(shown(figure["low"]) for figure in overall), style="dim")
    table.add_row("to", "", *(shown(figure["high"]) for figure in overall), style="dim")
    out.print()
    out.print(table)
    out.print("\n[dim]By language and kind of the question; questions are answerable + unanswerable ones.[/]")
    if pool:
        out.print(f"[dim]Pool: {escape(pool)}[/]", soft_wrap=True)
    latency = one["latency_ms"]
    out.print(
        f"[dim]Area under the risk–coverage curve {shown(one['area_under_risk'])}; a question takes"
        f" {milliseconds(latency['median'])} (median), {milliseconds(latency['p95'])} (95th percentile)[/]",
        soft_wrap=True,
    )
    answers = [question["given"] for question in one["questions"]]
    cited = [citation["exact"] for answer in answers if answer is not None for citation in answer["citations"]]
    if not cited:
        out.print("[dim]No citation was given.[/]")
        return
    colour = "green" if all(cited) else "bold red"
    out.print(f"[{colour}]quote exactness {sum(cited) / len(cited):.3f}[/] [dim]of {len(cited)} citations[/]")


def _cells(found: Figures) -> list[str]:
    answerable, unanswerable = (found[name]["n"] for name in ("refused_wrongly", "refused_rightly"))
    return [f"{answerable} + {unanswerable}", *(shown(found[key]["value"]) for key in _COLUMNS.values())]


def _print_miss(question: QuestionTree) -> None:
    out = Console(highlight=False, soft_wrap=True)
    title = f"\n[bold]{escape(question['id'])}[/] [red]{question['miss']}[/] [dim]{escape(question['language'])}[/]"
    out.print(f"{title} {escape(question['question'])}")
    for label, passages in (("expected", expected(question)), ("given   ", given(question))):
        for one in passages:
            line = f"{one['text']} {one['where']}".rstrip()
            out.print(f"  [dim]{label}[/] {escape(line)}")
    if found := ranks(question):
        out.print(f"  [dim]evidence[/] {found}")
    if (answer := question["given"]) is not None and answer["notice"]:
        out.print(f"  [dim]notice  [/] {escape(answer['notice'])}")
