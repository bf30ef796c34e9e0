"""Pairs: the mask that the model made, and the one that is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.agreement import MaskPair
from app.domain.annotation import Annotation, AnnotationContent, CocoRle, MaskMeasures, Origin
from app.domain.image_record import NewImage
from app.domain.object_details import ObjectDetails
from app.storage.annotation_store import AnnotationStore
from app.storage.automatic_masks import list_mask_pairs
from app.storage.database import Database
from app.storage.image_store import ImageStore
from tests.helpers.app_fixtures import content, rectangle_mask

MEASURES = MaskMeasures(120, (5, 4, 15, 8))
AUTOMATIC = rectangle_mask()
CORRECTED = rectangle_mask(box=(2, 3, 20, 12))


def image_of(database: Database, sha256: str = "a") -> int:
    file = NewImage(sha256, 48, 32, sha256, 1, "image/png", "image/png", True)
    return ImageStore(database).add(file)[0].id


def keep(store: AnnotationStore, image_id: int, **said: Any) -> int:
    return store.add(image_id, content(**said), MEASURES)[0].id


def change(store: AnnotationStore, annotation_id: int, **changes: Any) -> None:
    def revise(present: Annotation) -> tuple[AnnotationContent, MaskMeasures]:
        return replace(present.content, **changes), MEASURES

    store.update(annotation_id, revise, None)


def pair(kept: CocoRle) -> MaskPair:
    return MaskPair((kept.height, kept.width), AUTOMATIC.counts, kept.counts)


def test_the_first_automatic_mask_is_compared_with_the_present_one(database: Database) -> None:
    store, image_id = AnnotationStore(database), image_of(database)
    keep(store, image_id, origin=Origin.AUTOMATIC)
    corrected = keep(store, image_id, origin=Origin.AUTOMATIC)
    change(store, corrected, author="looked at")
    change(store, corrected, mask=CORRECTED, origin=None)
    assert list_mask_pairs(database, 1) == [pair(AUTOMATIC), pair(CORRECTED)]


def test_masks_that_people_made_and_what_was_deleted_are_left_out(database: Database) -> None:
    store, image_id = AnnotationStore(database), image_of(database)
    by_hand = keep(store, image_id)
    change(store, by_hand, details=ObjectDetails(notes='"origin": "automatic"'))
    store.delete(keep(store, image_id, origin=Origin.AUTOMATIC), None)
    gone = image_of(database, "b")
    keep(store, gone, origin=Origin.AUTOMATIC)
    ImageStore(database).delete(gone)
    assert list_mask_pairs(database, 1) == []
