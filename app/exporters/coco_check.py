"""COCO files are read back before anybody gets them.

The file is parsed again, its masks are decoded by pycocotools, and everything is compared with
the store, annotation by annotation.
"""

from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, NoReturn

from pycocotools import mask as coco_mask

from app.domain.dataset import DatasetMask, DatasetView
from app.domain.export import ExportReport, SegmentationKind
from app.errors import AppError, ServerFaultError
from app.exporters.coco import HOLES_FILLED, annotation_fields, category_fields, image_fields
from app.importers.json_stream import read_elements

# pycocotools 2.0.11 counts the masks of one call in a byte.
_MASKS_AT_ONCE = 255


def check_coco(
    path: Path, dataset: DatasetView, kind: SegmentationKind, report: ExportReport
) -> None:
    """Refuse a COCO file that does not give what is stored.

    Masks must be equal bit for bit. Where polygons filled a hole pixels may be added, as
    often as the report says; none may ever be lost.

    Args:
        path: The finished file.
        dataset: What it was made from, at the same moment.
        kind: How its masks are written.
        report: Its losses are what may differ; gets the number of masks that were compared.

    Raises:
        ServerFaultError: If anything differs.
    """
    try:
        with path.open(encoding="utf-8") as file:
            _check_sections(_Sections(file), dataset, kind, report)
    except ServerFaultError:
        raise
    except (AppError, KeyError, TypeError, ValueError) as error:
        refuse_export(f"it could not be read: {error}")


def refuse_export(reason: str) -> NoReturn:
    """Stop an export that was read back wrong.

    Raises:
        ServerFaultError: Always.
    """
    raise ServerFaultError(
        "export_check_failed",
        f"the export must give the stored masks when it is read back, but {reason}",
        "nothing was sent and nothing was changed; please report this with the server's log",
    )


class _Sections:
    """The lists of a COCO file, one after the other."""

    def __init__(self, file: Any) -> None:
        self._elements = read_elements(file)
        self._pending = next(self._elements, None)

    def take(self, name: str) -> Iterator[Any]:
        """Give what stands under a name, if it comes next.

        Yields:
            The values, one by one.
        """
        while self._pending is not None and self._pending[0] == name:
            yield self._pending[1]
            self._pending = next(self._elements, None)

    @property
    def next_name(self) -> str | None:
        return self._pending[0] if self._pending else None


def _check_sections(
    sections: _Sections, dataset: DatasetView, kind: SegmentationKind, report: ExportReport
) -> None:
    _compare("info", len(list(sections.take("info"))), 1)
    for image, written in zip_longest(dataset.images(), sections.take("images")):
        _compare("an image", written, image and image_fields(image))
    for category, written in zip_longest(dataset.categories, sections.take("categories")):
        _compare("a category", written, category and category_fields(category))
    filled = 0
    pairs = zip_longest(dataset.masks(), sections.take("annotations"))
    while group := list(islice(pairs, _MASKS_AT_ONCE)):
        filled += _check_group(group, kind)
        report.compared += len(group)
    allowed = sum(loss.count for loss in report.losses if loss.code == HOLES_FILLED)
    _compare("the number of masks with filled holes", filled, allowed)
    _compare("the end", sections.next_name, "maskwright")


def _check_group(
    pairs: list[tuple[DatasetMask | None, dict[str, Any] | None]], kind: SegmentationKind
) -> int:
    """Compare some annotations with the store; return how many had holes filled."""
    filled = 0
    codes, said = [], []
    for mask, written in pairs:
        if mask is None or written is None:
            _compare("an annotation", written, mask)
            continue
        code = segmentation = mask.coco_rle
        if kind is SegmentationKind.POLYGONS:
            segmentation = written["segmentation"]
            filled += _fills_holes(mask, segmentation)
        fields = annotation_fields(mask, segmentation)
        if written != fields:
            _compare(f"annotation {mask.id}", written, fields)
        codes.append(code)
        said.append((mask.id, fields["area"], fields["bbox"]))
    # Only now does pycocotools, which trusts whatever it gets, see the codes: they are equal to
    # those that were checked when they came in.
    areas, boxes = coco_mask.area(codes), coco_mask.toBbox(codes)
    for (mask_id, *stored), area, box in zip(said, areas.tolist(), boxes.tolist(), strict=True):
        if stored != [area, box]:
            refuse_export(f"pycocotools measures mask {mask_id} as area {area} and bbox {box}")
    return filled


def _fills_holes(mask: DatasetMask, rings: Any) -> bool:
    code: dict[str, Any] = coco_mask.merge(coco_mask.frPyObjects(rings, mask.height, mask.width))
    if code["counts"].decode() == mask.counts:
        return False
    common = coco_mask.area(coco_mask.merge([code, mask.coco_rle], intersect=True))
    if int(common) != mask.area:
        refuse_export(f"mask {mask.id} lost {mask.area - int(common)} pixels")
    return True


def _compare(what: str, got: object, expected: object) -> None:
    if got != expected:
        refuse_export(f"{what} must be {expected!a:.200}, got {got!a:.200}")
