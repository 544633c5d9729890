"""The page's layout, and which action each of its buttons starts."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from ui import scripts
from ui.actions import Actions
from ui.article_view import NOTHING_OPEN
from ui.evaluation import Evaluation
from ui.limits import LABEL

if TYPE_CHECKING:
    from rag.archive import Archive

BRAND = """<header class="brand"><h1>newsrag</h1><p>Answers in your sources' own words</p></header>"""

READERS = 8
"""Questions that are answered at a time, for all browser windows together; more wait."""

_SHARED: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_READING = {**_SHARED, "concurrency_limit": READERS}
_WRITING = {**_SHARED, "concurrency_id": "writing", "concurrency_limit": 1}


def build(archive: "Archive") -> gr.Blocks:
    """Lay the page out over an archive; :func:`ui.launch` serves it."""
    with gr.Blocks(title="newsrag", fill_width=True, analytics_enabled=False) as page:
        gr.HTML(BRAND, elem_id="brand", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask", elem_id="ask"):
                _asking(Actions(archive), page)
            with gr.Tab("Evaluation", elem_id="evaluate") as tab:
                _evaluation(Evaluation(archive), tab)
    return page  # type: ignore[no-any-return] # gradio has no types


def _asking(do: Actions, page: gr.Blocks) -> None:
    """Lay out the archive, the conversation and the open article, side by side."""
    turns, opened = gr.State([]), gr.State(None)
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="archive", min_width=0):
            count = gr.HTML(elem_id="count", apply_default_css=False)
            # No file_types: Gradio would drop other files without a word; the receipt says why they are not added.
            dropped = gr.File(file_count="multiple", label="Add articles", show_label=False, elem_id="drop")
            receipt = gr.HTML(elem_id="receipt", apply_default_css=False)
            wanted = gr.Textbox(
                value="", placeholder="Filter by title, outlet, date, language",
                label="Filter the articles", show_label=False, container=False, visible=False, elem_id="filter",
            )  # fmt: skip
            articles = gr.HTML(elem_id="articles", js_on_load=scripts.CLICKS, apply_default_css=False)
        with gr.Column(elem_id="talk", min_width=0):
            conversation = gr.HTML(elem_id="conversation", js_on_load=scripts.CONVERSATION, apply_default_css=False)
            saved = gr.HTML(elem_id="saved", js_on_load=scripts.SAVING, apply_default_css=False)
            with gr.Accordion(LABEL, open=False, elem_id="limits"), gr.Row():
                languages = gr.Dropdown([], label="Languages", multiselect=True, min_width=120)
                sources = gr.Dropdown([], label="Outlets", multiselect=True, min_width=120)
                first = gr.Textbox(value="", label="From", placeholder="2024-11-08", min_width=90)
                last = gr.Textbox(value="", label="To", placeholder="2024", min_width=90)
            with gr.Row(elem_id="asking"):
                question = gr.Textbox(
                    value="", placeholder="Ask in any language", label="Question", show_label=False,
                    container=False, max_lines=6, submit_btn=True, autofocus=True, scale=1, elem_id="question",
                )  # fmt: skip
                clear = gr.Button("Clear", size="sm", elem_id="clear", scale=0, min_width=72)
        with gr.Column(elem_id="article", min_width=0):
            article = gr.HTML(NOTHING_OPEN, elem_id="open", js_on_load=scripts.ARTICLE, apply_default_css=False)
            notice = gr.HTML(elem_id="notice", apply_default_css=False)
            remove = gr.Button("Remove from archive …", size="sm", visible=False, elem_id="remove")
            with gr.Row(visible=False, elem_id="confirmation") as confirmation:
                really = gr.Button("Remove", size="sm", variant="stop", elem_id="really")
                keep = gr.Button("Keep", size="sm", elem_id="keep")

    opening = [opened, article, articles, remove, confirmation, notice]
    archive_now = [count, wanted, articles, conversation, languages, sources]
    limits = [languages, sources, first, last]

    talk = [question, turns, conversation]
    asked = gr.on([question.submit, conversation.submit], do.ask, [question, turns, *limits], talk, **_READING)
    clear.click(do.clear, None, [turns, conversation], cancels=[asked], **_READING)
    conversation.download(do.download, [turns], [saved], **_READING)
    gr.on([conversation.select, articles.select], do.open, [wanted], opening, **_READING)
    remove.click(do.confirm, [opened], [remove, confirmation, notice], **_READING)
    keep.click(do.keep, None, [remove, confirmation, notice], **_READING)
    really.click(do.remove, [opened, wanted], [*opening, count], **_WRITING)
    dropped.upload(do.add, [dropped, wanted, opened, turns], [dropped, receipt, *archive_now], **_WRITING)
    # "change", for Gradio's "input" hears keys only, not what is pasted or dragged into the box.
    wanted.change(do.filter, [wanted, opened], [articles], trigger_mode="always_last", **_READING)
    page.load(do.refresh, [wanted, opened, turns], archive_now, **_READING)


def _evaluation(do: Evaluation, tab: gr.Tab) -> None:
    """Lay out the last report, and the buttons that make one."""
    with gr.Column(elem_id="evaluation", min_width=0):
        with gr.Row(elem_id="evaluating"):
            run = gr.Button("Run the seed set", size="sm", visible=False, elem_id="run", scale=0, min_width=72)
            stop = gr.Button("Stop", size="sm", visible=False, elem_id="stop", scale=0, min_width=72)
            told = gr.HTML(elem_id="told", apply_default_css=False)
        report = gr.HTML(elem_id="report", apply_default_css=False)
    shown = [told, report, run, stop]
    tab.select(do.show, None, shown, **_READING)
    run.click(do.start, None, shown, **_READING)
    stop.click(do.stop, None, None, **_READING)
