"""The page: the archive on the left, the conversation in the middle, the open article on the right.

A second tab shows the last evaluation report. The page talks only to :class:`rag.archive.Archive`, and
:mod:`ui.evaluation` to the evaluation; it listens on 127.0.0.1 only, and asks no other machine for anything.
"""

from ui import environment  # noqa: F401 - sets what Gradio reads when it is imported, so it comes first
from ui.page import build
from ui.serving import launch, serve

__all__ = ["build", "launch", "serve"]
