"""The masks that were accepted as the model made them, before and after people's corrections."""

import json
from typing import Any

from sqlalchemy import or_, select

from app.domain.agreement import MaskPair
from app.domain.annotation import Origin
from app.storage.database import Database
from app.storage.project_rows import resolve_project
from app.storage.tables import AnnotationRow, AnnotationVersionRow, ImageRow


def list_mask_pairs(database: Database, project_id: int) -> list[MaskPair]:
    """Return a pair for each kept object of a project that began as an automatic mask.

    Raises:
        NotFoundError: If there is no such project.
    """
    now, before = AnnotationRow, AnnotationVersionRow
    began = before.saved_json.contains(f'"origin": "{Origin.AUTOMATIC}"')
    query = (
        select(now.id, now.mask_height, now.mask_width, now.counts, now.origin, before.saved_json)
        .join(ImageRow, ImageRow.id == now.image_id)
        .join(before, before.annotation_id == now.id, isouter=True)
        .where(
            ImageRow.project_id == project_id,
            ImageRow.deleted_at.is_(None),
            now.deleted_at.is_(None),
            or_(now.origin == Origin.AUTOMATIC, began),
        )
        .order_by(now.id, before.revision)
    )
    pairs: dict[int, MaskPair] = {}
    with database.read() as session:
        resolve_project(session, project_id)
        for row in session.execute(query):
            automatic = _automatic(row)
            if row.id not in pairs and automatic is not None:
                size = (row.mask_height, row.mask_width)
                pairs[row.id] = MaskPair(size, automatic, row.counts)
    return list(pairs.values())


def _automatic(row: Any) -> str | None:
    """Return the code of the automatic mask, if this version or, without one, the present is it."""
    if row.saved_json is None:
        return str(row.counts)
    saved = json.loads(row.saved_json)
    if saved["origin"] == Origin.AUTOMATIC:
        return str(saved["counts"])
    return None
