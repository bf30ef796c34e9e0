"""What the server answers, as values. Fields that later servers add are passed over."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, Self, TypedDict


class Rle(TypedDict):
    """A mask as COCO's compressed run-length code, at the size of the upright image."""

    size: list[int]
    counts: str


@dataclass(frozen=True, slots=True)
class Value:
    """Anything that is read from JSON."""

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the value.

        Raises:
            KeyError: If a field without a default is missing.
        """
        return cls(
            **{
                field.name: values[field.name]
                for field in fields(cls)
                if field.name in values or field.default is MISSING
            }
        )


@dataclass(frozen=True, slots=True)
class Project(Value):
    """Images with their classes.

    Attributes:
        id: From 1.
        name: Unique.
        image_count: Images that are not deleted.
        image_counts: The same by state.
        object_count: Kept masks.
    """

    id: int
    name: str
    image_count: int
    image_counts: Mapping[str, int]
    object_count: int


@dataclass(frozen=True, slots=True)
class Image(Value):
    """A photograph.

    Attributes:
        id: From 1.
        project_id: Where it belongs.
        file_name: As it came, without folders.
        width: Of the upright image, in pixels.
        height: Of the upright image, in pixels.
        sha256: Of the original bytes.
        state: ``new``, ``in_work``, ``done``, ``reviewed`` or ``skipped``.
        annotation_count: Kept masks.
    """

    id: int
    project_id: int
    file_name: str
    width: int
    height: int
    sha256: str
    state: str
    annotation_count: int


@dataclass(frozen=True, slots=True)
class Category(Value):
    """A class.

    Attributes:
        id: From 1.
        project_id: Where it belongs.
        name: Unique in its project.
        supercategory: May be empty.
        color: ``#rrggbb``.
        pattern: ``plain``, ``stripes_up``, ``stripes_down``, ``dots`` or ``crosshatch``; servers
            that know no patterns show all classes plain.
    """

    id: int
    project_id: int
    name: str
    supercategory: str
    color: str
    pattern: str = "plain"


@dataclass(frozen=True, slots=True)
class Annotation(Value):
    """A kept mask.

    Attributes:
        id: From 1.
        image_id: The image that it lies on.
        category_id: Its class.
        segmentation: The exact mask.
        area: Number of pixels.
        bbox: Left, top, width and height.
        iscrowd: 1 if it covers many things that were not told apart.
        attributes: Answers by name.
        notes: For people.
        author: Who made it.
        revision: Grows with every change.
        updated_at: UTC, ISO 8601.
    """

    id: int
    image_id: int
    category_id: int
    segmentation: Rle
    area: int
    bbox: Sequence[int]
    iscrowd: int
    attributes: Mapping[str, Any]
    notes: str
    author: str
    revision: int
    updated_at: str


@dataclass(frozen=True, slots=True)
class Review(Value):
    """What somebody said about an image or a mask.

    Attributes:
        id: From 1.
        image_id: The image.
        annotation_id: The mask; ``None`` for the whole image.
        verdict: ``accepted``, ``rejected`` or ``withdrawn``.
        comment: Why.
        author: Who said it.
        is_outdated: Whether the mask was changed since.
        created_at: UTC, ISO 8601.
    """

    id: int
    image_id: int
    annotation_id: int | None
    verdict: str
    comment: str
    author: str
    is_outdated: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class Version(Value):
    """What an annotation was at one revision.

    Attributes:
        revision: Which one.
        change: ``created``, ``changed``, ``deleted`` or ``restored``.
        changed_by: Who made the change.
        is_deleted: Whether it was deleted then.
        segmentation: The mask.
        category_id: The class.
    """

    revision: int
    change: str
    changed_by: str
    is_deleted: bool
    segmentation: Rle
    category_id: int


@dataclass(frozen=True, slots=True)
class Candidate(Value):
    """A mask that the decoder gives for prompts.

    Attributes:
        predicted_iou: The model's own estimate.
        segmentation: The mask; may be empty.
        area: Number of pixels.
        bbox: Left, top, width and height.
        low_res_logits: To refine the mask from: ``mask_input`` of the next call.
    """

    predicted_iou: float
    segmentation: Rle
    area: int
    bbox: Sequence[int]
    low_res_logits: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal(Value):
    """A mask that the model found by itself; nothing of it is kept until it is added.

    Attributes:
        number: From 1, best first.
        segmentation: The mask.
        area: Number of pixels.
        bbox: Left, top, width and height.
        predicted_iou: The model's own estimate.
        stability_score: How little the mask depends on its threshold.
        parent: Number of the smallest proposal that it is a part of.
    """

    number: int
    segmentation: Rle
    area: int
    bbox: Sequence[int]
    predicted_iou: float
    stability_score: float
    parent: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What an export or an import did; every field of the server's report stands in ``values``.

    Attributes:
        values: The report.
    """

    values: Mapping[str, Any]
    _NOTES: ClassVar[tuple[str, str]] = ("losses", "notes")

    def __getitem__(self, name: str) -> Any:
        """Return a field, such as ``added`` or ``compared``."""
        return self.values[name]

    @property
    def remarks(self) -> dict[str, int]:
        """What was lost or left out, by its stable code, and how often."""
        rows = [row for name in self._NOTES for row in self.values.get(name, ())]
        return {row["code"]: row["count"] for row in rows}
