"""The fifth step adds details, which earlier masks do not have."""

from __future__ import annotations

from pathlib import Path

from app.domain.object_details import ObjectDetails
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database


def test_earlier_masks_have_no_details_and_unknown_cost(earlier_path: Path) -> None:
    database = Database(earlier_path)
    kept = AnnotationStore(database).find(1)
    database.close()
    assert kept is not None
    assert (kept.content.details, kept.content.effort) == (ObjectDetails(), None)
