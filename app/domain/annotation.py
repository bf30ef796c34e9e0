"""A kept mask with its category and where it came from."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypedDict

from app.domain.object_details import Effort, ObjectDetails
from app.domain.prompts import LowResLogits, Prompts


@dataclass(frozen=True, slots=True)
class CocoRle:
    """The truth about a mask: COCO's compressed run-length code at image size.

    Attributes:
        height: Of the image, in pixels.
        width: Of the image, in pixels.
        counts: The compressed runs.
    """

    height: int
    width: int
    counts: str

    def to_coco(self) -> dict[str, object]:
        """Return the form that COCO files and pycocotools use."""
        return {"size": [self.height, self.width], "counts": self.counts}


class Origin(StrEnum):
    """Where a mask came from, if not from a person's prompts or strokes."""

    AUTOMATIC = "automatic"
    """Proposed by the model, accepted by a person."""


@dataclass(frozen=True, slots=True)
class AnnotationContent:
    """What the client says about a mask.

    Attributes:
        category_id: Its class.
        mask: The exact mask.
        prompts: What was clicked and drawn.
        low_res_logits: The decoder's last output; ``None`` if no decoder made the mask.
        model_id: The weights that made it; ``None`` if drawn by hand.
        predicted_iou: The model's own estimate, as it was given.
        author: Who kept it; may be empty.
        client_key: What the client calls it, so that it is kept once however often it is
            sent; unique per image, ``None`` for clients without keys.
        details: What a person added.
        effort: What it cost; ``None`` if nobody measured.
        origin: Where it came from; ``None`` for one made by a person.
    """

    category_id: int
    mask: CocoRle
    prompts: Prompts = field(default_factory=Prompts)
    low_res_logits: LowResLogits | None = None
    model_id: str | None = None
    predicted_iou: float | None = None
    author: str = ""
    client_key: str | None = None
    details: ObjectDetails = field(default_factory=ObjectDetails)
    effort: Effort | None = None
    origin: Origin | None = None


class AnnotationChanges(TypedDict, total=False):
    """The fields of `AnnotationContent` that a change may name; the key stays what it is."""

    category_id: int
    mask: CocoRle
    prompts: Prompts
    low_res_logits: LowResLogits | None
    model_id: str | None
    predicted_iou: float | None
    author: str
    details: ObjectDetails
    effort: Effort | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class MaskMeasures:
    """What follows from a mask and is never taken from a client.

    Attributes:
        area: Number of pixels.
        bbox_xywh: Tight box: left, top, width, height.
    """

    area: int
    bbox_xywh: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation in the store.

    Attributes:
        id: From 1, never used twice.
        image_id: The image that it lies on.
        content: What the client said; in lists the logits are left out.
        measures: What follows from the mask.
        has_logits: Whether logits are kept, even where ``content`` leaves them out.
        created_at: UTC, ISO 8601.
        updated_at: UTC, ISO 8601.
        revision: 1 when made, one more with every change.
        is_deleted: Deleted annotations can be restored.
    """

    id: int
    image_id: int
    content: AnnotationContent
    measures: MaskMeasures
    has_logits: bool
    created_at: str
    updated_at: str
    revision: int
    is_deleted: bool


def without_logits(annotation: Annotation) -> Annotation:
    """Return an annotation as it stands in lists."""
    return replace(annotation, content=replace(annotation.content, low_res_logits=None))


class Change(StrEnum):
    """What made a version of an annotation."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class AnnotationVersion:
    """An annotation as it was between two changes.

    Attributes:
        annotation: With the revision and the time of this version; without logits.
        change: What made it.
        changed_by: Who made it, as the client said; may be empty.
    """

    annotation: Annotation
    change: Change
    changed_by: str
