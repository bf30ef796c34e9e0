"""Image records in the database."""

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.domain.image_record import ImageRecord, NewImage
from app.storage.database import Database, utc_now
from app.storage.tables import AnnotationRow, ImageRow


class ImageStore:
    """Adds, lists and deletes image records; equal bytes have one record.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, image: NewImage) -> tuple[ImageRecord, bool]:
        """Keep an image, or find the record of the same bytes.

        A deleted record of the same bytes comes back with its annotations.

        Returns:
            The record, and whether it is new.
        """
        with self._database.write() as session:
            row = session.scalar(select(ImageRow).where(ImageRow.sha256 == image.sha256))
            is_new = row is None
            if row is None:
                row = _to_row(image)
                session.add(row)
            row.deleted_at = None
            session.flush()
            return _to_record(
                session.execute(_with_counts().where(ImageRow.id == row.id)).one()
            ), is_new

    def find_content(self, sha256: str) -> ImageRecord | None:
        """Return the record of these bytes, bringing it back if it was deleted."""
        with self._database.write() as session:
            row = session.scalar(select(ImageRow).where(ImageRow.sha256 == sha256))
            if row is None:
                return None
            row.deleted_at = None
            session.flush()
            return _find(session, row.id)

    def find(self, image_id: int) -> ImageRecord | None:
        """Return a record, or ``None`` if there is none or it was deleted."""
        with self._database.read() as session:
            return _find(session, image_id)

    def list_all(self) -> list[ImageRecord]:
        """Return all records that are not deleted, oldest first."""
        with self._database.read() as session:
            return list_images(session)

    def delete(self, image_id: int) -> bool:
        """Delete a record softly; its annotations are hidden with it.

        Returns:
            Whether there was one.
        """
        with self._database.write() as session:
            row = session.get(ImageRow, image_id)
            if row is None or row.deleted_at is not None:
                return False
            row.deleted_at = utc_now()
            return True


def list_images(session: Session) -> list[ImageRecord]:
    """Return all records that are not deleted, by id."""
    return [_to_record(row) for row in session.execute(_with_counts())]


def _with_counts() -> Select[ImageRow, int]:
    is_counted = (AnnotationRow.image_id == ImageRow.id) & AnnotationRow.deleted_at.is_(None)
    return (
        select(ImageRow, func.count(AnnotationRow.id))
        .outerjoin(AnnotationRow, is_counted)
        .where(ImageRow.deleted_at.is_(None))
        .group_by(ImageRow.id)
        .order_by(ImageRow.id)
    )


def _find(session: Session, image_id: int) -> ImageRecord | None:
    found = session.execute(_with_counts().where(ImageRow.id == image_id)).first()
    return None if found is None else _to_record(found)


def _to_row(image: NewImage) -> ImageRow:
    return ImageRow(
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


def _to_record(found: Row[ImageRow, int]) -> ImageRecord:
    row, annotation_count = found
    image = NewImage(
        file_name=row.file_name,
        width=row.width,
        height=row.height,
        sha256=row.sha256,
        byte_count=row.byte_count,
        media_type=row.media_type,
        pixels_media_type=row.pixels_media_type,
        is_original_shown=row.is_original_shown,
    )
    return ImageRecord(row.id, image, row.created_at, annotation_count)
