"""The *Evaluation* tab as HTML: the report in a frame of its own, and how far a run is."""

from html import escape
from pathlib import Path

SANDBOX = "allow-scripts"
"""The report's own script filters its misses; without ``allow-same-origin`` no script in it reaches the page."""


def report_html(page: str) -> str:
    """Return a report's page in a sandboxed frame.

    The frame is also under this page's content policy, so that it loads nothing from another machine.
    """
    return f'<iframe class="report" title="Evaluation report" sandbox="{SANDBOX}" srcdoc="{escape(page)}"></iframe>'


def no_report_html(folder: Path, gold: Path | None = None) -> str:
    """Return how to make a report.

    :param gold: the questions to be asked where the seed set cannot be run.
    """
    here = "Run the seed set here, or all shipped sets with" if gold is None else "Make one with"
    named = "" if gold is None else f'--gold "{gold}" '
    command = f'rag eval run {named}--report "{folder}"'  # the user data directory of macOS has a space in its name
    return f'<p class="hint">No report yet. {here} <code>{escape(command)}</code></p>'


def running_html(title: str, done: int, total: int) -> str:
    """Return a progress bar; ``total`` 0 means not known yet."""
    value = f' value="{done}" max="{total}"' if total else ""
    counted = f", {done:,} of {total:,}" if total else " …"
    return (
        f'<div class="running"><p role="status">{escape(title)}{counted}</p>'
        f'<progress{value} aria-label="Running the seed set"></progress></div>'
    )


def line_html(said: str) -> str:
    """Return one quiet line."""
    return f'<p class="hint" role="status">{escape(said)}</p>'
