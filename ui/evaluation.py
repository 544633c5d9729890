"""The *Evaluation* tab: the last report, and the seed set, which one thread runs for all browser windows."""

import logging
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from eval import running
from eval.gold_set import NEWSROOM_GOLD, SEED_ARTICLES, SHIPPED, read_gold
from eval.report.files import check_folder, write_report
from rag.errors import NewsragError
from rag.progress import Advance
from ui.actions import HIDDEN, SHOWN, UNCHANGED, UNFORESEEN, Updates
from ui.article_view import error_html
from ui.report_view import line_html, no_report_html, report_html, running_html

if TYPE_CHECKING:
    from rag.archive import Archive

log = logging.getLogger(__name__)

SET = "seed"
PAGE = "report.html"

NO_ARTICLES = (
    "The seed set cannot be run: its article comes with a checkout of the repository, not with the installed package."
)
ABOUT = "{n} questions about the article that newsrag comes with{model}."
STOPPED = "Stopped; no report was written."


class _Stopped(Exception):  # noqa: N818 - nothing went wrong
    """A person stopped the run, or the program ends."""


class SeedRun:
    """The seed set on its way; it begins when it is made, and any number of windows may watch it.

    :param folder: where its report is written at the end; a run that is stopped or fails leaves the last one there.
    """

    def __init__(self, folder: Path) -> None:
        self.over = threading.Event()
        self.html = running_html("Starting", 0, 0)
        """How far it is; when it is over what came of it, empty where all went well."""
        self._folder = folder
        self._stop = threading.Event()
        threading.Thread(target=self._work, name="newsrag-evaluation").start()

    def stop(self) -> None:
        """Stop before the next question."""
        self._stop.set()

    def _work(self) -> None:
        try:
            check_folder(self._folder)
            gold = SHIPPED[SET]
            done = running.run_set(SET, gold, read_gold(gold), running.Where(), baselines={}, bar=self._bar)
            write_report(running.report_of([done]), self._folder, datetime.now().astimezone())
            self.html = ""
        except _Stopped:
            self.html = line_html(STOPPED)
        except (NewsragError, OSError) as error:
            self.html = error_html(str(error))
        except Exception:
            log.exception("The seed set was not run")
            self.html = error_html(UNFORESEEN)
        finally:
            self.over.set()

    def _bar(self, title: str) -> Advance:
        def advance(done: int, total: int) -> None:
            if self._stop.is_set() or not threading.main_thread().is_alive():  # Ctrl-C must not wait for all questions
                raise _Stopped
            self.html = running_html(title.capitalize(), done, total)

        return advance


class Evaluation:
    """What the tab's buttons do; each yields (what is said, report, run button, stop button).

    :param archive: whose settings name the folder of the report.
    """

    def __init__(self, archive: "Archive") -> None:
        folder, model = archive.settings.report, archive.settings.llm
        self._about = ABOUT.format(n=len(read_gold(SHIPPED[SET])), model=f", answered by {model}" if model else "")
        self._pages = (folder / PAGE, folder / SET / PAGE)
        self._folder = folder
        self._run: SeedRun | None = None
        self._starting = threading.Lock()

    def show(self) -> Iterator[Updates]:
        """Show the last report, and how far a run is that another window has started."""
        run = self._run
        if run is not None and not run.over.is_set():
            yield UNCHANGED, self._report(), HIDDEN, SHOWN
            yield from self._watch(run)
        elif SEED_ARTICLES.is_dir():
            yield line_html(self._about), self._report(), SHOWN, HIDDEN
        else:
            yield line_html(NO_ARTICLES), self._report(), HIDDEN, HIDDEN

    def start(self) -> Iterator[Updates]:
        """Run the seed set, or watch it where another window has started it; its report is shown at the end."""
        with self._starting:
            if self._run is None or self._run.over.is_set():
                # In a folder of its own, for a report of both sets took minutes and is not to be lost by a click.
                self._run = SeedRun(self._folder / SET)
        yield from self._watch(self._run)

    def stop(self) -> None:
        """Stop the run."""
        if self._run is not None:
            self._run.stop()

    def _watch(self, run: SeedRun) -> Iterator[Updates]:
        told = None
        over = False
        while not over:
            if told != run.html:
                told = run.html
                yield told, UNCHANGED, HIDDEN, SHOWN
            over = run.over.wait(0.2)
        yield run.html, self._report(), SHOWN, HIDDEN

    def _report(self) -> str:
        """Return the report that was written last, or how to make one."""
        try:
            made = {path: path.stat().st_mtime for path in self._pages if path.exists()}
            if not made:
                return no_report_html(self._folder, None if SEED_ARTICLES.is_dir() else NEWSROOM_GOLD)
            return report_html(max(made, key=made.__getitem__).read_text(encoding="utf-8", errors="replace"))
        except OSError as error:
            return error_html(f"The report cannot be read: {error}.")
