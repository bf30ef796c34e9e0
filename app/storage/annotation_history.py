"""Earlier versions of annotations: added before every change, never touched again."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.annotation import AnnotationVersion, Change
from app.storage.annotation_rows import to_annotation
from app.storage.tables import AnnotationRow, AnnotationVersionRow

_SAVED = [column.key for column in AnnotationRow.__table__.columns if column.key != "logits"]


def keep_version(session: Session, row: AnnotationRow) -> None:
    """Add the present state of an annotation to its history, before it is changed."""
    session.add(
        AnnotationVersionRow(
            annotation_id=row.id,
            revision=row.revision,
            saved_json=json.dumps({name: getattr(row, name) for name in _SAVED}, allow_nan=False),
            logits=row.logits,
        )
    )


def list_versions(session: Session, row: AnnotationRow) -> list[AnnotationVersion]:
    """Return all versions of an annotation, newest first, the present one included."""
    earlier = session.scalars(
        select(AnnotationVersionRow)
        .where(AnnotationVersionRow.annotation_id == row.id)
        .order_by(AnnotationVersionRow.revision.desc())
    )
    return [_to_version(row), *(_to_version(_as_row(version)) for version in earlier)]


def find_version(session: Session, annotation_id: int, revision: int) -> AnnotationRow | None:
    """Return an earlier version as a row that belongs to no session, or ``None``."""
    version = session.scalar(
        select(AnnotationVersionRow)
        .where(
            AnnotationVersionRow.annotation_id == annotation_id,
            AnnotationVersionRow.revision == revision,
        )
        .options(undefer(AnnotationVersionRow.logits))
    )
    if version is None:
        return None
    row = _as_row(version)
    row.logits = version.logits
    return row


def _as_row(version: AnnotationVersionRow) -> AnnotationRow:
    return AnnotationRow(**json.loads(version.saved_json))


def _to_version(row: AnnotationRow) -> AnnotationVersion:
    return AnnotationVersion(
        to_annotation(row, with_logits=False), Change(row.change), row.changed_by
    )
