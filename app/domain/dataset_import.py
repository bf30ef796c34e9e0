"""What stands in a foreign annotation file, and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

MOST_EXAMPLES = 20
Key = int | str


class ImportFormat(StrEnum):
    """The formats that the program reads."""

    COCO = "coco"
    YOLO = "yolo"
    PASCAL_VOC = "pascal_voc"
    LABELME = "labelme"
    INSTANCE_PNG = "instance_png"
    SEMANTIC_PNG = "semantic_png"
    PANOPTIC = "panoptic"


class ForeignImage(NamedTuple):
    """An image that a file names.

    Attributes:
        key: How the file calls it.
        file_name: As it stands there; may be a path of any system.
        width: In pixels; ``None`` if the file does not say.
        height: In pixels; ``None`` if the file does not say.
        sha256: Hash of the image's bytes; empty if the file does not say.
        is_stem: Whether the name is known without its ending only.
    """

    key: Key
    file_name: str
    width: int | None = None
    height: int | None = None
    sha256: str = ""
    is_stem: bool = False


class ForeignCategory(NamedTuple):
    """A class that a file names.

    Attributes:
        key: How the file calls it.
        name: For people.
        supercategory: May be empty.
    """

    key: Key
    name: str
    supercategory: str = ""


class ForeignMask(NamedTuple):
    """One mask of a file, not checked yet.

    Attributes:
        where: Which one it is, for messages.
        image: Key of its image.
        category: Key of its class.
        height: Of the mask, in pixels.
        width: Of the mask, in pixels.
        counts: COCO's compressed run-length code; may be damaged.
        details: ``iscrowd``, ``attributes``, ``group_id`` and ``notes``, as they stand there.
    """

    where: str
    image: Key
    category: Key
    height: int
    width: int
    counts: str
    details: Mapping[str, Any]


class RefusedMask(NamedTuple):
    """One annotation of a file that has no mask that could be taken.

    Attributes:
        where: Which one it is, for messages.
        code: Stable name of the reason.
    """

    where: str
    code: str


@dataclass(slots=True)
class AnnotationFileHead:
    """What a file says before its masks.

    Attributes:
        images: By their keys.
        categories: By their keys; files that name classes beside each mask add them on the way.
        notes: What is odd about them, as code and place.
        unmatched: Images that the project does not have, with the stable code of the reason;
            filled by who looks for them.
    """

    images: dict[Key, ForeignImage] = field(default_factory=dict)
    categories: dict[Key, ForeignCategory] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unmatched: dict[Key, str] = field(default_factory=dict)


class AnnotationReader(Protocol):
    """Reads one annotation file, or an archive of many, piece by piece, as often as it is asked."""

    def head(self) -> AnnotationFileHead:
        """Return the images, and the classes that are known before the masks are read."""

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks in the order of the file."""


@dataclass(slots=True)
class ImportNote:
    """One kind of thing that a person should know about an import.

    Attributes:
        code: Stable name for programs.
        text: What it means, in one sentence.
        count: How often.
        examples: The first of them.
    """

    code: str
    text: str
    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        format: What was read.
        is_dry_run: Whether nothing was changed.
        images: In the file.
        images_found: Of these, how many are in the project.
        annotations: In the file.
        added: Masks that were added, or would be.
        already_there: Masks that the project has already, bit for bit, with the same class.
        new_categories: Classes that were made, or would be.
        notes: What was left out, and why; and what is odd about the file.
    """

    format: ImportFormat
    is_dry_run: bool
    images: int = 0
    images_found: int = 0
    annotations: int = 0
    added: int = 0
    already_there: int = 0
    new_categories: list[str] = field(default_factory=list)
    notes: list[ImportNote] = field(default_factory=list)

    def note(self, code: str, text: str, example: str) -> None:
        """Count something; a kind is listed once."""
        note = next((one for one in self.notes if one.code == code), None)
        if note is None:
            note = ImportNote(code, text)
            self.notes.append(note)
        note.count += 1
        if len(note.examples) < MOST_EXAMPLES:
            note.examples.append(example)
