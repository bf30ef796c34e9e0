"""Masks that the model offers by itself; nothing of them is kept until a person says so."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.prompts import LowResLogits


@dataclass(frozen=True, slots=True)
class Proposal:
    """One offered mask.

    Attributes:
        number: From 1, best predicted IoU first; its name within the image and model.
        mask: At image size.
        measures: Area and box.
        predicted_iou: The model's own estimate.
        stability_score: IoU of the mask at a strict and at a generous threshold.
        point_xy: The point that was asked, in image space.
        parent: Number of the smallest offered mask that this one is a part of, or ``None``.
        low_res_logits: To refine the mask from.
    """

    number: int
    mask: CocoRle
    measures: MaskMeasures
    predicted_iou: float
    stability_score: float
    point_xy: tuple[float, float]
    parent: int | None
    low_res_logits: LowResLogits


class ProposalPhase(StrEnum):
    """How far the proposals of an image are."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ProposalKey:
    """Names the proposals of an image by what they were made from.

    Attributes:
        sha256: Hash of the image's original bytes.
        model_id: Hash of all weights, the decoder's included.
    """

    sha256: str
    model_id: str


@dataclass(frozen=True, slots=True)
class ProposalState:
    """The proposals of an image at one moment.

    Attributes:
        phase: How far they are; those that were cancelled are none.
        model_id: The weights that make them.
        share: Of the search that is done, 0 to 1.
        proposals: All of them once they are done, best first.
        error: Code, message and hint of a search that failed.
    """

    phase: ProposalPhase
    model_id: str
    share: float = 0.0
    proposals: tuple[Proposal, ...] = ()
    error: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FailedSearch:
    """An image whose search failed, and why.

    Attributes:
        image_id: The image.
        file_name: Its name.
        error: Code, message and hint.
    """

    image_id: int
    file_name: str
    error: dict[str, str]


@dataclass(frozen=True, slots=True)
class ProjectProposals:
    """How far the proposals of a project's images are.

    Attributes:
        total: Images of the project.
        done: Those that were searched, by the model that answers now.
        waiting: Those whose search runs or waits.
        failed: Those whose search failed.
        failures: The first of them, with their reasons.
    """

    total: int
    done: int
    waiting: int
    failed: int
    failures: tuple[FailedSearch, ...] = ()
