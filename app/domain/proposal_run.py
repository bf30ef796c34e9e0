"""Masks that the model makes of whole folders and projects."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunWish:
    """What decides which masks a run keeps.

    Attributes:
        model_id: The weights that make them.
        points_per_side: Of the grid that the model is asked about.
        most_masks: Of one photograph, best predicted IoU first.
        least_iou: Masks of a lower predicted IoU are left out.
        least_stability: Masks that are less stable are left out.
        least_area: Smaller masks are left out, in pixels.
        finder_id: The detector that is asked, too, and what its finds are worth; empty if none.
    """

    model_id: str
    points_per_side: int = 32
    most_masks: int = 200
    least_iou: float = 0.0
    least_stability: float = 0.0
    least_area: int = 1
    finder_id: str = ""


@dataclass(frozen=True, slots=True)
class ProposedMask:
    """One mask of a run.

    Attributes:
        counts: Its run-length code, at the size of the photograph.
        area: Number of pixels.
        bbox_xywh: Left, top, width, height.
        predicted_iou: The model's own estimate.
        stability_score: IoU of the mask at a strict and at a generous threshold.
        point_xy: The point that was asked, in image space.
    """

    counts: str
    area: int
    bbox_xywh: tuple[int, int, int, int]
    predicted_iou: float
    stability_score: float
    point_xy: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ProposedImage:
    """A photograph that a run has done.

    Attributes:
        sha256: Hash of the file's bytes.
        file_name: Its name, or its path below the folder.
        width: Of the upright photograph, in pixels.
        height: Of the upright photograph, in pixels.
        masks: Best predicted IoU first.
    """

    sha256: str
    file_name: str
    width: int
    height: int
    masks: tuple[ProposedMask, ...]


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph that a run may read, on whichever machine.

    Attributes:
        number: Its place in the run, from 0.
        name: What the result calls it.
        path: Its file, under the same path on every machine of the run.
        sha256: Hash of the file's bytes; empty until they were read.
    """

    number: int
    name: str
    path: Path
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the bytes of a photograph are known by.

    Attributes:
        number: Of the photograph.
        sha256: Hash of its bytes; empty if they could not be read.
        problem: Why not; empty if they could.
    """

    number: int
    sha256: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at a photograph.

    Attributes:
        number: Of the photograph.
        image: The photograph with its masks, ``None`` if there was a problem.
        problem: Why there are no masks; empty if there are.
    """

    number: int
    image: ProposedImage | None = None
    problem: str = ""
