"""Starting the page: on this machine only, on the port that was asked for, and with nothing printed."""

import errno
import socket
import time
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

import gradio as gr
from starlette.middleware import Middleware

from rag.errors import NewsragError
from ui.environment import LOOPBACK
from ui.guard import Guard
from ui.page import build
from ui.styles import CSS
from ui.theme import ICON, theme

if TYPE_CHECKING:
    from rag.archive import Archive

HIGHEST_PORT = 65_535


def start(archive: "Archive", port: int = 7860) -> gr.Blocks:
    """Start serving in the background and return the running page; its ``close()`` stops it.

    :raises NewsragError: the port cannot be used.
    """
    _check(port)
    page = build(archive)
    page.launch(
        server_name=LOOPBACK,
        server_port=port,
        prevent_thread_lock=True,
        inbrowser=False,
        share=False,
        quiet=True,
        theme=theme(),
        css=CSS,
        head=ICON,
        footer_links=[],
        run_history=False,  # or the browser would keep every question and answer
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        max_file_size=f"{archive.settings.max_file_mb}mb",
        app_kwargs={"middleware": [Middleware(Guard)], "docs_url": None, "redoc_url": None, "openapi_url": None},
    )
    return page


def launch(
    archive: "Archive",
    port: int = 7860,
    *,
    block: bool = True,
    open_browser: bool = False,
    on_ready: Callable[[str], None] | None = None,
) -> str:
    """Serve the page on 127.0.0.1 and return its address.

    :param block: return only after Ctrl-C, with the server stopped; else return at once, and the server ends with the
        process.
    :param open_browser: show the page in the user's browser.
    :param on_ready: called with the address as soon as the page can be opened.
    :raises NewsragError: the port cannot be used.
    """
    page = start(archive, port)
    url = f"http://{LOOPBACK}:{port}"
    if on_ready is not None:
        on_ready(url)
    if open_browser:
        webbrowser.open(url)
    if block:
        try:
            while True:
                time.sleep(1)  # unlike a lock, Ctrl-C interrupts it on every system
        except KeyboardInterrupt:
            page.close(verbose=False)
    return url


def serve(archive: "Archive", port: int = 7860, *, open_browser: bool = False) -> None:
    """Serve the page until Ctrl-C; :func:`launch` with nothing to tell.

    :raises NewsragError: the port cannot be used.
    """
    launch(archive, port, open_browser=open_browser)


def _check(port: int) -> None:
    """Raise if the port cannot be listened on: Gradio would say only that it found none, and try others by default."""
    if not 1 <= port <= HIGHEST_PORT:
        raise NewsragError(f"Port {port} does not exist. Choose one from 1 to {HIGHEST_PORT}, such as --port 7860.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                why = "is in use by another program. Stop that program"
            else:
                why = f"cannot be used: {error.strerror or error}. Make it available"
            raise NewsragError(f"Port {port} on {LOOPBACK} {why}, or choose another port with --port.") from error
