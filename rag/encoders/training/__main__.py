"""Command line of the training: `python -m rag.encoders.training --data DATA/train --out FOLDER`."""

import argparse
import logging
import sys
from pathlib import Path

from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from rag.encoders.training.data import DataFolderError
from rag.encoders.training.loop import CheckpointError
from rag.encoders.training.loop import Progress as Step
from rag.encoders.training.pipeline import Job, run_job
from rag.encoders.training.recipe import Recipe


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    made = argparse.ArgumentParser(
        prog="python -m rag.encoders.training",
        description="Train the static multilingual encoder: from sentence pairs to a finished model folder.",
    )
    made.add_argument("--data", type=Path, required=True, help="folder with parallel/, dictionary/, names/ and qa/")
    made.add_argument("--out", type=Path, required=True, help="folder the model is written to")
    made.add_argument(
        "--work",
        type=Path,
        default=Path("build/training"),
        help="folder of the checkpoint; a run that was interrupted goes on from it (default: %(default)s)",
    )
    made.add_argument("--seed", type=int, default=Recipe.seed, help="default: %(default)s")
    made.add_argument(
        "--share", type=float, default=Recipe.share, help="share of the steps to make, for a quick look; default 1"
    )
    made.add_argument("--vocabulary", type=int, default=Recipe.vocabulary, help="tokens; default: %(default)s")
    made.add_argument("--dimensions", type=int, default=Recipe.dimensions, help="default: %(default)s")
    made.add_argument("--device", default=None, help="cpu, cuda, …; default: cuda where torch sees one, else cpu")
    return made


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit code: 0, or 2 after one line that says what is wrong."""
    options = parser().parse_args(arguments)
    console = Console(stderr=True)
    handler = RichHandler(console=console, show_path=False)
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[handler])
    recipe = Recipe(
        seed=options.seed, share=options.share, vocabulary=options.vocabulary, dimensions=options.dimensions
    )
    command = "python -m rag.encoders.training " + " ".join(
        f"--{name} {getattr(options, name)}" for name in ("seed", "share", "vocabulary", "dimensions")
    )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        shown: dict[str, TaskID] = {}

        def on_step(step: Step) -> None:
            if step.stage not in shown:
                shown[step.stage] = bars.add_task(step.stage, total=step.steps)
            description = f"{step.stage} loss {step.loss:.3f}"
            bars.update(shown[step.stage], completed=step.step, description=description)

        try:
            run_job(Job(options.data, options.out, options.work, recipe, options.device, command), on_step)
        except (DataFolderError, CheckpointError) as error:
            bars.stop()
            sys.stderr.write(f"error: {error}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
