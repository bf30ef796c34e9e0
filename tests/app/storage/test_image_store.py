"""Images in the database; the promises are in tests/contracts/test_storage_contract.py."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event

from app.domain.annotation import MaskMeasures
from app.domain.image_record import NewImage, StoredImage
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from tests.helpers.app_fixtures import content

FILE = NewImage("a.jpg", 48, 32, "aa", 1, "image/png", "image/png", True)


def test_only_annotations_that_are_there_are_counted(database: Database) -> None:
    images, annotations = ImageStore(database), AnnotationStore(database)
    image, _ = images.add(FILE)
    for _ in range(3):
        annotations.add(image.id, content(), MaskMeasures(120, (5, 4, 15, 8)))
    annotations.delete(1, None)
    assert [one.annotation_count for one in images.list_all()] == [2]


def test_an_image_is_found_without_counting_its_masks(database: Database) -> None:
    images = ImageStore(database)
    image = images.add(FILE)[0]
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        asked.append(arguments[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        found = images.find_stored(image.id)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert found == StoredImage(image.id, image.file)
    assert not any("annotations" in statement for statement in asked)
    images.delete(image.id)
    assert images.find_stored(image.id) is None


def test_known_bytes_are_found_and_brought_back(database: Database) -> None:
    images = ImageStore(database)
    assert images.find_content("aa") is None
    image, _ = images.add(FILE)
    images.delete(image.id)
    assert images.find_content("aa") == image
    assert images.list_all() == [image]
