"""LabelMe: one JSON file per image; masks are PNG images of the object's box, exact."""

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.category import Category
from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport
from app.exporters.coco_check import refuse_export
from app.exporters.image_writer import NamedFile, Place, ReadFile
from app.exporters.label_map import from_png, to_png
from app.exporters.yolo import CROWD_LOST
from sam_core.masks.rle import decode_rle

# The first version that reads masks; they are its shape type of that name.
_LABELME_VERSION = "5.3.0"


class LabelmeWriter:
    """Writes LabelMe files; see `ImageWriter`.

    Args:
        categories: Their names are the labels.
        report: Where losses are counted.
    """

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        self._report = report
        self._names = {category.id: category.content.name for category in categories}

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Give the JSON file of an image.

        Yields:
            Its path and its bytes.
        """
        document: dict[str, Any] = {
            "version": _LABELME_VERSION,
            "flags": {},
            "shapes": [self._shape(mask) for mask in masks],
            "imagePath": image.file_name,
            "imageData": None,
            "imageHeight": image.height,
            "imageWidth": image.width,
        }
        yield place.path("", ".json"), json.dumps(document, ensure_ascii=False).encode()

    def write_end(self) -> Iterator[NamedFile]:
        """Give the list of labels.

        Yields:
            Its path and its bytes.
        """
        yield "labels.txt", "".join(f"{name}\n" for name in self._names.values()).encode()

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the masks of an image with the store.

        Raises:
            ServerFaultError: If one differs.
        """
        shapes = json.loads(read(place.path("", ".json")))["shapes"]
        if len(shapes) != len(masks):
            refuse_export(f"{place.stem} must have {len(masks)} shapes, got {len(shapes)}")
        for shape, mask in zip(shapes, masks, strict=True):
            if shape["label"] != self._names[mask.category_id]:
                refuse_export(f"annotation {mask.id} has label {shape['label']}")
            if not np.array_equal(_pixels_of(shape, image), decode_rle(mask.coco_rle)):
                refuse_export(f"mask {mask.id} differs")

    def _shape(self, mask: DatasetMask) -> dict[str, Any]:
        if mask.is_crowd:
            self._report.note_loss(CROWD_LOST, "LabelMe does not tell crowds from objects", mask.id)
        if mask.attributes_json:
            text = "LabelMe has no attributes of objects"
            self._report.note_loss("attributes_lost", text, mask.id)
        left, top, width, height = mask.bbox_xywh
        crop = decode_rle(mask.coco_rle)[top : top + height, left : left + width]
        return {
            "label": self._names[mask.category_id],
            "points": [[left, top], [left + width - 1, top + height - 1]],
            "group_id": mask.group_id,
            "description": mask.notes or "",
            "shape_type": "mask",
            "flags": {},
            "mask": base64.b64encode(to_png(crop.astype(np.uint8))).decode(),
        }


def _pixels_of(shape: dict[str, Any], image: DatasetImage) -> NDArray[np.bool_]:
    (left, top), (right, bottom) = shape["points"]
    pixels = np.zeros((image.height, image.width), dtype=np.bool_)
    pixels[top : bottom + 1, left : right + 1] = from_png(base64.b64decode(shape["mask"])) > 0
    return pixels
