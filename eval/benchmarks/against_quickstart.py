"""Speed beside the LangChain quickstart, both as whole processes, taking turns so that a noisy machine is fair to both.

    python -m eval.benchmarks.against_quickstart [ARTICLES.jsonl[.xz]] [--rounds N] [--json]

Prints, as medians: seconds of a whole ``rag ask`` on the seed archive and of the quickstart on the seed article; with
ARTICLES (one JSON object with ``text`` a line) also passages a second of ``rag add`` over all of them and chunks a
second of the quickstart over the first 20, start-up counted for ours and not for theirs.
"""

import json
import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from rag.printing import print_json

QUESTION = "Did Musk talk to Putin?"
SEEDS = Path(__file__).parents[2] / "seeds"
_QUICKSTART_ARTICLES = 20
_RAG = (sys.executable, "-m", "rag.cli")


def run(command: list[str]) -> tuple[float, str]:
    """Run a command and return its seconds and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own command lines
        command, check=True, capture_output=True, text=True, env={**os.environ, "HF_HUB_OFFLINE": "1"}
    )
    return time.perf_counter() - started, done.stdout


def measure(articles: Path | None, rounds: int) -> dict[str, Any]:
    """Return the medians and ratios; see the module's text."""
    asking, quickstart = [], []
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "archive")
        run([*_RAG, "add", str(SEEDS), "--archive", archive])
        for _ in range(rounds):
            asking.append(run([*_RAG, "ask", QUESTION, "--archive", archive, "--json"])[0])
            quickstart.append(run([sys.executable, "-m", "eval.baselines.quickstart", QUESTION, str(SEEDS)])[0])
    figures: dict[str, Any] = {"ask_seconds": asking, "quickstart_seconds": quickstart}
    figures["ask_times_faster"] = statistics.median(quickstart) / statistics.median(asking)
    if articles is not None:
        figures |= _measure_adding(articles, rounds)
    return figures


def _measure_adding(articles: Path, rounds: int) -> dict[str, Any]:
    """Return passages a second of ``rag add``, start-up included, and chunks a second of the quickstart, without."""
    adding, quickstart = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "articles.jsonl"
            with lzma.open(articles) if articles.suffix == ".xz" else articles.open("rb") as source:
                plain.write_bytes(source.read())
            archive = str(Path(folder) / "archive")
            seconds, printed = run([*_RAG, "add", str(plain), "--archive", archive, "--json"])
            adding.append(sum(entry["passages"] for entry in json.loads(printed)["entries"]) / seconds)
            command = [sys.executable, "-m", "eval.baselines.quickstart", QUESTION, str(plain)]
            _, printed = run([*command, str(_QUICKSTART_ARTICLES)])
            theirs = json.loads(printed.splitlines()[-1])
            quickstart.append(theirs["chunks"] / theirs["seconds"])
            shutil.rmtree(archive)
    ratio = statistics.median(adding) / statistics.median(quickstart)
    return {"add_passages_a_second": adding, "quickstart_chunks_a_second": quickstart, "add_times_faster": ratio}


def main(
    articles: Annotated[
        Path | None, typer.Argument(help="One JSON object with `text` a line; .xz is unpacked.")
    ] = None,
    rounds: Annotated[int, typer.Option(min=1)] = 5,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure and print."""
    figures = measure(articles, rounds)
    if as_json:
        print_json(figures)
        return
    for name, value in figures.items():
        shown = f"{value:.1f}" if isinstance(value, float) else f"median {statistics.median(value):.2f}, runs {value}"
        typer.echo(f"{name}: {shown}")


if __name__ == "__main__":
    typer.run(main)
