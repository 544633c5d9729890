"""The whole run: read, tokenise, train, score, export."""

import hashlib
import json
import logging
import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from rag.encoders.training.batches import TrainingRows
from rag.encoders.training.components import translation_components
from rag.encoders.training.data import Corpus, data_fingerprint, read_corpus
from rag.encoders.training.development import WAYS, GroupScore, Scorer, average, score_groups
from rag.encoders.training.export import TrainedModel, export_model
from rag.encoders.training.loop import Progress, Run
from rag.encoders.training.recipe import Recipe
from rag.encoders.training.tokenizer import train_tokenizer, twins
from rag.encoders.training.tokens import count_tokens, encode_pairs
from rag.encoders.training.words import WordRules

logger = logging.getLogger(__name__)

NAME = "newsrag-static"
PARTS = ("parallel", "dictionary", "names", "qa")
PROGRESS = "progress.json"  # in the work folder: seconds so far, development scores of finished stages
STEPS_PER_LINE = 100  # of the log


@dataclass(frozen=True)
class Job:
    """What a run reads and writes.

    :param data: folder with the training data.
    :param out: folder the model is written to, after each stage, so that there is a usable one before the run ends.
    :param work: folder of the checkpoint and the tokenizer.
    :param device: a torch device name; by default cuda where torch sees one, else cpu.
    :param command: stored in the record of the run.
    """

    data: Path
    out: Path
    work: Path
    recipe: Recipe = field(default_factory=Recipe)
    device: str | None = None
    command: str = ""

    @property
    def torch_device(self) -> torch.device:
        """The device to train on."""
        return torch.device(self.device or ("cuda" if torch.cuda.is_available() else "cpu"))


def run_job(job: Job, on_step: Callable[[Progress], None] = lambda _: None) -> None:
    """Do the run, or what a checkpoint in the work folder says is left of it.

    :param on_step: called after each step.
    :raises DataFolderError: if the data is missing.
    :raises CheckpointError: if the work folder holds the checkpoint of another recipe or other data.
    """
    began = time.monotonic()
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    corpus = read_corpus(job.data)
    fingerprint = data_fingerprint(job.data)
    sizes = {name: len(getattr(corpus, name)) for name in PARTS}
    logger.info("training pairs: %s", sizes)
    job.work.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(corpus, job, fingerprint)
    twin = twins(tokenizer)
    tables = {name: encode_pairs(tokenizer, getattr(corpus, name), twin) for name in PARTS}
    rows = TrainingRows(**tables, component=translation_components(corpus.parallel))
    held_out = [(t.names, encode_pairs(tokenizer, t, twin)) for t in (corpus.parallel_dev, corpus.qa_dev)]
    texts = corpus.parallel.left + corpus.parallel.right + corpus.qa.right
    counts, sentences = count_tokens(texts, (rows.parallel.left, rows.parallel.right, rows.qa.right), twin)
    logger.info("tokens: %d; %d distinct sentences counted", len(twin), sentences)
    rules = WordRules.of(tokenizer, counts, sentences)
    earlier, development = _earlier(job.work)
    record = {
        "name": NAME,
        "command": job.command,
        "recipe": asdict(job.recipe),
        "data_fingerprint": fingerprint,
        "training_pairs": sizes,
        "vocabulary": len(twin),
        "counted_sentences": sentences,
        "machine": {"device": str(job.torch_device), "cores": os.cpu_count(), "torch": torch.__version__},
        "python": platform.python_version(),
        "development": development,
    }

    def save_progress() -> None:
        progress = {"seconds": earlier + time.monotonic() - began, "development": development}
        (job.work / PROGRESS).write_text(json.dumps(progress), encoding="utf8")

    def on_stage(stage: str, table: torch.Tensor) -> None:
        vectors = table[torch.from_numpy(twin)].half().float()  # as they will be stored
        scorer = Scorer(vectors, rules, job.recipe)
        scores = [score for names, pairs in held_out for score in score_groups(scorer, pairs, names)]
        development[stage] = _summary(stage, scores)
        save_progress()
        written = {**record, "stage": stage, "seconds": round(earlier + time.monotonic() - began)}
        export_model(job.out, TrainedModel(tokenizer, vectors.numpy(), counts, written))
        logger.info("model of stage %s written to %s", stage, job.out)

    def timed_step(progress: Progress) -> None:
        if progress.step % STEPS_PER_LINE == 0 or progress.step == progress.steps:
            logger.info("%s %d/%d loss %.3f", progress.stage, progress.step, progress.steps, progress.loss)
            save_progress()
        on_step(progress)

    Run(
        data=rows,
        rules=rules,
        recipe=job.recipe,
        work=job.work,
        key=hashlib.sha256(f"{asdict(job.recipe)} {fingerprint}".encode()).hexdigest()[:16],
        vocabulary=len(twin),
        device=job.torch_device,
        on_step=timed_step,
        on_stage=on_stage,
    ).train()


def _summary(stage: str, scores: list[GroupScore]) -> dict[str, Any]:
    """Log a stage's development scores and return them for the record."""
    for score in scores:
        figures = "  ".join(f"{way} {getattr(score, way):.3f}" for way in WAYS)
        logger.info("%s: dev %-6s n=%3d  %s", stage, score.group, score.pairs, figures)
    averages = average(scores)
    figures = "  ".join(f"{way} {averages[way]:.4f}" for way in WAYS)
    logger.info("%s: dev average over %d groups: %s", stage, len(scores), figures)
    groups = {s.group: {"pairs": s.pairs, **{way: round(getattr(s, way), 4) for way in WAYS}} for s in scores}
    return {"average": {way: round(averages[way], 4) for way in WAYS}, "groups": groups}


def _tokenizer(corpus: Corpus, job: Job, fingerprint: str) -> Tokenizer:
    """Return the tokenizer, trained once for its settings and data and kept in the work folder."""
    settings = (job.recipe.vocabulary, job.recipe.rarest_character, job.recipe.sentences_per_language, fingerprint)
    path = job.work / f"tokenizer-{'-'.join(map(str, settings))}.json"
    if path.exists():
        return Tokenizer.from_file(str(path))
    tokenizer = train_tokenizer(corpus, job.recipe)
    tokenizer.save(str(path))
    return tokenizer


def _earlier(work: Path) -> tuple[float, dict[str, Any]]:
    """Return how long earlier, interrupted parts of this run took, and the scores of the stages they finished."""
    path = work / PROGRESS
    if not path.exists():
        return 0.0, {}
    progress = json.loads(path.read_text(encoding="utf8"))
    return float(progress["seconds"]), progress["development"]
