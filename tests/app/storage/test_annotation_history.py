"""Earlier versions; the promises are in tests/contracts/test_storage_contract.py."""

from __future__ import annotations

import json

from sqlalchemy import select

from app.domain.annotation import MaskMeasures
from app.domain.image_record import NewImage
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from app.storage.tables import AnnotationRow, AnnotationVersionRow
from tests.helpers.app_fixtures import content

MEASURES = MaskMeasures(120, (5, 4, 15, 8))


def test_a_version_holds_every_column_but_the_logits_and_is_never_changed(
    database: Database,
) -> None:
    file = NewImage("a", 48, 32, "aa", 1, "image/png", "image/png", True)
    image, _ = ImageStore(database).add(file)
    store = AnnotationStore(database)
    kept, _ = store.add(image.id, content(), MEASURES)

    def saved() -> list[str]:
        with database.read() as session:
            order = AnnotationVersionRow.revision
            return list(session.scalars(select(AnnotationVersionRow.saved_json).order_by(order)))

    assert saved() == []
    store.delete(kept.id, None)
    first = saved()
    columns = {column.key for column in AnnotationRow.__table__.columns}
    assert set(json.loads(first[0])) == columns - {"logits"}
    store.restore(kept.id)
    assert saved()[:1] == first
    assert len(saved()) == 2
