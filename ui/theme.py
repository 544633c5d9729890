"""Colours and type of Gradio's own components. Only fonts that the machine has: nothing is loaded from elsewhere."""

import gradio as gr

ICON = (
    '<link rel="icon" href="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' "
    "fill='%232563eb'/%3E%3Cpath d='M8 10h16M8 16h16M8 22h9' stroke='white' stroke-width='3' "
    "stroke-linecap='round'/%3E%3C/svg%3E\">"
)
"""The tab's icon, drawn in the page itself."""


def theme() -> gr.themes.Base:
    """Return the page's theme; light or dark as the user's system is."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        text_size=gr.themes.sizes.text_md,
        spacing_size=gr.themes.sizes.spacing_sm,
        radius_size=gr.themes.sizes.radius_md,
        font=[gr.themes.Font("sans-serif")],
        font_mono=[gr.themes.Font("monospace")],
    ).set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_text_color="white",
        block_border_width="0px",
        block_shadow="none",
        input_border_width="1px",
    )
