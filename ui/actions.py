"""What the page's buttons do, over one archive; what they show is made in the modules beside this one."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.answers import Answer
from rag.articles import ArticleInfo
from rag.errors import NewsragError
from ui import uploads
from ui.adding import add_files
from ui.archive_panel import FILTER_FROM, count_html, list_html
from ui.article_view import NOTHING_OPEN, article_html, error_html
from ui.conversation import Turn, conversation_html, welcome_html
from ui.keeping import file_html
from ui.labels import name_in
from ui.limits import choices, chosen

if TYPE_CHECKING:
    from rag.archive import Archive

log = logging.getLogger(__name__)

Updates = tuple[Any, ...]
"""New values of the components that the docstring of the action names, in this order."""

UNFORESEEN = "This failed in a way that newsrag did not foresee. The details are in the window where it was started."
"""What a visitor reads instead of a traceback, which goes to the log."""

UNCHANGED = gr.skip()
SHOWN, HIDDEN = gr.update(visible=True), gr.update(visible=False)


class Actions:
    """The page's actions. It holds the archive only: what belongs to one visitor is in Gradio's session state."""

    def __init__(self, archive: "Archive") -> None:
        self._archive = archive

    # -- the conversation --------------------------------------------------------------------------------------------

    def ask(self, typed: str, turns: Sequence[Turn], event: gr.EventData, *limits: Any) -> Iterator[Updates]:  # noqa: ANN401 - Gradio's values
        """Answer what was typed, or the example that was clicked; yields (typed, turns, conversation).

        :param limits: what :func:`ui.limits.chosen` takes.
        """
        question = ((event._data or {}).get("question") or typed).strip()
        if not question:
            yield UNCHANGED, UNCHANGED, UNCHANGED
            return
        earlier, turn = list(turns), Turn(question)
        yield "", [*earlier, turn], conversation_html([*earlier, turn])
        try:
            known = {info.id: info for info in self._archive.list()}
            turn = replace(turn, filters=chosen(*limits))
            before = [each.searched for each in earlier]
            for answer in self._archive.stream(question, filters=turn.filters, earlier=before):
                turn = replace(turn, answer=answer, known=_named(answer, known))
                yield UNCHANGED, [*earlier, turn], conversation_html([*earlier, turn])
            if turn.answer is not None:
                turn = replace(turn, record=self._archive.export(turn.answer, turn.filters))
        except NewsragError as error:
            turn = replace(turn, error=str(error))
        except Exception:
            log.exception("The question %r was not answered", question)
            turn = replace(turn, error=UNFORESEEN)
        turn = replace(turn, complete=True)
        yield UNCHANGED, [*earlier, turn], conversation_html([*earlier, turn])

    def download(self, turns: Sequence[Turn], event: gr.EventData) -> Any:  # noqa: ANN401 - Gradio's skip has no type
        """Make the file that was asked for; returns (file) for the page's script to save."""
        wanted = event._data
        asked = turns[wanted["turn"]] if wanted["turn"] < len(turns) else None  # the conversation was just cleared
        if asked is None or asked.record is None:
            return UNCHANGED
        return file_html(asked.record, wanted["ending"], time.monotonic_ns())

    def clear(self) -> Updates:
        """Forget the conversation; returns (turns, conversation)."""
        return [], welcome_html(self._archive.list())

    # -- the open article --------------------------------------------------------------------------------------------

    def open(self, wanted: str, event: gr.EventData) -> Updates:
        """Open the article that was clicked; returns (opened, article, list, remove button, confirmation, notice)."""
        clicked = event._data
        infos = self._archive.list()
        known = {info.id: info for info in infos}
        try:
            article = self._archive.article(clicked["article"])
        except NewsragError as error:
            shown, opened = error_html(str(error)), None
        else:
            opened, name = article.id, name_in(known, article.id)
            opening = time.monotonic_ns()
            shown = article_html(article, clicked["start"], clicked["end"], name=name, opening=opening)
        return opened, shown, list_html(infos, wanted, opened), SHOWN if opened else HIDDEN, HIDDEN, ""

    def confirm(self, opened: str | None) -> Updates:
        """Ask whether the open article is really to be removed; returns (remove button, confirmation, notice)."""
        known = {info.id: info for info in self._archive.list()}
        asked = f"Remove “{name_in(known, opened or '')}” from the archive?"
        return HIDDEN, SHOWN, f'<p class="asked">{escape(asked)}</p>'

    def keep(self) -> Updates:
        """Leave the open article in the archive; returns what :meth:`confirm` returns."""
        return SHOWN, HIDDEN, ""

    def remove(self, opened: str, wanted: str) -> Updates:
        """Remove the open article; returns what :meth:`open` returns, and then the count."""
        before = {info.id: info for info in self._archive.list()}
        try:
            self._archive.remove([opened])
        except NewsragError as error:
            return opened, UNCHANGED, UNCHANGED, SHOWN, HIDDEN, error_html(str(error)), UNCHANGED
        infos = self._archive.list()
        origin = before[opened].origin
        if all(info.origin != origin for info in infos):
            uploads.forget(origin, self._archive.directory)
        return None, NOTHING_OPEN, list_html(infos, wanted), HIDDEN, HIDDEN, "", count_html(infos)

    # -- the archive -------------------------------------------------------------------------------------------------

    def add(
        self, dropped: list[str] | None, wanted: str, opened: str | None, turns: Sequence[Turn]
    ) -> Iterator[Updates]:
        """Add dropped files; yields (drop zone, receipt, and what :meth:`refresh` returns)."""
        try:
            for receipt in add_files(self._archive, dropped or []):
                yield None, receipt, *(UNCHANGED,) * 6
        except NewsragError as error:
            yield None, error_html(str(error)), *(UNCHANGED,) * 6
        except Exception:
            log.exception("The files %r were not added", dropped)
            yield None, error_html(UNFORESEEN), *(UNCHANGED,) * 6
        yield None, UNCHANGED, *self.refresh(wanted, opened, turns)

    def refresh(self, wanted: str, opened: str | None, turns: Sequence[Turn]) -> Updates:
        """Show the archive as it is now; returns (count, filter, list, conversation, languages, sources)."""
        infos = self._archive.list()
        conversation = UNCHANGED if turns else welcome_html(infos)
        filtered = gr.update(visible=len(infos) > FILTER_FROM)
        offered = (gr.update(choices=offers) for offers in choices(infos))
        return count_html(infos), filtered, list_html(infos, wanted, opened), conversation, *offered

    def filter(self, wanted: str, opened: str | None) -> str:
        """Return the list of the articles that match what was typed into the filter."""
        return list_html(self._archive.list(), wanted, opened)


def _named(answer: Answer, known: Mapping[str, ArticleInfo]) -> dict[str, ArticleInfo]:
    """Return what the archive's list says of the articles that an answer names."""
    citations = [citation for statement in answer.statements for citation in statement.citations]
    cited = {article_id for citation in citations for article_id in (citation.article_id, *citation.copies)}
    named = cited | {hit.passage.article_id for hit in answer.hits}
    return {article_id: known[article_id] for article_id in named if article_id in known}
