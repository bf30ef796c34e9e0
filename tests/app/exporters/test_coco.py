"""Details of the COCO document; the whole is in tests/contracts/test_export_formats.py."""

from __future__ import annotations

import pytest

from app.domain.annotation import Annotation, AnnotationContent
from app.domain.dataset import Dataset
from app.domain.image_record import ImageRecord, NewImage
from app.exporters.coco import SegmentationKind, build_document
from app.services.exact_mask import check_mask
from tests.helpers.app_fixtures import rectangle_mask


def image(number: int, name: str) -> ImageRecord:
    file = NewImage(name, 48, 32, f"{number:064x}", 9, "image/png", "image/png", True)
    return ImageRecord(number, file, "2026-01-01T00:00:00.000Z", 0)


def annotation(number: int, updated_at: str, author: str = "") -> Annotation:
    mask, measures = check_mask(rectangle_mask(), (32, 48))
    said = AnnotationContent(1, mask, author=author)
    return Annotation(number, 1, said, measures, False, updated_at, updated_at, 1, False)


def test_repeated_file_names_are_reported() -> None:
    images = (image(1, "a.jpg"), image(2, "b.jpg"), image(3, "a.jpg"))
    document = build_document(Dataset(images, (), ()), SegmentationKind.RLE)
    assert document["info"]["maskwright"]["repeated_file_names"] == ["a.jpg"]


def test_the_date_is_that_of_the_newest_change_and_authors_are_named_once() -> None:
    annotations = (
        annotation(1, "2025-05-05T00:00:00.000Z", "Grace"),
        annotation(2, "2026-06-06T00:00:00.000Z", "Ada"),
        annotation(3, "2024-04-04T00:00:00.000Z", "Ada"),
    )
    info = build_document(Dataset((image(1, "a"),), (), annotations), SegmentationKind.RLE)["info"]
    assert (info["date_created"], info["year"]) == ("2026-06-06T00:00:00.000Z", 2026)
    assert info["contributor"] == "Ada, Grace"


@pytest.mark.parametrize("kind", SegmentationKind)
def test_polygons_lie_where_the_mask_lies(kind: SegmentationKind) -> None:
    dataset = Dataset((image(1, "a"),), (), (annotation(1, "2026-06-06T00:00:00.000Z"),))
    written = build_document(dataset, kind)["annotations"][0]
    assert written["bbox"] == [5, 4, 15, 8]
    if kind is SegmentationKind.POLYGONS:
        assert written["segmentation"] == [[5, 4, 20, 4, 20, 12, 5, 12]]
