"""The three stages, one step after another, with checkpoints an interrupted run goes on from."""

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
    plan_from_state,
    plan_late_stage,
    plan_mean_stage,
    plan_state,
)
from rag.encoders.training.losses import batch_loss, late_scores, look_up, mean_scores, token_cosines
from rag.encoders.training.recipe import Recipe
from rag.encoders.training.word_batches import plan_words_stage, word_batch_ids
from rag.encoders.training.words import WordRules, word_side

logger = logging.getLogger(__name__)

CHECKPOINT = "checkpoint.pt"
# Kinds whose sides are a query and a passage; the others are turned round too.
ONE_WAY = frozenset({"qa", "window", "pseudo"})


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
    """One stage's name, highest learning rate and parts.

    :param plan: makes its batches from the table that it starts with.
    :param loss: of a batch, by the batch's number and the table.
    """

    name: str
    rate: float
    plan: Callable[[torch.Tensor], list[Batch]]
    loss: Callable[[Batch, int, torch.Tensor], torch.Tensor]


@dataclass
class Run:
    """A training run over `data`, kept in the folder `work`.

    `key` names all that shaped the run (recipe, data); a checkpoint with another key is refused.
    """

    data: TrainingRows
    rules: WordRules
    recipe: Recipe
    work: Path
    key: str
    vocabulary: int
    device: torch.device
    on_step: Callable[[Progress], None]
    on_stage: Callable[[str, torch.Tensor], None]

    def train(self) -> torch.Tensor:
        """Train all stages, or what a checkpoint says is left of them.

        :return: the token vectors, float32 of shape (vocabulary, dimensions), on the CPU.
        :raises CheckpointError: if the work folder holds a checkpoint of another recipe, other data or another code.
        """
        data, recipe = self.data, self.recipe
        stages = (
            Stage("mean", recipe.mean_rate, lambda _: plan_mean_stage(data, recipe), self._mean_loss),
            Stage("late", recipe.late_rate, lambda _: plan_late_stage(data, recipe), self._late_loss),
            Stage("words", recipe.words_rate, lambda table: plan_words_stage(data, recipe, table), self._words_loss),
        )
        table, saved = self._start()
        for stage in stages:
            if saved and saved["stage"] != stage.name:
                continue  # finished before the interruption
            optimizer = torch.optim.SparseAdam([table], lr=stage.rate)
            if saved:
                optimizer.load_state_dict(saved["optimizer"])
                plan, first, saved = plan_from_state(saved["plan"]), saved["step"], None
                logger.info("going on with stage %s at step %d of %d", stage.name, first, len(plan))
            else:
                plan, first = stage.plan(table.detach()), 0
                logger.info("stage %s: %d steps", stage.name, len(plan))
            self._run_stage(stage, plan, first, optimizer)
            self.on_stage(stage.name, table.detach().cpu())
        return table.detach().cpu()

    def _run_stage(self, stage: Stage, plan: list[Batch], first: int, optimizer: torch.optim.SparseAdam) -> None:
        (table,) = optimizer.param_groups[0]["params"]
        for step in range(first, len(plan)):
            if step % self.recipe.checkpoint_every == 0 and step > first:
                self._save(stage.name, plan, step, optimizer)
            for group in optimizer.param_groups:
                group["lr"] = stage.rate * _schedule(step, len(plan), self.recipe.warm_up)
            optimizer.zero_grad()
            loss = stage.loss(plan[step], step, table)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()  # type: ignore[no-untyped-call]
            self.on_step(Progress(stage.name, step + 1, len(plan), loss.item()))
        self._save(stage.name, plan, len(plan), optimizer)

    def _mean_loss(self, batch: Batch, _step: int, table: torch.Tensor) -> torch.Tensor:
        left_ids, right_ids = mean_batch_ids(self.data, batch, self.recipe)
        same = self._tensor(both_right(batch.kind, batch.rows, left_ids, right_ids, self.recipe))
        left, right = look_up(table, self._tensor(left_ids)), look_up(table, self._tensor(right_ids))
        return batch_loss(mean_scores(left, right) * self.recipe.mean_scale, same)

    def _late_loss(self, batch: Batch, _step: int, table: torch.Tensor) -> torch.Tensor:
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

    def _words_loss(self, batch: Batch, step: int, table: torch.Tensor) -> torch.Tensor:
        rng = np.random.default_rng([self.recipe.seed, 3, step])
        query_ids, document_ids, together = word_batch_ids(self.data, batch, self.recipe, rng)
        same = self._tensor(together)
        query, document = (word_side(table, ids, self.rules) for ids in (query_ids, document_ids))
        cosines = token_cosines(document, query)
        loss = batch_loss(late_scores(query, document, cosines) * self.recipe.late_scale, same)
        if batch.kind not in ONE_WAY:
            back = late_scores(document, query, cosines.T.contiguous())
            loss = loss + batch_loss(back * self.recipe.late_scale, same.T)
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

    def _save(self, stage: str, plan: list[Batch], step: int, optimizer: torch.optim.SparseAdam) -> None:
        """Write the checkpoint beside the old one and swap: a kill while writing loses nothing.

        The plan is kept in it, since the third stage's depends on the table that the stage began with.
        """
        (table,) = optimizer.param_groups[0]["params"]
        path = self.work / CHECKPOINT
        state = {
            "key": self.key,
            "recipe": asdict(self.recipe),
            "stage": stage,
            "step": step,
            "plan": plan_state(plan),
            "table": table.detach(),
            "optimizer": optimizer.state_dict(),
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)


def _schedule(step: int, steps: int, warm_up: int) -> float:
    """Return the share of the learning rate: up over `warm_up` steps, then down in a line to 2 %."""
    return min(1.0, (step + 1) / warm_up) * max(0.02, 1 - step / steps)
