"""Datasets as COCO JSON, written annotation by annotation.

The run-length code is the truth and the default; ids count from 1, and ``area`` and ``bbox``
follow from the mask. Equal datasets give equal bytes.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from app.domain.category import Category
from app.domain.dataset import DatasetFacts, DatasetImage, DatasetMask, DatasetView
from app.domain.export import ExportReport, SegmentationKind
from app.exporters.polygons import MaskOutline, trace_outline
from sam_core.masks.rle import decode_rle

FORMAT_VERSION = 2
HOLES_FILLED = "holes_filled"
_HOLES_TEXT = "polygons of COCO cannot carry holes; they are filled"
_ITEMS_AT_ONCE = 500

_to_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_quote = json.encoder.encode_basestring
_NO_DETAILS = [None, None, None, 0]


def write_coco(
    dataset: DatasetView, kind: SegmentationKind, file: BinaryIO, report: ExportReport
) -> None:
    """Write a dataset as a COCO file.

    Args:
        dataset: What to write.
        kind: Exact run-length codes, or polygons; polygons cannot carry holes.
        file: Where the bytes go.
        report: Gets the counts and what was lost; its losses also stand in the file.
    """
    images = map(_to_text, map(image_fields, dataset.images()))
    categories = map(_to_text, map(category_fields, dataset.categories))
    annotations = (
        _format_annotation(
            mask,
            _format_rle(mask) if kind is SegmentationKind.RLE else _format_polygons(mask, report),
        )
        for mask in dataset.masks()
    )
    file.write(f'{{"info":{_to_text(_format_info(dataset.facts))},"licenses":[]'.encode())
    report.images = _write_list(file, "images", images)
    report.categories = _write_list(file, "categories", categories)
    report.annotations = _write_list(file, "annotations", annotations)
    notes = _to_text(_format_notes(dataset.facts, kind, report))
    file.write(f',"maskwright":{notes}}}\n'.encode())


def _write_list(file: BinaryIO, name: str, texts: Iterator[str]) -> int:
    file.write(f',"{name}":['.encode())
    count = 0
    while group := list(islice(texts, _ITEMS_AT_ONCE)):
        separator = ",\n" if count else "\n"
        file.write((separator + ",\n".join(group)).encode())
        count += len(group)
    file.write(b"]")
    return count


def _format_info(facts: DatasetFacts) -> dict[str, Any]:
    return {
        "description": "Annotations made with Maskwright",
        "url": "",
        "version": "1.0",
        "year": int(facts.newest_change[:4]) if facts.newest_change else 0,
        "contributor": ", ".join(facts.authors),
        "date_created": facts.newest_change,
    }


def _format_notes(
    facts: DatasetFacts, kind: SegmentationKind, report: ExportReport
) -> dict[str, Any]:
    return {
        "format": FORMAT_VERSION,
        "segmentation": kind.value,
        "model_ids": facts.model_ids,
        "repeated_file_names": facts.repeated_file_names,
        "losses": [
            {"code": loss.code, "count": loss.count, "annotation_ids": loss.annotation_ids}
            for loss in report.losses
        ],
    }


def image_fields(image: DatasetImage) -> dict[str, Any]:
    """Return an image as it stands in the file."""
    return {
        "id": image.id,
        "file_name": image.file_name,
        "width": image.width,
        "height": image.height,
        "date_captured": "",
        "sha256": image.sha256,
    }


def category_fields(category: Category) -> dict[str, Any]:
    """Return a category as it stands in the file."""
    content = category.content
    return {"id": category.id, "name": content.name, "supercategory": content.supercategory}


def annotation_fields(mask: DatasetMask, segmentation: object) -> dict[str, Any]:
    """Return an annotation as it stands in the file."""
    # Taken apart at once: this is done for millions, and fields by name take twice as long.
    key, image_id, category_id, _, _, _, area, left, top, width, height, is_crowd, *rest = mask
    fields = {
        "id": key,
        "image_id": image_id,
        "category_id": category_id,
        "segmentation": segmentation,
        "area": area,
        "bbox": [left, top, width, height],
        "iscrowd": int(is_crowd),
    }
    if rest != _NO_DETAILS:
        fields.update(_details(mask))
    return fields


def _details(mask: DatasetMask) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if mask.attributes_json:
        details["attributes"] = json.loads(mask.attributes_json)
    if mask.group_id is not None:
        details["group_id"] = mask.group_id
    if mask.notes:
        details["notes"] = mask.notes
    if mask.z_order:
        details["z_order"] = mask.z_order
    return details


def _format_annotation(mask: DatasetMask, segmentation: str) -> str:
    # The text of `annotation_fields`, in half of the time; the check compares the two.
    key, image_id, category_id, _, _, _, area, left, top, width, height, is_crowd, *rest = mask
    details = ""
    if rest != _NO_DETAILS:
        details = "".join(f',"{name}":{_to_text(value)}' for name, value in _details(mask).items())
    return (
        f'{{"id":{key},"image_id":{image_id},"category_id":{category_id},'
        f'"segmentation":{segmentation},"area":{area},"bbox":[{left},{top},{width},{height}],'
        f'"iscrowd":{int(is_crowd)}{details}}}'
    )


def _format_rle(mask: DatasetMask) -> str:
    return f'{{"size":[{mask.height},{mask.width}],"counts":{_quote(mask.counts)}}}'


def _format_polygons(mask: DatasetMask, report: ExportReport) -> str:
    outline = outline_of(mask)
    if outline.hole_count:
        report.note_loss(HOLES_FILLED, _HOLES_TEXT, mask.id)
    return _to_text(outline.outer)


def outline_of(mask: DatasetMask) -> MaskOutline:
    """Return the outline of a mask in image pixels."""
    left, top, width, height = mask.bbox_xywh
    pixels = decode_rle(mask.coco_rle)
    outline = trace_outline(pixels[top : top + height, left : left + width])
    moved = tuple(
        tuple(value + (top if index % 2 else left) for index, value in enumerate(ring))
        for ring in outline.outer
    )
    return MaskOutline(moved, outline.hole_count)
