"""Sums leave out what was deleted."""

from __future__ import annotations

from app.domain.annotation import MaskMeasures
from app.domain.image_record import NewImage
from app.domain.object_details import Effort
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from app.storage.statistics_store import StatisticsStore
from tests.helpers.app_fixtures import content

MEASURES = MaskMeasures(120, (5, 4, 15, 8))


def test_deleted_masks_and_images_do_not_count(database: Database) -> None:
    images, annotations = ImageStore(database), AnnotationStore(database)
    for sha256 in "ab":
        file = NewImage(sha256, 48, 32, sha256, 1, "image/png", "image/png", True)
        image, _ = images.add(file)
        for _ in range(2):
            said = content(effort=Effort(1, 0, 0, 500))
            kept, _ = annotations.add(image.id, said, MEASURES)
    annotations.delete(kept.id, None)
    images.delete(1)
    sums = StatisticsStore(database).read(1)
    assert (sums.total.object_count, sums.total.clicks, sums.total.active_ms) == (1, 1, 500)
    assert len(StatisticsStore(database).list_objects(1)) == 1
