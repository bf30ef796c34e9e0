"""How far automatic masks agree with what people made of them."""

from dataclasses import dataclass

HIGH_IOU = 0.9
FAIR_IOU = 0.75


@dataclass(frozen=True, slots=True)
class MaskPair:
    """An automatic mask, and the same object as it is kept now; COCO run-length codes.

    Attributes:
        size: Height, width of the image.
        automatic: Code as the model made it.
        kept: Code as it is now.
    """

    size: tuple[int, int]
    automatic: str
    kept: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The paper's check of automatic masks.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 5: pairs above 90 % and 75 % IoU.

    Attributes:
        pairs: Masks that were compared.
        available: Masks that could have been compared.
        unchanged: Compared masks that are as the model made them.
        above_high: Compared masks whose IoU is above `HIGH_IOU`.
        above_fair: Compared masks whose IoU is above `FAIR_IOU`.
        mean_iou: Over the compared masks; 0 if there are none.
    """

    pairs: int
    available: int
    unchanged: int
    above_high: int
    above_fair: int
    mean_iou: float
