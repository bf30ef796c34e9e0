"""The training loop: data in, averaged weights out, resumable at any moment."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import nn

from sam_core.build_sam import build_for_training
from sam_core.data import MaskDataset, SampleSettings, TrainingSample, TrainingSamples
from sam_core.data.image_cache import open_cache
from sam_core.data.loader import sample_loader
from sam_core.data.resident_images import load_resident_images
from sam_core.data.resident_samples import ResidentSamples
from sam_core.errors import TrainingConfigError
from sam_core.losses import NORMALISED_LOSS, MaskLossWeights
from sam_core.modeling.hybrid_encoder import HybridImageEncoder
from sam_core.training.checkpoint_file import CHECKPOINT, read_own_checkpoint, write_checkpoint
from sam_core.training.config import Stage, TrainingConfig
from sam_core.training.dormant_units import ActivityMeter, recycle
from sam_core.training.initial_weights import load_initial_weights
from sam_core.training.memory import name_setting_to_lower
from sam_core.training.optimizer import build_optimizer, set_learning_rate
from sam_core.training.run_log import RunLog
from sam_core.training.schedules import AveragedWeights
from sam_core.training.train_step import InteractiveStep, interactive_loss

logger = logging.getLogger(__name__)
LOG_EVERY = 20
DRAW_SEED = 1_000_000_000
"""Far from the seeds of the prompts, so that views and prompts are drawn apart."""
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
        clock: Seconds that the time limit counts; `time.process_time` counts what this
            process computes, whatever else the machine does.

    Raises:
        TrainingConfigError: If the folder holds a checkpoint of another model, or the computer
            has no such device.
        CheckpointError: If the initial weights are missing, damaged or of another model.
    """

    def __init__(
        self,
        config: TrainingConfig,
        dataset: MaskDataset,
        output: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.config = config
        self.clock = clock
        self.dataset = dataset
        self.output = output
        output.mkdir(parents=True, exist_ok=True)
        if config.threads:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.device = _open_device(config.device)
        self.resident = (
            load_resident_images(dataset, config.resident_side, self.device, config.workers)
            if config.resident_side
            else None
        )
        self.sam = build_for_training(config.model, config.stages[0].image_size).train()
        if isinstance(self.sam.image_encoder, HybridImageEncoder):
            self.sam.image_encoder.drop_path = config.drop_path_share
        self.sam.to(self.device)
        for parameter in self.sam.parameters():
            if parameter.ndim == IMAGE_DIMS:
                parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
        if config.initial_weights and not (output / CHECKPOINT).exists():
            origin = load_initial_weights(self.sam, config.initial_weights)
            logger.info("started from %s in %s", origin, config.initial_weights)
        self.cache = open_cache(config.cache_dir, config.longest_side)
        self.optimizer = build_optimizer(self.sam, config)
        self.average = AveragedWeights(self.sam, config.ema)
        weights = NORMALISED_LOSS if config.normalised_focal else MaskLossWeights()
        self.practice = InteractiveStep(
            self.sam,
            config.mask_only_share,
            weights,
            low_precision=config.precision == "bfloat16",
            compiled=config.compiled,
        )
        self.step = 0
        self.seconds = 0.0
        self._resume()

    def fit(self) -> None:
        """Train until all stages are done; whatever ends the run earlier, it is saved."""
        try:
            with self._open_log() as log:
                while self.planned_step < self.config.total_steps:
                    self._run_stage(*self.config.stage_at(self.planned_step), log)
        finally:
            self.save()

    @property
    def planned_step(self) -> int:
        """The step of the schedule: the steps done, or what the clock says of a limited run."""
        if not self.config.time_limit_s:
            return self.step
        return int(self.config.total_steps * self.seconds / self.config.time_limit_s)

    def _open_log(self) -> RunLog:
        return RunLog(
            self.output,
            LOG_COLUMNS,
            first_step=self.step,
            total_steps=self.config.total_steps,
            every=LOG_EVERY,
            tensorboard=self.config.tensorboard,
        )

    def _run_stage(self, index: int, stage: Stage, log: RunLog) -> None:
        logger.info("stage %d from step %d: %s", index + 1, self.step, stage)
        self.sam.resize_input(stage.image_size)
        with name_setting_to_lower(
            f"images_per_step ({stage.images_per_step}), masks_per_image "
            f"({stage.masks_per_image}) or image_size ({stage.image_size})"
        ):
            self._train_through(index, stage, log)

    def _train_through(self, index: int, stage: Stage, log: RunLog) -> None:
        saved, before = time.monotonic(), self.clock()
        for batch in self._batches(stage):
            values = self._train_on(batch)
            self.step += 1
            log.add(self.step, values, stage.images_per_step)
            now = self.clock()
            self.seconds += now - before
            before = now
            if time.monotonic() - saved > self.config.save_every_s:
                self.save()
                saved = time.monotonic()
            planned = self.planned_step
            if self.config.stage_at(planned)[0] != index or planned >= self.config.total_steps:
                break
            if self.config.recycle_every and self.step % self.config.recycle_every == 0:
                self._recycle(batch)

    def _train_on(self, batch: TrainingSample) -> dict[str, float]:
        rate = set_learning_rate(self.optimizer, self.config, self.planned_step)
        iterations = random.Random(self.step).choice(self.config.iterations)
        torch.manual_seed(self.config.seed + 1 + self.step)
        self.optimizer.zero_grad(set_to_none=True)
        log = self.practice.backward(*batch, iterations)
        norm = nn.utils.clip_grad_norm_(self.sam.parameters(), self.config.gradient_clip)
        if torch.isfinite(norm):
            self.optimizer.step()
            self.average.update(self.sam, self.step)
        else:
            logger.warning("step %d skipped: the gradient is not finite", self.step)
        return {**log, "gradient_norm": float(norm), "learning_rate": rate}

    def _recycle(self, batch: TrainingSample) -> None:
        with ActivityMeter(self.sam) as meter, torch.no_grad():
            interactive_loss(self.sam, *batch, max(self.config.iterations), 0.0)
        share = recycle(self.sam, meter, self.optimizer)
        logger.info("step %d: %.1f %% of hidden units were dormant", self.step, 100 * share)

    def _batches(self, stage: Stage) -> Iterator[TrainingSample]:
        settings = sample_settings(self.config, stage)
        if self.resident is not None:
            return self._resident_batches(ResidentSamples(self.resident, settings), stage)
        samples = TrainingSamples(self.dataset, settings, self.config.seed, self.cache)
        count = stage.images_per_step * stage.steps
        first = self.step * 1000
        loader = sample_loader(samples, first, count, stage.images_per_step, self.config.workers)
        return (TrainingSample(*(part.to(self.device) for part in batch)) for batch in loader)

    def _resident_batches(self, samples: ResidentSamples, stage: Stage) -> Iterator[TrainingSample]:
        while True:
            torch.manual_seed(self.config.seed + DRAW_SEED + self.step)
            yield samples.draw(stage.images_per_step)

    def save(self) -> None:
        """Write the checkpoint; a kill in the middle leaves the earlier one."""
        state = {
            "model_name": self.config.model,
            "image_size": self.sam.image_size,
            "step": self.step,
            "seconds": self.seconds,
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
        self.average.values = {
            key: value.to(self.device) for key, value in state["average"].items()
        }
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        self.seconds = state.get("seconds", 0.0)
        logger.info("continued from step %d", self.step)


def _open_device(name: str) -> torch.device:
    try:
        return torch.zeros(1, device=name).device
    except (AssertionError, RuntimeError) as error:
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise TrainingConfigError(
            f"device must be one that this computer has, got {name} ({first_line}); on a "
            "processor train with a configuration that says cpu"
        ) from error


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
