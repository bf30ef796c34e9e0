"""Exports hold what is kept, and nothing that was deleted."""

from __future__ import annotations

import json

import pytest

from app.context import AppContext
from app.errors import ServerFaultError
from app.exporters.coco import SegmentationKind
from app.services import export_service
from tests.helpers.app_fixtures import content
from tests.helpers.sample_images import jpeg


def test_deleted_images_and_annotations_are_left_out(context: AppContext, image_id: int) -> None:
    kept, gone = (context.annotations.add(image_id, content())[0] for _ in range(2))
    context.annotations.delete(gone.id, None)
    hidden, _ = context.images.add("b.jpg", jpeg(seed=1))
    context.annotations.add(hidden.id, content())
    context.images.delete(hidden.id)
    document = json.loads(context.exports.coco(SegmentationKind.RLE))
    assert [one["id"] for one in document["annotations"]] == [kept.id]
    assert [one["id"] for one in document["images"]] == [image_id]


def test_an_export_leaves_only_after_the_check(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_content: bytes, _dataset: object) -> None:
        raise ServerFaultError("export_check_failed", "masks must be equal")

    monkeypatch.setattr(export_service, "check_coco", refuse)
    with pytest.raises(ServerFaultError, match="masks must be equal"):
        context.exports.coco(SegmentationKind.RLE)
