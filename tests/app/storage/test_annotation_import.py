"""Masks are added in groups, each whole, and what was there before is not added again."""

from __future__ import annotations

import pytest

from app.domain.annotation import MaskMeasures
from app.domain.image_record import ImageState, NewImage
from app.domain.object_details import ObjectDetails
from app.storage.annotation_import import AnnotationImport, CheckedMask
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore


@pytest.fixture
def image_id(database: Database) -> int:
    image = NewImage("a.jpg", 48, 32, "a" * 64, 9, "image/png", "image/png", True)
    return ImageStore(database).add(image)[0].id


def mask(image_id: int, counts: str = "abc") -> CheckedMask:
    measures = MaskMeasures(120, (5, 4, 15, 8))
    details = ObjectDetails({"wet": True}, 4, True, "look")
    return CheckedMask(image_id, 1, 32, 48, counts, measures, details)


def test_what_was_added_is_kept_like_any_other(database: Database, image_id: int) -> None:
    assert AnnotationImport(database, None).add([mask(image_id)]) == 1
    (kept,) = AnnotationStore(database).list_for_image(image_id)
    assert (kept.content.mask.counts, kept.measures) == ("abc", mask(image_id).measures)
    assert (kept.content.details, kept.revision) == (mask(image_id).details, 1)
    versions = AnnotationStore(database).history(kept.id)

    assert [version.change for version in versions] == ["created"]
    found = ImageStore(database).find(image_id)
    assert found is not None
    assert found.state is ImageState.IN_WORK


def test_equal_masks_of_one_import_are_all_added_but_not_again_by_the_next(
    database: Database, image_id: int
) -> None:
    first = AnnotationImport(database, None)
    assert first.add([mask(image_id), mask(image_id)]) == 2
    assert first.add([mask(image_id)]) == 1
    second = AnnotationImport(database, None)
    assert second.find_new([mask(image_id), mask(image_id, "other")]) == [mask(image_id, "other")]
    assert second.add([mask(image_id)]) == 0


def test_masks_of_an_image_that_was_deleted_meanwhile_are_left_out(
    database: Database, image_id: int
) -> None:
    running = AnnotationImport(database, None)
    ImageStore(database).delete(image_id)
    assert running.add([mask(image_id)]) == 0
    assert running.add([]) == 0
    assert running.targets() == []


def test_the_targets_are_the_images_of_the_project(database: Database, image_id: int) -> None:
    running = AnnotationImport(database, None)
    (target,) = running.targets()
    assert (target.id, target.file_name, target.width, target.height) == (image_id, "a.jpg", 48, 32)
    assert running.categories() == {"object": 1}
