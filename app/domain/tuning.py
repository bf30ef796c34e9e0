"""Learning from accepted masks: what there is to learn from, and how far a run is."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.model_version import CurvePoint, Scores

LEAST_IMAGES = 10
LEAST_MASKS = 50
LEAST_AREA = 16
"""Smaller masks are smaller than a cell of the decoder."""

HELD_OUT_SHARE = 0.2
DEFAULT_MINUTES = 10
MOST_MINUTES = 24 * 60


class TuningPhase(StrEnum):
    """What a run is doing, or how it ended."""

    NONE = "none"
    """There never was a run."""
    STARTING = "starting"
    ENCODING = "encoding"
    TUNING = "tuning"
    EXPORTING = "exporting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """Its process ended in the middle; it can go on."""


ENDED = frozenset({TuningPhase.NONE, TuningPhase.DONE, TuningPhase.CANCELLED, TuningPhase.FAILED})


@dataclass(frozen=True, slots=True)
class TuningMaterial:
    """How much there is to learn from.

    Attributes:
        image_count: Images that are learnt from.
        mask_count: Masks on them.
        held_out_image_count: Images that are kept apart.
        held_out_mask_count: Masks on them.
        by_category: Masks of each class, on all of these images; classes without are left out.
        left_out: Masks that are not learnt from: crowds, and those of a few pixels.
    """

    image_count: int
    mask_count: int
    held_out_image_count: int
    held_out_mask_count: int
    by_category: tuple[tuple[int, int], ...] = ()
    left_out: int = 0

    @property
    def is_enough(self) -> bool:
        """Whether a run may start."""
        images = self.image_count + self.held_out_image_count
        masks = self.mask_count + self.held_out_mask_count
        return images >= LEAST_IMAGES and masks >= LEAST_MASKS


@dataclass(frozen=True, slots=True)
class TuningRequest:
    """What shall be learnt from, and how long.

    Attributes:
        project_id: Whose accepted masks.
        minutes: How long the steps may take; encoding and the export come on top.
    """

    project_id: int
    minutes: float = DEFAULT_MINUTES


@dataclass(frozen=True, slots=True)
class TuningState:
    """A run at one moment.

    Attributes:
        phase: What it does, or how it ended.
        project_id: Whose masks; 0 if there never was a run.
        project_name: Its name when the run began.
        minutes: How long the steps may take.
        done: Pieces of the phase that are finished.
        total: Pieces of the phase in all; 0 while that is not known.
        material: What it learns from, once that is counted.
        before: Scores of the model that it started from.
        curve: Scores on the way, oldest first.
        model_id: The version that came of it, or ``None``: not done, or nothing was better.
        error: Code, message and hint of a run that failed.
    """

    phase: TuningPhase = TuningPhase.NONE
    project_id: int = 0
    project_name: str = ""
    minutes: float = DEFAULT_MINUTES
    done: int = 0
    total: int = 0
    material: TuningMaterial | None = None
    before: Scores | None = None
    curve: tuple[CurvePoint, ...] = ()
    model_id: str | None = None
    error: dict[str, str] | None = None
