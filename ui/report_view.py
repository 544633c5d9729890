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


def no_report_html(folder: Path) -> str:
    """Return how to make a report."""
    return (
        '<p class="hint">No report yet. Run the seed set here, or all shipped sets with'
        f" <code>rag eval run --report {escape(str(folder))}</code>.</p>"
    )


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
