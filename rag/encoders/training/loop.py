"""The two stages, one step after another, with checkpoints an interrupted run goes on from."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from rag.encoders.training.batches import (
    Batch,
    TrainingRows,
    both_right,
    late_batch_ids,
    mean_batch_ids,
    plan_late_stage,
    plan_mean_stage,
)
from rag.encoders.training.losses import batch_loss, late_scores, look_up, mean_scores, token_cosines
from rag.encoders.training.recipe import Recipe

logger = logging.getLogger(__name__)

CHECKPOINT = "checkpoint.pt"
ONE_WAY = frozenset({"qa", "window"})  # kinds whose sides are a query and a passage; the others are turned round too


class CheckpointError(Exception):
    """The checkpoint in the work folder belongs to another run."""


@dataclass(frozen=True)
class Progress:
    """Where a run stands after a step."""

    stage: str
    step: int
    steps: int
    loss: float


@dataclass(frozen=True)
class Stage:
    """One stage's name, batches and highest learning rate."""

    name: str
    plan: list[Batch]
    rate: float


@dataclass
class Run:
    """A training run over `data`, kept in the folder `work`.

    `key` names all that shaped the run (recipe, data); a checkpoint with another key is refused.
    """

    data: TrainingRows
    recipe: Recipe
    work: Path
    key: str
    vocabulary: int
    device: torch.device
    on_step: Callable[[Progress], None]
    on_stage: Callable[[str, torch.Tensor], None]

    def train(self) -> torch.Tensor:
        """Train both stages, or what a checkpoint says is left of them.

        :return: the token vectors, float32 of shape (vocabulary, dimensions), on the CPU.
        :raises CheckpointError: if the work folder holds a checkpoint of another recipe, other data or another code.
        """
        stages = (("mean", plan_mean_stage, self.recipe.mean_rate), ("late", plan_late_stage, self.recipe.late_rate))
        table, saved = self._start()
        for name, make_plan, rate in stages:
            if saved and saved["stage"] != name:
                continue  # finished before the interruption
            plan = make_plan(self.data, self.recipe)
            optimizer = torch.optim.SparseAdam([table], lr=rate)
            first = 0
            if saved:
                optimizer.load_state_dict(saved["optimizer"])
                first, saved = saved["step"], None
                logger.info("going on with stage %s at step %d of %d", name, first, len(plan))
            self._run_stage(Stage(name, plan, rate), first, table, optimizer)
            self.on_stage(name, table.detach().cpu())
        return table.detach().cpu()

    def _run_stage(self, stage: Stage, first: int, table: torch.Tensor, optimizer: torch.optim.SparseAdam) -> None:
        loss_of = self._mean_loss if stage.name == "mean" else self._late_loss
        steps = len(stage.plan)
        for step in range(first, steps):
            if step % self.recipe.checkpoint_every == 0 and step > first:
                self._save(stage.name, step, table, optimizer)
            for group in optimizer.param_groups:
                group["lr"] = stage.rate * _schedule(step, steps, self.recipe.warm_up)
            optimizer.zero_grad()
            loss = loss_of(stage.plan[step], table)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()  # type: ignore[no-untyped-call]
            self.on_step(Progress(stage.name, step + 1, steps, loss.item()))
        self._save(stage.name, steps, table, optimizer)

    def _mean_loss(self, batch: Batch, table: torch.Tensor) -> torch.Tensor:
        left_ids, right_ids = mean_batch_ids(self.data, batch, self.recipe)
        same = self._tensor(both_right(batch.kind, batch.rows, left_ids, right_ids, self.recipe))
        left, right = look_up(table, self._tensor(left_ids)), look_up(table, self._tensor(right_ids))
        return batch_loss(mean_scores(left, right) * self.recipe.mean_scale, same)

    def _late_loss(self, batch: Batch, table: torch.Tensor) -> torch.Tensor:
        query_ids, document_ids = late_batch_ids(self.data, batch, self.recipe)
        same = self._tensor(both_right(batch.kind, batch.rows, query_ids, document_ids, self.recipe))
        query, document = look_up(table, self._tensor(query_ids)), look_up(table, self._tensor(document_ids))
        cosines = token_cosines(document, query)
        loss = batch_loss(late_scores(query, document, cosines) * self.recipe.late_scale, same)
        if batch.kind not in ONE_WAY:
            back = late_scores(document, query, cosines.T.contiguous())
            loss = (loss + batch_loss(back * self.recipe.late_scale, same)) / 2
        mean = batch_loss(mean_scores(query, document) * self.recipe.mean_scale, same)
        return loss + self.recipe.mean_loss_weight * mean

    def _tensor(self, array: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(array).to(self.device)

    def _start(self) -> tuple[torch.Tensor, dict[str, Any] | None]:
        """Return the table, new or from the checkpoint, and the checkpoint."""
        path = self.work / CHECKPOINT
        generator = torch.Generator().manual_seed(self.recipe.seed)
        # 0.1: the first cosines are then decided by a few hundred coordinates, and Adam's steps of 0.01 can still move
        # a token seen ten times anywhere.
        table = torch.randn(self.vocabulary, self.recipe.dimensions, generator=generator) * 0.1
        table[0] = 0  # the unknown token
        saved: dict[str, Any] | None = None
        if path.exists():
            saved = torch.load(path, map_location=self.device, weights_only=True)
            if saved["key"] != self.key:
                raise CheckpointError(
                    f"the checkpoint in {self.work} belongs to another run (other recipe or data); "
                    "delete that folder or choose another with --work"
                )
            table = saved["table"]
        return table.to(self.device).requires_grad_(), saved

    def _save(self, stage: str, step: int, table: torch.Tensor, optimizer: torch.optim.SparseAdam) -> None:
        """Write the checkpoint beside the old one and swap: a kill while writing loses nothing."""
        path = self.work / CHECKPOINT
        state = {
            "key": self.key,
            "recipe": asdict(self.recipe),
            "stage": stage,
            "step": step,
            "table": table.detach(),
            "optimizer": optimizer.state_dict(),
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)


def _schedule(step: int, steps: int, warm_up: int) -> float:
    """Return the share of the learning rate: up over `warm_up` steps, then down in a line to 2 %."""
    return min(1.0, (step + 1) / warm_up) * max(0.02, 1 - step / steps)
