"""How a decoder is tuned: read from TOML or taken as it stands, checked, frozen."""

from dataclasses import dataclass, fields
from pathlib import Path

from sam_core.errors import TrainingConfigError
from sam_core.training.config import build_settings, check_precision, read_toml


@dataclass(frozen=True)
class TuningConfig:
    """All settings of a tuning; the defaults suit a few hundred images on a processor."""

    learning_rate: float = 5e-4
    """Peak of the learning rate."""
    weight_decay: float = 0.05
    """Decoupled weight decay on matrices."""
    steps: int = 400
    """Optimiser steps; with ``time_limit_s`` their number follows the clock."""
    time_limit_s: float = 0.0
    """Seconds that the steps and checks may take; 0: all steps are done."""
    warmup_steps: int = 20
    """Steps of linear warm-up."""
    decay_share: float = 0.4
    """Last share of the run, over which the rate falls to zero."""
    gradient_clip: float = 1.0
    """Largest norm of the gradient."""
    ema: float = 0.99
    """Decay of the averaged weights, which are the result."""
    images_per_step: int = 4
    """Images whose gradients are averaged in a step."""
    masks_per_image: int = 6
    """Masks of each image that get prompts."""
    iterations: tuple[int, ...] = (2, 3, 4)
    """Numbers of decoder iterations, one is drawn for each step."""
    mask_only_share: float = 0.1
    """Share of later iterations that get no new click, only the earlier mask."""
    normalised_focal: bool = False
    """Whether the normalised focal loss takes the place of the focal loss."""
    quality_weight: float = 2.0
    """Weight of the quality head's error; a run from random weights has 1."""
    mirror_share: float = 0.0
    """Share of the images that are shown with left and right exchanged."""
    source_exponent: float = 0.0
    """An image is drawn with a probability of (images of its source) ^ -exponent; 0 is uniform."""
    start_share: float = 0.0
    """How much of the weights of the start is in the result, the rest is learnt."""
    precision: str = "float32"
    """``float32``, or ``bfloat16`` where the processor multiplies it natively."""
    held_out_share: float = 0.1
    """Share of the images that are kept apart to see whether the tuning helps."""
    check_every: int = 50
    """Steps between two looks at the images kept apart."""
    checked_images: int = 40
    """Images of those kept apart that are looked at, evenly spaced."""
    checked_masks: int = 4
    """Masks of each of them."""
    patience: int = 8
    """Checks in a row without a better result, after which the tuning ends."""
    save_every_s: float = 60.0
    """Seconds between checkpoints."""
    seed: int = 0
    """Seed of images, masks and prompts."""

    @property
    def total_steps(self) -> int:
        """Steps of the schedule."""
        return self.steps


def load_tuning_config(path: str | Path | None) -> TuningConfig:
    """Return the configuration of a tuning.

    Args:
        path: TOML file with keys of :class:`TuningConfig`; ``None`` takes the defaults.

    Raises:
        TrainingConfigError: If the file is missing or not TOML, or a key is unknown or
            impossible.
    """
    raw = {} if path is None else read_toml(path)
    if "iterations" in raw:
        raw["iterations"] = tuple(raw["iterations"])
    config = build_settings(TuningConfig, raw, str(path))
    check_tuning_config(config)
    return config


def check_tuning_config(config: TuningConfig) -> None:
    """Refuse settings with which nothing can be tuned.

    Raises:
        TrainingConfigError: With the setting, its value and its bounds.
    """
    counts = ("steps", "images_per_step", "masks_per_image", "check_every", "checked_images")
    for name in (*counts, "checked_masks", "patience"):
        if getattr(config, name) < 1:
            raise TrainingConfigError(f"{name} must be 1 or more, got {getattr(config, name)}")
    for name in (field.name for field in fields(config) if field.name.endswith("_share")):
        if not 0 <= getattr(config, name) <= 1:
            raise TrainingConfigError(f"{name} must be in [0, 1], got {getattr(config, name)}")
    if not 0 < config.held_out_share < 1:
        raise TrainingConfigError(
            f"held_out_share must be above 0 and below 1, got {config.held_out_share}"
        )
    if not config.iterations or min(config.iterations) < 1:
        raise TrainingConfigError(
            f"iterations must be 1 or more each, got {list(config.iterations)}"
        )
    check_precision(config.precision)
    if config.time_limit_s < 0:
        raise TrainingConfigError(f"time_limit_s must be 0 or more, got {config.time_limit_s}")
