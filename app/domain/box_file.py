"""What came of a file of boxes that a detector found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An image of the file whose boxes were not taken.

    Attributes:
        file_name: As the file calls it, or its id there.
        reason: One sentence.
    """

    file_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class BoxFileReport:
    """What came of a file of boxes.

    Attributes:
        image_ids: Images of the project whose boxes become masks now.
        boxes: Of these images, all together.
        damaged: Boxes that could not be used.
        left_out_count: Images of the file that were left out.
        left_out: The first of them.
    """

    image_ids: tuple[int, ...]
    boxes: int
    damaged: int
    left_out_count: int
    left_out: tuple[LeftOut, ...]
