"""Pascal VOC: boxes in XML, objects and classes in PNG images with the palette of the contest."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Tree

import numpy as np

from app.domain.category import Category
from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport
from app.errors import UnprocessableError
from app.exporters.coco_check import refuse_export
from app.exporters.image_writer import NamedFile, Place, ReadFile
from app.exporters.label_map import from_png, note_overlaps, paint, to_png

_LARGEST_VALUE = 254  # 255 marks pixels that are not judged


class PascalVocWriter:
    """Writes the folders of Pascal VOC; see `ImageWriter`.

    Args:
        categories: Their order gives the numbers of the classes, from 1.
        report: Where losses are counted.

    Raises:
        UnprocessableError: If there are more classes than numbers.
    """

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        self._report = report
        self._categories = categories
        self._numbers = {category.id: index for index, category in enumerate(categories, start=1)}
        self._names = {category.id: category.content.name for category in categories}
        self._stems: dict[str, list[str]] = {}
        if len(categories) > _LARGEST_VALUE:
            raise UnprocessableError(
                "export_too_many",
                f"Pascal VOC must have at most {_LARGEST_VALUE} classes, got {len(categories)}",
                "choose COCO, which has no such limit",
            )

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Give the XML file and the two PNG images of an image.

        Yields:
            The path and the bytes of each.
        """
        self._stems.setdefault(place.part or "trainval", []).append(place.stem)
        shown = self._shown(masks)
        values = range(1, len(shown) + 1)
        objects = paint(image, shown, values)
        note_overlaps(objects, shown, values, self._report)
        for mask in masks:
            if mask.is_crowd:
                self._report.note_loss(
                    "crowd_lost", "Pascal VOC does not tell crowds from objects", mask.id
                )
        yield f"Annotations/{place.stem}.xml", self._xml(image, masks, place)
        for name, painted in (("Object", objects), ("Class", self._classes(image, shown))):
            path = f"Segmentation{name}/{place.stem}.png"
            yield path, to_png(painted.astype(np.uint8), contest_palette())

    def write_end(self) -> Iterator[NamedFile]:
        """Give the lists of images and the names of the classes.

        Yields:
            The path and the bytes of each.
        """
        for part, stems in self._stems.items():
            lines = "".join(f"{stem}\n" for stem in stems)
            yield f"ImageSets/Segmentation/{part}.txt", lines.encode()
        names = "".join(f"{number} {self._names[key]}\n" for key, number in self._numbers.items())
        yield "labelmap.txt", f"0 background\n{names}255 void\n".encode()

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the boxes, objects and classes of an image with the store.

        Raises:
            ServerFaultError: If they differ.
        """
        shown = masks[:_LARGEST_VALUE]
        expected = {
            "Object": paint(image, shown, range(1, len(shown) + 1)),
            "Class": self._classes(image, shown),
        }
        for name, painted in expected.items():
            found = from_png(read(f"Segmentation{name}/{place.stem}.png"))
            if not np.array_equal(found, painted):
                refuse_export(f"Segmentation{name} of {place.stem} differs")
        if read(f"Annotations/{place.stem}.xml") != self._xml(image, masks, place):
            refuse_export(f"the boxes of {place.stem} differ")

    def _shown(self, masks: Sequence[DatasetMask]) -> Sequence[DatasetMask]:
        for mask in masks[_LARGEST_VALUE:]:
            text = f"an image of Pascal VOC has at most {_LARGEST_VALUE} masks; the box is there"
            self._report.note_loss("mask_left_out", text, mask.id)
        return masks[:_LARGEST_VALUE]

    def _classes(self, image: DatasetImage, masks: Sequence[DatasetMask]) -> np.ndarray:
        return paint(image, masks, [self._numbers[mask.category_id] for mask in masks])

    def _xml(self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place) -> bytes:
        root = Tree.Element("annotation")
        _add(root, "folder", place.part or "JPEGImages")
        _add(root, "filename", image.file_name)
        size = Tree.SubElement(root, "size")
        for name, value in (("width", image.width), ("height", image.height), ("depth", 3)):
            _add(size, name, str(value))
        _add(root, "segmented", str(int(bool(masks))))
        for mask in masks:
            entry = Tree.SubElement(root, "object")
            _add(entry, "name", self._names[mask.category_id])
            for name in ("truncated", "difficult", "occluded"):
                _add(entry, name, "0")
            box = Tree.SubElement(entry, "bndbox")
            # The contest counts pixels from 1 and includes the last one.
            corners = (
                *(("xmin", mask.left + 1), ("ymin", mask.top + 1)),
                *(("xmax", mask.left + mask.box_width), ("ymax", mask.top + mask.box_height)),
            )
            for name, value in corners:
                _add(box, name, str(value))
        Tree.indent(root)
        return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True))


def contest_palette() -> list[int]:
    """Return the colours of the contest: the bits of a number dealt out to red, green, blue.

    Example:
        >>> contest_palette()[:9]
        [0, 0, 0, 128, 0, 0, 0, 128, 0]
    """
    colors = []
    for value in range(256):
        for channel in range(3):
            bits = [(value >> (3 * step + channel)) & 1 for step in range(3)]
            colors.append(sum(bit << (7 - step) for step, bit in enumerate(bits)))
    return colors


def _add(parent: Tree.Element, name: str, text: str) -> None:
    # XML cannot hold control characters, not even escaped.
    Tree.SubElement(parent, name).text = "".join(sign for sign in text if sign >= " ")
