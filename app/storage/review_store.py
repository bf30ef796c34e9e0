"""Verdicts of reviewers in the database."""

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.domain.image_record import ImageState
from app.domain.review import NewReview, Review, Verdict
from app.storage.database import Database, utc_now
from app.storage.project_rows import in_live_project, resolve_project
from app.storage.tables import AnnotationRow, ImageRow, ReviewRow

# The state that a verdict gives its image.
_MEANT = {Verdict.ACCEPTED.value: ImageState.REVIEWED, Verdict.REJECTED.value: ImageState.IN_WORK}
_FINISHED = (ImageState.DONE.value, ImageState.REVIEWED.value)


class ReviewStore:
    """Adds and lists verdicts; a verdict and what it means for its image are one change.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, image_id: int, new: NewReview) -> tuple[Review, ImageState] | None:
        """Keep a verdict.

        An accepted image is reviewed; a rejection puts its image into work again; what is
        withdrawn gives the image back the state that it had, if nobody changed it since.

        Returns:
            The verdict and the state of the image; ``None`` if there is no such image, or no
            such object on it.
        """
        with self._database.write() as session:
            image = session.scalar(
                select(ImageRow).where(
                    ImageRow.id == image_id,
                    ImageRow.deleted_at.is_(None),
                    in_live_project(ImageRow),
                )
            )
            annotation = _annotation(session, image_id, new.annotation_id)
            if image is None or (new.annotation_id is not None and annotation is None):
                return None
            before = image.state
            state = _state_after(session, image, new)
            if state != before:
                image.state, image.state_changed_at = state, utc_now()
            row = ReviewRow(image_id=image_id, annotation_id=new.annotation_id)
            row.revision = annotation.revision if annotation else None
            row.verdict, row.comment, row.author = new.verdict.value, new.comment, new.author
            row.created_at, row.state_before = utc_now(), before
            session.add(row)
            session.flush()
            found = session.execute(_with_objects().where(ReviewRow.id == row.id)).one()
            return _to_review(found), ImageState(image.state)

    def history(self, image_id: int) -> list[Review]:
        """Return all verdicts about an image and its objects, newest first."""
        with self._database.read() as session:
            query = _with_objects().where(ReviewRow.image_id == image_id)
            found = session.execute(query.order_by(ReviewRow.id.desc()))
            return [_to_review(row) for row in found]

    def current(self, project_id: int) -> list[Review]:
        """Return the verdicts of a project that count, oldest first.

        Those about deleted images and objects, and those that were withdrawn, do not.

        Raises:
            NotFoundError: If there is no such project.
        """
        with self._database.read() as session:
            resolve_project(session, project_id)
            newest = (
                select(func.max(ReviewRow.id))
                .join(ImageRow, ImageRow.id == ReviewRow.image_id)
                .where(ImageRow.project_id == project_id, ImageRow.deleted_at.is_(None))
                .group_by(ReviewRow.image_id, ReviewRow.annotation_id)
            )
            found = session.execute(
                _with_objects()
                .where(
                    ReviewRow.id.in_(newest),
                    ReviewRow.verdict != Verdict.WITHDRAWN.value,
                    AnnotationRow.deleted_at.is_(None),
                )
                .order_by(ReviewRow.id)
            )
            return [_to_review(row) for row in found]


def _annotation(session: Session, image_id: int, annotation_id: int | None) -> AnnotationRow | None:
    if annotation_id is None:
        return None
    return session.scalar(
        select(AnnotationRow).where(
            AnnotationRow.id == annotation_id,
            AnnotationRow.image_id == image_id,
            AnnotationRow.deleted_at.is_(None),
        )
    )


def _state_after(session: Session, image: ImageRow, new: NewReview) -> str:
    if new.verdict is Verdict.WITHDRAWN:
        return _state_before(session, image, new)
    if new.verdict is Verdict.REJECTED:
        is_open = new.annotation_id is not None and image.state not in _FINISHED
        return image.state if is_open else ImageState.IN_WORK.value
    return image.state if new.annotation_id is not None else ImageState.REVIEWED.value


def _state_before(session: Session, image: ImageRow, new: NewReview) -> str:
    same_object = (
        ReviewRow.annotation_id.is_(None)
        if new.annotation_id is None
        else ReviewRow.annotation_id == new.annotation_id
    )
    earlier = session.scalars(
        select(ReviewRow)
        .where(ReviewRow.image_id == image.id, same_object)
        .order_by(ReviewRow.id.desc())
    ).first()
    if earlier is None or image.state != _MEANT.get(earlier.verdict):
        return image.state
    return earlier.state_before


def _with_objects() -> Select[ReviewRow, int | None, str | None]:
    return select(ReviewRow, AnnotationRow.revision, AnnotationRow.client_key).outerjoin(
        AnnotationRow, AnnotationRow.id == ReviewRow.annotation_id
    )


def _to_review(found: Row[ReviewRow, int | None, str | None]) -> Review:
    row, revision, client_key = found
    content = NewReview(row.annotation_id, Verdict(row.verdict), row.comment, row.author)
    is_outdated = revision != row.revision
    return Review(row.id, row.image_id, content, client_key, is_outdated, row.created_at)
