"""What a person told the model about one object, in image space."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A click.

    Attributes:
        x: In image pixels from the left edge.
        y: In image pixels from the top edge.
        label: 1 on the object, 0 beside it.
    """

    x: float
    y: float
    label: int


@dataclass(frozen=True, slots=True)
class Prompts:
    """All clicks in the order in which they were made, and at most one box.

    Attributes:
        points: Clicks, oldest first.
        box_xyxy: Left, top, right, bottom edges in image pixels.
    """

    points: tuple[Point, ...] = ()
    box_xyxy: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class LowResLogits:
    """The decoder's small output, kept so that a mask can be refined again.

    Attributes:
        height: Rows.
        width: Columns.
        data: Little-endian float16, row by row; ``2 * height * width`` bytes.
    """

    height: int
    width: int
    data: bytes
