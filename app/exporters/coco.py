"""Datasets as COCO JSON.

The run-length code is the truth and the default; ``iscrowd`` is what the
annotator said, ids count from 1, and
``area`` and ``bbox`` follow from the mask. Equal datasets give equal bytes.
"""

import json
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from app.domain.annotation import Annotation
from app.domain.category import Category
from app.domain.dataset import Dataset
from app.domain.image_record import ImageRecord
from app.domain.object_details import ObjectDetails
from app.exporters.polygons import MaskOutline, trace_outline
from sam_core.masks.rle import decode_rle

FORMAT_VERSION = 1


class SegmentationKind(StrEnum):
    """How masks are written."""

    RLE = "rle"
    POLYGONS = "polygons"


def export_coco(dataset: Dataset, kind: SegmentationKind) -> bytes:
    """Return a dataset as the bytes of a COCO file.

    Args:
        dataset: What to write.
        kind: Exact run-length codes, or polygons; polygons cannot carry holes, and
            ``info.maskwright`` names every annotation that lost one.
    """
    document = build_document(dataset, kind)
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def build_document(dataset: Dataset, kind: SegmentationKind) -> dict[str, Any]:
    """Return a dataset as a COCO document; see `export_coco`."""
    if kind is SegmentationKind.RLE:
        segmentations: list[object] = [
            annotation.content.mask.to_coco() for annotation in dataset.annotations
        ]
        filled_holes: list[dict[str, int]] = []
    else:
        outlines = [_outline(annotation) for annotation in dataset.annotations]
        segmentations = [_to_polygons(outline) for outline in outlines]
        filled_holes = _report_holes(dataset.annotations, outlines)
    annotations = [
        _format_annotation(annotation, segmentation)
        for annotation, segmentation in zip(dataset.annotations, segmentations, strict=True)
    ]
    return {
        "info": _format_info(dataset, kind, filled_holes),
        "licenses": [],
        "images": [_format_image(image) for image in dataset.images],
        "annotations": annotations,
        "categories": [_format_category(category) for category in dataset.categories],
    }


def _format_info(
    dataset: Dataset, kind: SegmentationKind, filled_holes: list[dict[str, int]]
) -> dict[str, Any]:
    names = Counter(image.file.file_name for image in dataset.images)
    models = {annotation.content.model_id for annotation in dataset.annotations}
    newest = max((annotation.updated_at for annotation in dataset.annotations), default="")
    return {
        "description": "Annotations made with Maskwright",
        "url": "",
        "version": "1.0",
        "year": int(newest[:4]) if newest else 0,
        "contributor": ", ".join(_authors(dataset.annotations)),
        "date_created": newest,
        "maskwright": {
            "format": FORMAT_VERSION,
            "segmentation": kind.value,
            "model_ids": sorted(model for model in models if model),
            "repeated_file_names": sorted(name for name, count in names.items() if count > 1),
            "filled_holes": filled_holes,
        },
    }


def _authors(annotations: Sequence[Annotation]) -> list[str]:
    return sorted({annotation.content.author for annotation in annotations} - {""})


def _format_image(image: ImageRecord) -> dict[str, Any]:
    return {
        "id": image.id,
        "file_name": image.file.file_name,
        "width": image.file.width,
        "height": image.file.height,
        "date_captured": "",
    }


def _format_category(category: Category) -> dict[str, Any]:
    content = category.content
    return {"id": category.id, "name": content.name, "supercategory": content.supercategory}


def _format_annotation(annotation: Annotation, segmentation: object) -> dict[str, Any]:
    return {
        "id": annotation.id,
        "image_id": annotation.image_id,
        "category_id": annotation.content.category_id,
        "segmentation": segmentation,
        "area": annotation.measures.area,
        "bbox": list(annotation.measures.bbox_xywh),
        "iscrowd": int(annotation.content.details.is_crowd),
        **_format_details(annotation.content.details),
    }


def _format_details(details: ObjectDetails) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if details.attributes:
        written["attributes"] = dict(details.attributes)
    if details.group_id is not None:
        written["group_id"] = details.group_id
    if details.notes:
        written["notes"] = details.notes
    return written


def _outline(annotation: Annotation) -> MaskOutline:
    left, top, width, height = annotation.measures.bbox_xywh
    mask = decode_rle(annotation.content.mask.to_coco())
    outline = trace_outline(mask[top : top + height, left : left + width])
    moved = tuple(
        tuple(value + (top if index % 2 else left) for index, value in enumerate(ring))
        for ring in outline.outer
    )
    return MaskOutline(moved, outline.hole_count)


def _to_polygons(outline: MaskOutline) -> list[list[int]]:
    return [list(ring) for ring in outline.outer]


def _report_holes(
    annotations: Sequence[Annotation], outlines: Sequence[MaskOutline]
) -> list[dict[str, int]]:
    return [
        {"annotation_id": annotation.id, "holes": outline.hole_count}
        for annotation, outline in zip(annotations, outlines, strict=True)
        if outline.hole_count
    ]
