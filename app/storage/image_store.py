"""Image records in the database."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.image_record import ImageRecord, ImageState, NewImage, StoredImage
from app.storage.database import Database, utc_now
from app.storage.project_rows import in_live_project, resolve_project
from app.storage.tables import AnnotationRow, ImageRow

# Made once: SQLAlchemy takes longer to write a statement than the database to answer it.
_STORED = select(*ImageRow.__table__.c).where(
    ImageRow.id == bindparam("image_id"), ImageRow.deleted_at.is_(None), in_live_project(ImageRow)
)


class ImageStore:
    """Adds, lists and deletes image records; equal bytes have one record in a project.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, image: NewImage, project_id: int | None = None) -> tuple[ImageRecord, bool]:
        """Keep an image, or find the record of the same bytes.

        A deleted record of the same bytes comes back with its annotations.

        Args:
            image: What was found out about it.
            project_id: Where it goes; ``None`` means the oldest project.

        Returns:
            The record, and whether it is new.

        Raises:
            NotFoundError: If there is no such project.
        """
        with self._database.write() as session:
            project_id = resolve_project(session, project_id)
            row = _row_of_content(session, image.sha256, project_id)
            is_new = row is None
            if row is None:
                row = _to_row(image, project_id)
                session.add(row)
            row.deleted_at = None
            session.flush()
            return _to_record(
                session.execute(_with_counts().where(ImageRow.id == row.id)).one()
            ), is_new

    def find_content(self, sha256: str, project_id: int | None = None) -> ImageRecord | None:
        """Return the record of these bytes in a project, bringing it back if it was deleted.

        Raises:
            NotFoundError: If there is no such project.
        """
        with self._database.write() as session:
            row = _row_of_content(session, sha256, resolve_project(session, project_id))
            if row is None:
                return None
            row.deleted_at = None
            session.flush()
            return _find(session, row.id)

    def find(self, image_id: int) -> ImageRecord | None:
        """Return a record, or ``None`` if there is none or it was deleted."""
        with self._database.read() as session:
            return _find(session, image_id)

    def find_stored(self, image_id: int) -> StoredImage | None:
        """Return an image without counting its masks, or ``None`` as `find` does."""
        with self._database.read() as session:
            row = session.execute(_STORED, {"image_id": image_id}).first()
            return None if row is None else StoredImage(row.id, _to_file(cast(ImageRow, row)))

    def list_all(self, project_id: int | None = None) -> list[ImageRecord]:
        """Return the records that are not deleted, oldest first.

        Args:
            project_id: ``None`` means those of all projects.

        Raises:
            NotFoundError: If there is no such project.
        """
        with self._database.read() as session:
            if project_id is not None:
                resolve_project(session, project_id)
            return list_images(session, None if project_id is None else [project_id])

    def set_state(self, image_id: int, state: ImageState) -> ImageRecord | None:
        """Say how far an image is, or return ``None`` if there is none."""
        with self._database.write() as session:
            if _find(session, image_id) is None:
                return None
            row = session.get_one(ImageRow, image_id)
            row.state, row.state_changed_at = state.value, utc_now()
            session.flush()
            return _find(session, image_id)

    def delete(self, image_id: int) -> bool:
        """Delete a record softly; its annotations are hidden with it.

        Returns:
            Whether there was one.
        """
        with self._database.write() as session:
            if _find(session, image_id) is None:
                return False
            session.get_one(ImageRow, image_id).deleted_at = utc_now()
            return True


def list_images(session: Session, project_ids: Sequence[int] | None = None) -> list[ImageRecord]:
    """Return the records that are not deleted, by id.

    Args:
        session: An open one.
        project_ids: Whose images; ``None`` means those of all projects that are not deleted.
    """
    chosen = (
        in_live_project(ImageRow) if project_ids is None else ImageRow.project_id.in_(project_ids)
    )
    return [_to_record(row) for row in session.execute(_with_counts().where(chosen))]


def _with_counts() -> Select[ImageRow, int, int | None, int | None]:
    is_counted = (AnnotationRow.image_id == ImageRow.id) & AnnotationRow.deleted_at.is_(None)
    return (
        select(
            ImageRow,
            func.count(AnnotationRow.id),
            func.sum(AnnotationRow.revision),
            func.max(AnnotationRow.id),
        )
        .outerjoin(AnnotationRow, is_counted)
        .where(ImageRow.deleted_at.is_(None))
        .group_by(ImageRow.id)
        .order_by(ImageRow.id)
    )


def _find(session: Session, image_id: int) -> ImageRecord | None:
    query = _with_counts().where(ImageRow.id == image_id, in_live_project(ImageRow))
    found = session.execute(query).first()
    return None if found is None else _to_record(found)


def _row_of_content(session: Session, sha256: str, project_id: int) -> ImageRow | None:
    query = select(ImageRow).where(ImageRow.sha256 == sha256, ImageRow.project_id == project_id)
    return session.scalar(query)


def _to_row(image: NewImage, project_id: int) -> ImageRow:
    return ImageRow(
        project_id=project_id,
        state=ImageState.NEW.value,
        file_name=image.file_name,
        width=image.width,
        height=image.height,
        sha256=image.sha256,
        byte_count=image.byte_count,
        media_type=image.media_type,
        pixels_media_type=image.pixels_media_type,
        is_original_shown=image.is_original_shown,
        created_at=utc_now(),
    )


def _to_record(found: Row[ImageRow, int, int | None, int | None]) -> ImageRecord:
    row, annotation_count, revisions, newest = found
    return ImageRecord(
        row.id,
        _to_file(row),
        row.created_at,
        annotation_count,
        project_id=row.project_id,
        state=ImageState(row.state),
        masks_version=f"{annotation_count}-{revisions or 0}-{newest or 0}",
    )


def _to_file(row: ImageRow) -> NewImage:
    return NewImage(
        file_name=row.file_name,
        width=row.width,
        height=row.height,
        sha256=row.sha256,
        byte_count=row.byte_count,
        media_type=row.media_type,
        pixels_media_type=row.pixels_media_type,
        is_original_shown=row.is_original_shown,
    )
