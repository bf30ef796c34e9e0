"""What an export shall be, and what became of it."""

from dataclasses import dataclass, field
from enum import StrEnum

MOST_EXAMPLES = 20


class ExportFormat(StrEnum):
    """The formats that the program writes."""

    COCO = "coco"
    YOLO = "yolo"
    PASCAL_VOC = "pascal_voc"
    LABELME = "labelme"
    INSTANCE_PNG = "instance_png"
    SEMANTIC_PNG = "semantic_png"
    PANOPTIC = "panoptic"
    CSV = "csv"


class SegmentationKind(StrEnum):
    """How COCO files hold masks."""

    RLE = "rle"
    POLYGONS = "polygons"


class SplitGroups(StrEnum):
    """Which images a split must not tear apart."""

    NONE = "none"
    NAME_PREFIX = "name_prefix"


@dataclass(frozen=True, slots=True)
class Split:
    """How images are dealt out to training, validation and test.

    Attributes:
        val_percent: Share of the validation part.
        test_percent: Share of the test part; training gets the rest.
        seed: Another one deals otherwise; the same one always deals the same.
        groups: Which images stay together.
    """

    val_percent: int = 10
    test_percent: int = 10
    seed: int = 0
    groups: SplitGroups = SplitGroups.NONE


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person chooses about an export.

    Attributes:
        format: What is written.
        segmentation: For COCO: exact run-length codes, or polygons.
        with_provenance: Whether a second file says how every mask was made.
        project_id: Which project; ``None`` means all.
        split: How images are dealt out; ``None`` keeps them together.
    """

    format: ExportFormat = ExportFormat.COCO
    segmentation: SegmentationKind = SegmentationKind.RLE
    with_provenance: bool = False
    project_id: int | None = None
    split: Split | None = None


@dataclass(slots=True)
class Loss:
    """One thing that a format cannot carry.

    Attributes:
        code: Stable name for programs.
        text: What was lost, in one sentence.
        count: How many annotations lost it.
        annotation_ids: The first of them.
    """

    code: str
    text: str
    count: int = 0
    annotation_ids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ExportReport:
    """What an export holds, and what it could not hold.

    Attributes:
        format: What was written.
        images: How many, also those without annotations.
        annotations: How many masks were written.
        categories: How many, also unused ones.
        compared: How many masks were read back from the finished file and compared with the
            store, bit for bit but for the losses.
        parts: Images of each part of a split.
        losses: What the format cannot carry; empty when everything is exact.
    """

    format: ExportFormat
    images: int = 0
    annotations: int = 0
    categories: int = 0
    compared: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def note_loss(self, code: str, text: str, annotation_id: int) -> None:
        """Count that an annotation lost something; a loss of one kind is listed once."""
        loss = next((one for one in self.losses if one.code == code), None)
        if loss is None:
            loss = Loss(code, text)
            self.losses.append(loss)
        loss.count += 1
        if len(loss.annotation_ids) < MOST_EXAMPLES:
            loss.annotation_ids.append(annotation_id)

    def add(self, other: "ExportReport") -> None:
        """Add what another part of the same export holds; all parts have the same classes."""
        self.images += other.images
        self.annotations += other.annotations
        self.compared += other.compared
        self.categories = other.categories
        for loss in other.losses:
            known = next((one for one in self.losses if one.code == loss.code), None)
            if known is None:
                self.losses.append(loss)
            else:
                known.count += loss.count
                room = MOST_EXAMPLES - len(known.annotation_ids)
                known.annotation_ids += loss.annotation_ids[:room]
