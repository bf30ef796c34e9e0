"""Tune prompt encoder and mask decoder on images whose features are kept."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from sam_core.errors import DatasetError, TrainingConfigError
from sam_core.losses import NORMALISED_LOSS, MaskLossWeights
from sam_core.modeling import Sam
from sam_core.training.checkpoint_file import CHECKPOINT, read_own_checkpoint, write_checkpoint
from sam_core.training.evaluator import skip
from sam_core.training.feature_cache import FeatureSource
from sam_core.training.held_out_check import HeldOutScores, check_held_out, choose, split_examples
from sam_core.training.optimizer import build_optimizer, set_learning_rate
from sam_core.training.recorded_prompts import RecordedAnnotator
from sam_core.training.schedules import AveragedWeights
from sam_core.training.train_step import Answers, answer, interactive_rounds
from sam_core.training.tuning_config import TuningConfig, check_tuning_config
from sam_core.training.tuning_examples import TuningBatch, TuningExample, draw_batch, features_of

FROZEN = "image_encoder."

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TuningProgress:
    """How far a tuning is."""

    phase: str
    """``encode``: images get their features; ``tune``: steps; ``check``: held-out images."""
    done: int
    """Images or steps done."""
    total: int
    """Images or steps in all."""
    scores: HeldOutScores | None = None
    """Latest result on the images kept apart, once there is one."""


@dataclass(frozen=True)
class TuningResult:
    """What came of a tuning."""

    weights: dict[str, Tensor]
    """Of prompt encoder and mask decoder: the best that was seen, those of the start if
    nothing was better."""
    before: HeldOutScores | None
    """Scores of the start on the images kept apart; ``None`` if cancelled before."""
    after: HeldOutScores | None
    """Scores of ``weights`` on the same images."""
    steps: int
    """Optimiser steps done."""
    ended: str
    """``done``, ``patience``: no better result for long, or ``cancelled``."""

    @property
    def is_better(self) -> bool:
        """Whether the weights need fewer clicks than those of the start."""
        if self.before is None or self.after is None:
            return False
        return self.after.clicks_to_90 < self.before.clicks_to_90


def tune(  # noqa: PLR0913 - what is tuned, on what, how, and who watches
    sam: Sam,
    examples: Sequence[TuningExample],
    cache: FeatureSource,
    config: TuningConfig,
    *,
    model_name: str,
    output: Path,
    on_progress: Callable[[TuningProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> TuningResult:
    """Tune the decoder of a model on images with finished masks.

    The encoder stays as it is, so each image is encoded once and the features are kept. Some
    images are kept apart and never learnt from: the averaged weights that need the fewest
    clicks there are the result, and the start itself is among the candidates. A tuning that is
    stopped or killed goes on from its checkpoint when it is called again with the same folder.

    Args:
        sam: The model; afterwards it has the weights of the result and is in evaluation mode.
        examples: Two images with masks or more.
        cache: Features by this model's encoder.
        config: Settings.
        model_name: Registry name of the model, kept in the checkpoint.
        output: Folder of the checkpoint; made if missing.
        on_progress: Called after each image, step and check.
        should_stop: Asked between images and steps; with true the tuning saves and ends.
        clock: Seconds that the limit is about; ``time.process_time`` does not count what other
            programs take.

    Raises:
        DatasetError: If there are fewer than two images, or hardly one of them can be used.
        TrainingConfigError: If a setting is impossible or the folder is of another model.
    """
    check_tuning_config(config)
    tuner = _Tuner(sam, cache, config, model_name, output, on_progress, should_stop)
    tuner.clock = clock
    return tuner.run(*split_examples(examples, config.held_out_share))


class _Cancelled(Exception):
    """Someone asked to stop."""


class _Tuner:
    def __init__(  # noqa: PLR0913, PLR0917 - see `tune`
        self,
        sam: Sam,
        cache: FeatureSource,
        config: TuningConfig,
        model_name: str,
        output: Path,
        on_progress: Callable[[TuningProgress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self.sam, self.cache, self.config = sam, cache, config
        self.model_name, self.output = model_name, output
        self.on_progress, self.should_stop = on_progress, should_stop
        self.clock: Callable[[], float] = time.monotonic
        output.mkdir(parents=True, exist_ok=True)
        self.learner = nn.ModuleDict(
            {"prompt_encoder": sam.prompt_encoder, "mask_decoder": sam.mask_decoder}
        )
        sam.image_encoder.requires_grad_(False)
        self.learner.requires_grad_(True)
        self.optimizer = build_optimizer(self.learner, config)
        self.average = AveragedWeights(self.learner, config.ema)
        loss = NORMALISED_LOSS if config.normalised_focal else MaskLossWeights()
        self.loss_weights = replace(loss, quality=config.quality_weight)
        self.start = {key: value.clone() for key, value in self.average.values.items()}
        self.best = dict(self.start)
        self.before: HeldOutScores | None = None
        self.after: HeldOutScores | None = None
        self.step = self.worse_checks = 0
        self.seconds = 0.0
        self._resume()

    def run(self, learn: list[TuningExample], apart: list[TuningExample]) -> TuningResult:
        apart = choose(apart, self.config.checked_images)
        ended = "cancelled"
        try:
            self._encode([*learn, *apart])
            if self.before is None:
                self.before = self.after = self._check(apart)
            ended = self._learn(learn, apart)
        except _Cancelled:
            logger.info("cancelled after step %d", self.step)
        finally:
            self._save()
        self.learner.load_state_dict(self.best)
        self.sam.eval().requires_grad_(False)
        return TuningResult(self.best, self.before, self.after, self.step, ended)

    def _encode(self, examples: list[TuningExample]) -> None:
        self.sam.eval()
        for done, example in enumerate(examples, start=1):
            try:
                features_of(example, self.cache)
            except DatasetError as error:
                skip(error)
            self._tell("encode", done, len(examples))

    def _learn(self, learn: list[TuningExample], apart: list[TuningExample]) -> str:
        saved, before = time.monotonic(), self.clock()
        while (planned := self._planned_step()) < self.config.steps:
            self._train(learn, planned)
            self.step += 1
            if self.step % self.config.check_every == 0:
                self._look(apart)
            now = self.clock()
            self.seconds += now - before
            before = now
            if self.worse_checks >= self.config.patience:
                return "patience"
            if time.monotonic() - saved > self.config.save_every_s:
                self._save()
                saved = time.monotonic()
            self._tell("tune", min(self._planned_step(), self.config.steps), self.config.steps)
        if self.step % self.config.check_every:
            self._look(apart)
        return "done"

    def _planned_step(self) -> int:
        if not self.config.time_limit_s:
            return self.step
        return int(self.config.steps * self.seconds / self.config.time_limit_s)

    def _train(self, learn: list[TuningExample], planned: int) -> None:
        config = self.config
        rng = np.random.default_rng((config.seed, self.step))
        torch.manual_seed(config.seed + 1 + self.step)
        batch = draw_batch(learn, self.cache, config, rng)
        set_learning_rate(self.optimizer, config, planned)
        self.sam.train()
        self.optimizer.zero_grad(set_to_none=True)
        losses = self._backward(batch, int(rng.choice(config.iterations)))
        norm = nn.utils.clip_grad_norm_(self.learner.parameters(), config.gradient_clip)
        if not torch.isfinite(norm):
            logger.warning("step %d skipped: the gradient is not finite", self.step)
            return
        self.optimizer.step()
        self.average.update(self.learner, self.step)
        if (self.step + 1) % 20 == 0:
            logger.info("step %d  loss %.4f", self.step + 1, float(np.mean(losses)))

    def _backward(self, batch: TuningBatch, iterations: int) -> list[float]:
        losses = []
        rounds = interactive_rounds(
            self.sam,
            batch.features,
            batch.masks,
            batch.centres,
            iterations,
            self.config.mask_only_share,
            self.loss_weights,
            answer_round=self._answer,
            annotator=RecordedAnnotator(batch.recorded),
        )
        for each in rounds:
            torch.autograd.backward(each.loss / iterations)
            losses.append(float(each.loss.detach()))
        return losses

    def _answer(self, *asked: Any) -> Answers:
        is_low = self.config.precision == "bfloat16"
        with torch.autocast(self.sam.device.type, torch.bfloat16, enabled=is_low):
            return answer(*asked)

    def _look(self, apart: list[TuningExample]) -> None:
        learning = {key: value.clone() for key, value in self.learner.state_dict().items()}
        result = self._result()
        self.learner.load_state_dict(result)
        try:
            scores = self._check(apart)
        finally:
            self.learner.load_state_dict(learning)
        logger.info("step %d  images kept apart: %s", self.step, scores)
        self.worse_checks += 1
        if self.after is None or scores.clicks_to_90 < self.after.clicks_to_90:
            self.worse_checks = 0
            self.after = scores
            self.best = result
        self._tell("check", self.step, self.config.steps, scores)

    def _result(self) -> dict[str, Tensor]:
        """Return the averaged weights, with the share of the start's that they shall have.

        Source:
            Wortsman et al. 2021 (robust fine-tuning), arXiv:2109.01903, section 3.
        """
        share = self.config.start_share
        return {key: v.lerp(self.start[key], share) for key, v in self.average.values.items()}

    def _check(self, apart: list[TuningExample]) -> HeldOutScores:
        self.sam.eval()
        masks = self.config.checked_masks
        scores = check_held_out(self.sam, apart, self.cache, masks, self.should_stop)
        if scores is None:
            raise _Cancelled
        return scores

    def _tell(self, phase: str, done: int, total: int, scores: HeldOutScores | None = None) -> None:
        if self.on_progress is not None:
            self.on_progress(TuningProgress(phase, done, total, scores or self.after))
        if self.should_stop is not None and self.should_stop():
            raise _Cancelled

    def _save(self) -> None:
        rest = self.sam.state_dict()
        encoder = {key: value for key, value in rest.items() if key.startswith(FROZEN)}
        write_checkpoint(
            {
                "model_name": self.model_name,
                "image_size": self.sam.image_size,
                "step": self.step,
                "seconds": self.seconds,
                "average": encoder | self.best,
                "tuning": {
                    "learner": self.learner.state_dict(),
                    "moving": self.average.values,
                    "optimizer": self.optimizer.state_dict(),
                    "worse_checks": self.worse_checks,
                    "before": self.before and tuple(self.before),
                    "after": self.after and tuple(self.after),
                },
            },
            self.output,
        )

    def _resume(self) -> None:
        state = read_own_checkpoint(self.output, self.model_name, "tuning")
        if state is None:
            return
        own: dict[str, Any] = state["tuning"]
        encoder = self.sam.image_encoder.state_dict()
        if any(not torch.equal(state["average"][FROZEN + k], v.cpu()) for k, v in encoder.items()):
            raise TrainingConfigError(
                "output folder must belong to a tuning of the same encoder, got another "
                f"encoder's in {self.output / CHECKPOINT}; choose another folder"
            )
        self.learner.load_state_dict(own["learner"])
        self.average.values = {k: v.to(self.sam.device) for k, v in own["moving"].items()}
        self.best = {k: v for k, v in state["average"].items() if not k.startswith(FROZEN)}
        self.optimizer.load_state_dict(own["optimizer"])
        self.before = own["before"] and HeldOutScores(*own["before"])
        self.after = own["after"] and HeldOutScores(*own["after"])
        self.worse_checks = own["worse_checks"]
        self.step, self.seconds = state["step"], state["seconds"]
        logger.info("continued from step %d", self.step)
