"""What a training run is: read from TOML, checked, frozen."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Generic, TypeVar

from sam_core.errors import TrainingConfigError

T = TypeVar("T")
S_co = TypeVar("S_co", bound="Stage | PretrainingStage", covariant=True)

NOT_ON_DEVICE = ("part_share", "area_exponent", "synthetic_share", "degrade_share")
"""Ingredients of samples that are not drawn on a device."""

CROPPED_SIDES = 2
"""Sides of a crop in the long side of an image, at the mean of the crops' areas."""


@dataclass(frozen=True)
class Stage:
    """A stretch of training at one resolution."""

    image_size: int
    """Side of the model input in pixels, a multiple of 16."""
    steps: int
    """Optimiser steps of this stage."""
    images_per_step: int
    """Images whose gradients are averaged in a step."""
    masks_per_image: int
    """Masks of each image that get prompts."""
    scale_min: float = 0.5
    """Smallest scale of the large-scale jitter; at 1 the long side of the image fills the input."""
    scale_max: float = 2.0
    """Largest scale of the large-scale jitter."""


@dataclass(frozen=True)
class PretrainingStage:
    """A stretch of masked pre-training at one resolution."""

    image_size: int
    """Side of the model input in pixels, a multiple of 16."""
    steps: int
    """Optimiser steps of this stage."""
    images_per_step: int
    """Crops whose gradients are averaged in a step."""


@dataclass(frozen=True)
class RunConfig(Generic[S_co]):
    """What every kind of run has."""

    model: str
    """Name in the model registry."""
    stages: tuple[S_co, ...]
    """Stretches of training, in order."""
    learning_rate: float = 1e-3
    """Peak of the learning rate."""
    weight_decay: float = 0.05
    """Decoupled weight decay on matrices."""
    warmup_steps: int = 200
    """Steps of linear warm-up."""
    decay_share: float = 0.25
    """Last share of all steps, over which the rate falls to zero."""
    gradient_clip: float = 1.0
    """Largest norm of the gradient."""
    precision: str = "float32"
    """``float32``, or ``bfloat16`` where the processor multiplies it natively."""
    workers: int = 1
    """Processes that prepare data; 0 prepares it in the training process."""
    threads: int = 0
    """Threads of the training process; 0 leaves the choice to torch."""
    save_every_s: float = 120.0
    """Seconds between checkpoints."""
    seed: int = 0
    """Seed of weights, views and prompts."""
    cache_dir: str = ""
    """Folder for decoded images at the largest size that a stage needs; empty decodes anew."""
    tensorboard: bool = False
    """Whether the log is also written as event files for TensorBoard."""

    @property
    def total_steps(self) -> int:
        """Steps of all stages together."""
        return sum(stage.steps for stage in self.stages)

    def stage_at(self, step: int) -> tuple[int, S_co]:
        """Return the number and the settings of the stage that a step belongs to."""
        end = 0
        for index, stage in enumerate(self.stages):
            end += stage.steps
            if step < end:
                return index, stage
        return len(self.stages) - 1, self.stages[-1]


@dataclass(frozen=True)
class TrainingConfig(RunConfig[Stage]):
    """All settings of a run; ``configs/`` has the recipe of the model that ships."""

    initial_weights: str = ""
    """Checkpoint or weights to start from: an encoder or a whole model; empty is random."""
    device: str = "cpu"
    """``cpu``, ``cuda``, or another name that torch knows."""
    time_limit_s: float = 0.0
    """Seconds that the run may take; the schedule then follows the clock, and ``steps`` are
    shares of the time. 0: all steps are done."""
    resident_side: int = 0
    """Long side to which all images are kept on the device; 0 reads files as they come."""
    compiled: bool = False
    """Whether the model is compiled first, which pays on an accelerator."""
    drop_path_share: float = 0.0
    """Share of the images for which the encoder's last block is left out; falls to the first."""
    ema: float = 0.998
    """Decay of the averaged weights, which are the ones that ship."""
    iterations: tuple[int, ...] = (2, 3, 4)
    """Numbers of decoder iterations, one is drawn for each step."""
    normalised_focal: bool = False
    """Whether the normalised focal loss takes the place of the focal loss."""
    recycle_every: int = 0
    """Steps between two recyclings of dormant hidden units; 0 never recycles."""
    mask_only_share: float = 0.15
    """Share of later iterations that get no new click, only the earlier mask."""
    merge_share: float = 0.1
    """Share of targets that are the union of two masks."""
    merge_touching: bool = False
    """Whether only masks that touch are merged."""
    part_share: float = 0.0
    """Share of targets that are a part of a mask: a component, or a region of one colour."""
    area_exponent: float = 0.0
    """Masks of an image are drawn with a probability of area ^ -exponent; 0 is uniform."""
    copy_paste_share: float = 0.0
    """Share of images that get one to four objects of another image."""
    synthetic_share: float = 0.0
    """Share of samples that are pictures of made shapes."""
    turn_share: float = 0.0
    """Share of views that are turned by 90, 180 or 270 degrees."""
    degrade_share: float = 0.0
    """Share of images that are blurred, noisy or compressed."""
    colour_jitter: float = 0.3
    """Largest relative change of brightness, contrast and saturation."""

    @property
    def longest_side(self) -> int:
        """Long side of an image in pixels, above which no view gains detail."""
        return max(round(stage.image_size * stage.scale_max) for stage in self.stages)


@dataclass(frozen=True)
class PretrainingConfig(RunConfig[PretrainingStage]):
    """All settings of a masked pre-training; see ``configs/maskwright_s_pretrain.toml``."""

    masked_share: float = 0.75
    """Share of the patches that are hidden."""

    @property
    def longest_side(self) -> int:
        """Long side of an image in pixels, above which few crops gain detail."""
        return max(CROPPED_SIDES * stage.image_size for stage in self.stages)


AnyConfig = TrainingConfig | PretrainingConfig


def load_config(path: str | Path) -> TrainingConfig:
    """Return the configuration of a TOML file.

    Args:
        path: File with the keys of :class:`TrainingConfig` and one ``[[stages]]`` table per
            stage.

    Raises:
        TrainingConfigError: If the file is missing or not TOML, or a key is unknown, missing
            or impossible.
    """
    raw = read_toml(path)
    stages = tuple(build_settings(Stage, table, "stages") for table in raw.pop("stages", []))
    if "iterations" in raw:
        raw["iterations"] = tuple(raw["iterations"])
    config = build_settings(TrainingConfig, {**raw, "stages": stages}, str(path))
    _check(config)
    _check_memory_and_time(config)
    fewest = min(stage.masks_per_image for stage in stages)
    if fewest < 1:
        raise TrainingConfigError(f"masks_per_image must be 1 or more, got {fewest}")
    if not config.iterations or min(config.iterations) < 1:
        raise TrainingConfigError(
            f"iterations must be 1 or more each, got {list(config.iterations)}"
        )
    return config


def _check_memory_and_time(config: TrainingConfig) -> None:
    if config.resident_side % 8 or config.resident_side < 0:
        raise TrainingConfigError(
            f"resident_side must be 0 or a multiple of 8, got {config.resident_side}"
        )
    unknown = [name for name in NOT_ON_DEVICE if config.resident_side and getattr(config, name)]
    if unknown:
        raise TrainingConfigError(
            f"{', '.join(unknown)} must be 0 with resident_side, got more; these ingredients "
            "are made by worker processes only"
        )
    if config.time_limit_s < 0:
        raise TrainingConfigError(f"time_limit_s must be 0 or more, got {config.time_limit_s}")


def load_pretraining_config(path: str | Path) -> PretrainingConfig:
    """Return the configuration of a masked pre-training.

    Args:
        path: File with the keys of :class:`PretrainingConfig` and one ``[[stages]]`` table per
            stage.

    Raises:
        TrainingConfigError: If the file is missing or not TOML, or a key is unknown, missing
            or impossible.
    """
    raw = read_toml(path)
    stages = tuple(
        build_settings(PretrainingStage, table, "stages") for table in raw.pop("stages", [])
    )
    config = build_settings(PretrainingConfig, {**raw, "stages": stages}, str(path))
    _check(config)
    if not 0 < config.masked_share < 1:
        raise TrainingConfigError(
            f"masked_share must be above 0 and below 1, got {config.masked_share}"
        )
    return config


def read_toml(path: str | Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        TrainingConfigError: If it is missing or not TOML.
    """
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingConfigError(f"configuration must be readable TOML, got {error}") from error


def build_settings(kind: type[T], table: dict[str, Any], where: str) -> T:
    """Return a dataclass from a table of its fields.

    Args:
        kind: The dataclass.
        table: Values by name.
        where: What to call the table in a message.

    Raises:
        TrainingConfigError: If a key is unknown or missing.
    """
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    unknown = sorted(table.keys() - known)
    if unknown:
        raise TrainingConfigError(
            f"keys of {where} must be among {', '.join(sorted(known))}; got {', '.join(unknown)}"
        )
    try:
        return kind(**table)
    except TypeError as error:
        raise TrainingConfigError(f"{where} must have every required key, got {error}") from error


def _check(config: AnyConfig) -> None:
    if not config.stages:
        raise TrainingConfigError("stages must not be empty, got none; add a [[stages]] table")
    for stage in config.stages:
        if stage.image_size <= 0 or stage.image_size % 16:
            raise TrainingConfigError(
                f"image_size must be a positive multiple of 16, got {stage.image_size}"
            )
        if min(stage.steps, stage.images_per_step) < 1:
            raise TrainingConfigError(
                "steps and images_per_step must be 1 or more, got "
                f"{stage.steps} and {stage.images_per_step}"
            )
    for name in (field.name for field in fields(config) if field.name.endswith("_share")):
        if not 0 <= getattr(config, name) <= 1:
            raise TrainingConfigError(f"{name} must be in [0, 1], got {getattr(config, name)}")
    check_precision(config.precision)


def check_precision(precision: str) -> None:
    """Refuse a precision that no run knows.

    Raises:
        TrainingConfigError: With the two that there are.
    """
    if precision not in {"float32", "bfloat16"}:
        raise TrainingConfigError(f"precision must be float32 or bfloat16, got {precision}")
