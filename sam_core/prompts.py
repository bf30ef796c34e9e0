"""What a person tells the model about one object: points, a box, an earlier mask.

Coordinates are continuous image coordinates of the upright image: x to the right, y
down, a pixel's centre at +0.5. The checks are here, so that inner code need not repeat
them.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sam_core.errors import PromptError

BACKGROUND_LABEL = 0
FOREGROUND_LABEL = 1
BOX_TOP_LEFT_LABEL = 2
BOX_BOTTOM_RIGHT_LABEL = 3
PADDING_LABEL = -1


@dataclass(frozen=True, slots=True)
class PointPrompt:
    """A click.

    Attributes:
        x: In image pixels from the left edge.
        y: In image pixels from the top edge.
        label: 1 on the object, 0 beside it.

    Raises:
        PromptError: If a coordinate is not finite or the label is unknown.
    """

    x: float
    y: float
    label: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.x) and math.isfinite(self.y)):
            raise PromptError(f"point must have finite x and y, got ({self.x}, {self.y})")
        if self.label not in (BACKGROUND_LABEL, FOREGROUND_LABEL):
            raise PromptError(
                f"point label must be 1 (on the object) or 0 (beside it), got {self.label!r}"
            )


@dataclass(frozen=True, slots=True)
class BoxPrompt:
    """A box around the object, by its edges in image pixels.

    Attributes:
        x0: Left edge.
        y0: Top edge.
        x1: Right edge, greater than the left one.
        y1: Bottom edge, greater than the top one.

    Raises:
        PromptError: If an edge is not finite or the box has no area.
    """

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        edges = (self.x0, self.y0, self.x1, self.y1)
        if not all(math.isfinite(edge) for edge in edges):
            raise PromptError(f"box must have four finite edges, got {edges}")
        if self.x1 <= self.x0 or self.y1 <= self.y0:
            raise PromptError(
                f"box must have x0 < x1 and y0 < y1, got {edges}; order its corners first"
            )


@dataclass(frozen=True, slots=True, eq=False)
class MaskPrompt:
    """The low-resolution logits of an earlier prediction, to be refined.

    Attributes:
        logits: (height, width) as the decoder gave them; above 0 means object.

    Raises:
        PromptError: If the array is not two-dimensional or not finite.
    """

    logits: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.logits.ndim != 2:
            raise PromptError(
                f"mask logits must have shape (height, width), got {self.logits.shape}"
            )
        if not bool(np.isfinite(self.logits).all()):
            raise PromptError("mask logits must be finite, got NaN or infinity")


@dataclass(frozen=True, slots=True, eq=False)
class PromptSet:
    """All prompts of one object.

    Attributes:
        points: Clicks in the order in which they were made.
        box: At most one box.
        mask: At most one earlier prediction.

    Raises:
        PromptError: If there is no prompt at all.
    """

    points: tuple[PointPrompt, ...] = ()
    box: BoxPrompt | None = None
    mask: MaskPrompt | None = None

    def __post_init__(self) -> None:
        if not self.points and self.box is None and self.mask is None:
            raise PromptError("prompts must hold a point, a box or a mask, got none")

    @property
    def is_ambiguous(self) -> bool:
        """Whether the model should offer its three candidates: one point and nothing else."""
        return len(self.points) == 1 and self.box is None and self.mask is None

    def check_inside(self, image_size: tuple[int, int]) -> None:
        """Refuse points and boxes that lie wholly outside the image.

        Args:
            image_size: Height, width in pixels.

        Raises:
            PromptError: If a point is outside or the box does not touch the image.
        """
        height, width = image_size
        for point in self.points:
            if not (0 <= point.x <= width and 0 <= point.y <= height):
                raise PromptError(
                    f"point must lie inside the image of {width} x {height} pixels, "
                    f"got ({point.x}, {point.y})"
                )
        box = self.box
        if box and (box.x1 <= 0 or box.y1 <= 0 or box.x0 >= width or box.y0 >= height):
            raise PromptError(
                f"box must touch the image of {width} x {height} pixels, "
                f"got {(box.x0, box.y0, box.x1, box.y1)}"
            )

    def coords_and_labels(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return points, then box corners, as one list with the labels of the network.

        Returns:
            (n, 2) x, y in image space and (n,) labels: 1, 0, then 2 and 3 for the corners
            of the box. No padding point; n is 0 when there is only a mask.
        """
        coords = [(point.x, point.y) for point in self.points]
        labels = [point.label for point in self.points]
        if self.box is not None:
            coords += [(self.box.x0, self.box.y0), (self.box.x1, self.box.y1)]
            labels += [BOX_TOP_LEFT_LABEL, BOX_BOTTOM_RIGHT_LABEL]
        return np.array(coords, dtype=np.float64).reshape(-1, 2), np.array(labels, dtype=np.int64)
