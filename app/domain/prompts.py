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
class HandEdit:
    """A change that was made to a mask by hand.

    Attributes:
        tool: What was used, in the words of the client, such as ``brush``.
        box_xyxy: Around the pixels that it may have changed, in image pixels.
    """

    tool: str
    box_xyxy: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Prompts:
    """All clicks in the order in which they were made, at most one box, and what hands did then.

    Attributes:
        points: Clicks, oldest first.
        box_xyxy: Left, top, right, bottom edges in image pixels.
        hand_edits: Changes by hand, oldest first; none for a mask as the decoder made it.
        threshold: Logit above which a pixel is inside, as a person chose it; ``None`` for the
            model's own.
    """

    points: tuple[Point, ...] = ()
    box_xyxy: tuple[float, float, float, float] | None = None
    hand_edits: tuple[HandEdit, ...] = ()
    threshold: float | None = None


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
