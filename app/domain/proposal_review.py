"""What people decided about proposals, and where something is left to decide."""

from dataclasses import dataclass
from typing import NamedTuple


class ProposalScore(NamedTuple):
    """How sure the model is of one proposal.

    Attributes:
        number: Its name within the image and model.
        predicted_iou: The model's own estimate.
        stability_score: IoU of the mask at a strict and at a generous threshold.
    """

    number: int
    predicted_iou: float
    stability_score: float


@dataclass(frozen=True, slots=True)
class ProposalDecisions:
    """Proposals of an image that are no longer offered, by number.

    Attributes:
        rejected: Those that are wrong.
        accepted: Those that became objects.
    """

    rejected: frozenset[int] = frozenset()
    accepted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class QueuedImage:
    """An image with proposals to decide about.

    Attributes:
        image_id: The image.
        file_name: Its name.
        undecided: How many.
        score: Their mean of predicted IoU times stability.
    """

    image_id: int
    file_name: str
    undecided: int
    score: float
