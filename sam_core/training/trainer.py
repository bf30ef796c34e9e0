"""The training loop: data in, averaged weights out, resumable at any moment."""

import csv
import logging
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Sampler

from sam_core.build_sam import build_for_training
from sam_core.data import MaskDataset, SampleSettings, TrainingSample, TrainingSamples
from sam_core.errors import TrainingConfigError
from sam_core.modeling import Sam
from sam_core.training.config import Stage, TrainingConfig
from sam_core.training.schedules import AveragedWeights, warmup_stable_decay
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
        self.optimizer = _build_optimizer(self.sam, config)
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
        factor = warmup_stable_decay(
            self.step,
            self.config.total_steps,
            self.config.warmup_steps,
            self.config.decay_share,
        )
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.learning_rate * factor
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
        return {
            **result.log,
            "gradient_norm": float(norm),
            "learning_rate": factor * self.config.learning_rate,
        }

    def _batches(self, stage: Stage) -> Iterator[TrainingSample]:
        settings = sample_settings(self.config, stage)
        loader = DataLoader(
            TrainingSamples(self.dataset, settings, self.config.seed),
            batch_size=stage.images_per_step,
            sampler=_Draws(self.step * 1000, stage.images_per_step * stage.steps),
            num_workers=self.config.workers,
            worker_init_fn=_one_thread,
            prefetch_factor=4 if self.config.workers else None,
        )
        return iter(loader)

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
        temporary = self.output / "checkpoint.pt.new"
        torch.save(state, temporary)
        temporary.replace(self.output / "checkpoint.pt")

    def _resume(self) -> None:
        path = self.output / "checkpoint.pt"
        if not path.exists():
            return
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        if state["model_name"] != self.config.model:
            raise TrainingConfigError(
                f"output folder must belong to a run of {self.config.model}, got a checkpoint "
                f"of {state['model_name']}; choose another folder"
            )
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


class _Draws(Sampler[int]):
    """Numbers of the draws from ``start`` on, so that a resumed run sees new views."""

    def __init__(self, start: int, count: int) -> None:
        self.start = start
        self.count = count

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.start, self.start + self.count))

    def __len__(self) -> int:
        return self.count


def _one_thread(_worker: int) -> None:
    torch.set_num_threads(1)


def _build_optimizer(sam: Sam, config: TrainingConfig) -> torch.optim.AdamW:
    matrices: list[Tensor] = []
    vectors: list[Tensor] = []
    for name, parameter in sam.named_parameters():
        is_matrix = parameter.ndim > 1 and "embed" not in name and "token" not in name
        (matrices if is_matrix else vectors).append(parameter)
    groups = [
        {"params": matrices, "weight_decay": config.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.98), fused=True)
