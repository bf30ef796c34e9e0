"""The eleventh step adds which masks lie above others; earlier ones all lie on one level."""

from __future__ import annotations

from pathlib import Path

from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database


def test_earlier_masks_lie_on_one_level_by_age(earlier_path: Path) -> None:
    database = Database(earlier_path)
    masks = AnnotationStore(database).list_for_image(1)
    database.close()
    assert masks
    assert {mask.content.details.z_order for mask in masks} == {0}
    assert [mask.id for mask in masks] == sorted(mask.id for mask in masks)
