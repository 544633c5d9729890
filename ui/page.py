"""The page's layout, and which action each of its buttons starts."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from ui import scripts
from ui.actions import Actions
from ui.article_view import NOTHING_OPEN
from ui.limits import LABEL

if TYPE_CHECKING:
    from rag.archive import Archive

BRAND = """<header class="brand"><h1>newsrag</h1><p>Answers in your sources' own words</p></header>"""

READERS = 8
"""Questions that are answered at a time, for all browser windows together; more wait."""


def build(archive: "Archive") -> gr.Blocks:
    """Lay the page out over an archive; :func:`ui.launch` serves it."""
    do = Actions(archive)
    with gr.Blocks(title="newsrag", fill_width=True, analytics_enabled=False) as page:
        turns, opened = gr.State([]), gr.State(None)
        gr.HTML(BRAND, elem_id="brand", apply_default_css=False)
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

        shared: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        reading = {**shared, "concurrency_limit": READERS}
        writing = {**shared, "concurrency_id": "writing", "concurrency_limit": 1}
        opening = [opened, article, articles, remove, confirmation, notice]
        archive_now = [count, wanted, articles, conversation, languages, sources]
        limits = [languages, sources, first, last]

        talk = [question, turns, conversation]
        asked = gr.on([question.submit, conversation.submit], do.ask, [question, turns, *limits], talk, **reading)
        clear.click(do.clear, None, [turns, conversation], cancels=[asked], **reading)
        conversation.download(do.download, [turns], [saved], **reading)
        gr.on([conversation.select, articles.select], do.open, [wanted], opening, **reading)
        remove.click(do.confirm, [opened], [remove, confirmation, notice], **reading)
        keep.click(do.keep, None, [remove, confirmation, notice], **reading)
        really.click(do.remove, [opened, wanted], [*opening, count], **writing)
        dropped.upload(do.add, [dropped, wanted, opened, turns], [dropped, receipt, *archive_now], **writing)
        # "change", for Gradio's "input" hears keys only, not what is pasted or dragged into the box.
        wanted.change(do.filter, [wanted, opened], [articles], trigger_mode="always_last", **reading)
        page.load(do.refresh, [wanted, opened, turns], archive_now, **reading)
    return page  # type: ignore[no-any-return] # gradio has no types
