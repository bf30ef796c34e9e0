"""The training loop: data in, averaged weights out, resumable at any moment."""

import csv
import logging
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn

from sam_core.build_sam import build_for_training
from sam_core.data import MaskDataset, SampleSettings, TrainingSample, TrainingSamples
from sam_core.data.loader import sample_loader
from sam_core.training.checkpoint_file import read_own_checkpoint, write_checkpoint
from sam_core.training.config import Stage, TrainingConfig
from sam_core.training.optimizer import build_optimizer, set_learning_rate
from sam_core.training.schedules import AveragedWeights
from sam_core.training.train_step import interactive_loss

logger = logging.getLogger(__name__)
LOG_EVERY = 20
IMAGE_DIMS = 4
LOG_COLUMNS = (
    "loss",
    "iou_click",
    "iou_oracle",
    "iou_box",
    "iou_last",
    "gradient_norm",
    "learning_rate",
)


class Trainer:
    """Train a promptable model, writing checkpoints and a CSV log to a folder.

    Args:
        config: Settings of the run.
        dataset: Images with masks.
        output: Folder for ``checkpoint.pt`` and ``log.csv``; made if missing.

    Raises:
        TrainingConfigError: If the folder holds a checkpoint of another model.
    """

    def __init__(self, config: TrainingConfig, dataset: MaskDataset, output: Path) -> None:
        self.config = config
        self.dataset = dataset
        self.output = output
        output.mkdir(parents=True, exist_ok=True)
        if config.threads:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.sam = build_for_training(config.model, config.stages[0].image_size).train()
        for parameter in self.sam.parameters():
            if parameter.ndim == IMAGE_DIMS:
                parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
        self.optimizer = build_optimizer(self.sam, config)
        self.average = AveragedWeights(self.sam, config.ema)
        self.step = 0
        self._resume()

    def fit(self) -> None:
        """Train until all stages are done; an interrupt saves and stops."""
        while self.step < self.config.total_steps:
            index, stage = self.config.stage_at(self.step)
            logger.info("stage %d from step %d: %s", index + 1, self.step, stage)
            self.sam.resize_input(stage.image_size)
            self._run_stage(index, stage)
        self.save()

    def _run_stage(self, index: int, stage: Stage) -> None:
        started = saved = time.monotonic()
        first_step = self.step
        totals: dict[str, list[float]] = {}
        for batch in self._batches(stage):
            for key, value in self._train_on(batch).items():
                totals.setdefault(key, []).append(value)
            self.step += 1
            now = time.monotonic()
            if self.step % LOG_EVERY == 0:
                speed = (self.step - first_step) / (now - started)
                self._log(totals, speed, speed * stage.images_per_step)
                totals = {}
            if now - saved > self.config.save_every_s:
                self.save()
                saved = now
            if self.config.stage_at(self.step)[0] != index:
                break

    def _train_on(self, batch: TrainingSample) -> dict[str, float]:
        rate = set_learning_rate(self.optimizer, self.config, self.step)
        iterations = random.Random(self.step).choice(self.config.iterations)
        torch.manual_seed(self.config.seed + 1 + self.step)
        low_precision = self.config.precision == "bfloat16"
        with torch.autocast(self.sam.device.type, torch.bfloat16, enabled=low_precision):
            result = interactive_loss(self.sam, *batch, iterations, self.config.mask_only_share)
        self.optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(result.loss)
        norm = nn.utils.clip_grad_norm_(self.sam.parameters(), self.config.gradient_clip)
        if torch.isfinite(norm):
            self.optimizer.step()
            self.average.update(self.sam, self.step)
        else:
            logger.warning("step %d skipped: the gradient is not finite", self.step)
        return {**result.log, "gradient_norm": float(norm), "learning_rate": rate}

    def _batches(self, stage: Stage) -> Iterator[TrainingSample]:
        settings = sample_settings(self.config, stage)
        samples = TrainingSamples(self.dataset, settings, self.config.seed)
        count = stage.images_per_step * stage.steps
        first = self.step * 1000
        return iter(
            sample_loader(samples, first, count, stage.images_per_step, self.config.workers)
        )

    def save(self) -> None:
        """Write the checkpoint; a kill in the middle leaves the earlier one."""
        state = {
            "model_name": self.config.model,
            "image_size": self.sam.image_size,
            "step": self.step,
            "model": self.sam.state_dict(),
            "average": self.average.values,
            "optimizer": self.optimizer.state_dict(),
        }
        write_checkpoint(state, self.output)

    def _resume(self) -> None:
        state = read_own_checkpoint(self.output, self.config.model, "average")
        if state is None:
            return
        self.sam.load_state_dict(state["model"])
        self.average.values = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        logger.info("continued from step %d", self.step)

    def _log(self, totals: dict[str, list[float]], steps_per_s: float, images_per_s: float) -> None:
        row = {
            key: sum(values) / len(values) for key, values in totals.items() if key in LOG_COLUMNS
        }
        left_min = (self.config.total_steps - self.step) / steps_per_s / 60
        logger.info(
            "step %d/%d  %s  %.1f images/s  %.0f min left at this speed",
            self.step,
            self.config.total_steps,
            "  ".join(f"{key} {value:.3f}" for key, value in row.items()),
            images_per_s,
            left_min,
        )
        path = self.output / "log.csv"
        is_new = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["step", "images_per_s", *LOG_COLUMNS], restval="")
            if is_new:
                writer.writeheader()
            rounded = {key: round(value, 5) for key, value in row.items()}
            writer.writerow({"step": self.step, "images_per_s": round(images_per_s, 2), **rounded})


def sample_settings(config: TrainingConfig, stage: Stage) -> SampleSettings:
    """Return how the samples of a stage are drawn."""
    return SampleSettings(
        image_size=stage.image_size,
        masks_per_image=stage.masks_per_image,
        scale_range=(stage.scale_min, stage.scale_max),
        colour_jitter=config.colour_jitter,
        merge_share=config.merge_share,
        merge_touching=config.merge_touching,
        part_share=config.part_share,
        area_exponent=config.area_exponent,
        copy_paste_share=config.copy_paste_share,
        synthetic_share=config.synthetic_share,
        turn_share=config.turn_share,
        degrade_share=config.degrade_share,
    )
