"""Annotations in the database; every change is one transaction."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn, cast

from sqlalchemy import CursorResult, Table, bindparam, insert, select
from sqlalchemy.orm import Session, undefer

from app.domain.annotation import (
    Annotation,
    AnnotationContent,
    AnnotationVersion,
    Change,
    MaskMeasures,
)
from app.domain.image_record import ImageState
from app.errors import AnnotationDeletedError, RevisionConflictError, UnprocessableError
from app.storage.annotation_history import find_version, keep_version, list_versions
from app.storage.annotation_rows import fill_row, to_annotation
from app.storage.database import Database, utc_now
from app.storage.project_rows import in_live_project
from app.storage.tables import AnnotationRow, CategoryRow, ImageRow

_COLUMN_NAMES = [column.name for column in AnnotationRow.__table__.c]
_LISTED_COLUMNS = [column for column in AnnotationRow.__table__.c if column.name != "logits"]
# Made once: SQLAlchemy takes longer to write a statement than the database to answer it.
_INSERTION = insert(cast(Table, AnnotationRow.__table__))
# What a new mask has to know, asked for at once.
_PLACE = select(
    ImageRow.state,
    select(AnnotationRow.id)
    .where(
        AnnotationRow.image_id == bindparam("image_id"),
        AnnotationRow.client_key == bindparam("client_key"),
    )
    .scalar_subquery()
    .label("known_id"),
    select(CategoryRow.id)
    .where(
        CategoryRow.id == bindparam("category_id"),
        CategoryRow.deleted_at.is_(None),
        CategoryRow.project_id == ImageRow.project_id,
    )
    .correlate(ImageRow)
    .scalar_subquery()
    .label("category_id"),
).where(ImageRow.id == bindparam("image_id"))


class AnnotationStore:
    """Keeps annotations with a revision number each.

    A method that gets an ``expected_revision`` refuses when another one is saved;
    ``None`` accepts any. ``by`` is who makes the change. What is changed goes to the history
    first. Annotations of deleted images are not found.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_for_image(self, image_id: int) -> list[Annotation]:
        """Return the annotations of an image from the lowest to the one on top, without logits."""
        with self._database.read() as session:
            rows = session.execute(
                select(*_LISTED_COLUMNS)
                .where(AnnotationRow.image_id == image_id, AnnotationRow.deleted_at.is_(None))
                .order_by(AnnotationRow.z_order, AnnotationRow.id)
            )
            # Plain rows have the names of mapped ones and are read in a quarter of the time.
            return [to_annotation(cast(AnnotationRow, row), with_logits=False) for row in rows]

    def list_revisions(self, image_id: int) -> list[tuple[int, int, int]]:
        """Return id, revision and category of the annotations of an image, by id."""
        with self._database.read() as session:
            rows = session.execute(
                select(AnnotationRow.id, AnnotationRow.revision, AnnotationRow.category_id)
                .where(AnnotationRow.image_id == image_id, AnnotationRow.deleted_at.is_(None))
                .order_by(AnnotationRow.id)
            )
            return [(number, revision, category) for number, revision, category in rows]

    def find(self, annotation_id: int) -> Annotation | None:
        """Return an annotation with its logits, or ``None``; deleted ones are found too."""
        with self._database.read() as session:
            row = _row(session, annotation_id)
            return None if row is None else to_annotation(row, with_logits=True)

    def add(
        self, image_id: int, content: AnnotationContent, measures: MaskMeasures
    ) -> tuple[Annotation, bool]:
        """Keep a new annotation, or find the one that was kept under the same key.

        Returns:
            The annotation as it is saved now, and whether it is new.

        Raises:
            AnnotationDeletedError: If the one with this key was deleted.
            UnprocessableError: If its category does not exist.
        """
        with self._database.write_few() as session:
            asked = {
                "image_id": image_id,
                "category_id": content.category_id,
                "client_key": content.client_key,
            }
            place = session.execute(_PLACE, asked).one()
            if place.known_id is not None:
                return _known(session, place.known_id), False
            if place.category_id is None:
                _refuse_category(content.category_id)
            now = utc_now()
            if place.state == ImageState.NEW:
                image = session.get_one(ImageRow, image_id)
                image.state, image.state_changed_at = ImageState.IN_WORK.value, now
            row = AnnotationRow(image_id=image_id, created_at=now, updated_at=now, revision=1)
            row.changed_by = content.author
            fill_row(row, content, measures)
            row.id = _insert(session, row)
            return to_annotation(row, with_logits=True), True

    def update(
        self,
        annotation_id: int,
        revise: Callable[[Annotation], tuple[AnnotationContent, MaskMeasures]],
        expected_revision: int | None,
        by: str = "",
    ) -> Annotation | None:
        """Replace what an annotation says, or return ``None`` if there is none.

        Args:
            annotation_id: Which one.
            revise: Gets what is saved and returns what shall be saved instead; nobody else
                can write in between.
            expected_revision: See the class.
            by: See the class.

        Raises:
            RevisionConflictError: If another revision is saved.
            UnprocessableError: If its category does not exist.
        """

        def change(session: Session, row: AnnotationRow) -> None:
            content, measures = revise(to_annotation(row, with_logits=True))
            image = session.get_one(ImageRow, row.image_id)
            _check_category(session, content.category_id, image.project_id)
            fill_row(row, content, measures)

        return self._change(annotation_id, expected_revision, change, (Change.CHANGED, by))

    def delete(
        self, annotation_id: int, expected_revision: int | None, by: str = ""
    ) -> Annotation | None:
        """Delete an annotation softly, or return ``None`` if there is none.

        Raises:
            RevisionConflictError: If another revision is saved.
        """

        def change(_session: Session, row: AnnotationRow) -> None:
            row.deleted_at = utc_now()

        return self._change(annotation_id, expected_revision, change, (Change.DELETED, by))

    def restore(self, annotation_id: int, by: str = "") -> Annotation | None:
        """Bring a deleted annotation back, or return ``None`` if there is none.

        A category that was deleted meanwhile comes back too, unless another one has
        taken its name: then the annotation gets that one.
        """
        with self._database.write_few() as session:
            row = _row(session, annotation_id)
            if row is None:
                return None
            if row.deleted_at is not None:
                keep_version(session, row)
                row.category_id = _revive_category(session, row.category_id)
                row.deleted_at = None
                _touch(row, Change.RESTORED, by)
            return to_annotation(row, with_logits=True)

    def history(self, annotation_id: int) -> list[AnnotationVersion]:
        """Return all versions, newest first; none if there never was such an annotation."""
        with self._database.read() as session:
            row = _row(session, annotation_id)
            return [] if row is None else list_versions(session, row)

    def restore_version(
        self, annotation_id: int, revision: int, expected_revision: int | None, by: str = ""
    ) -> Annotation | None:
        """Make an earlier version the present one, as a new revision.

        It comes back as it was, its logits included, also if the annotation was deleted.

        Returns:
            The annotation, or ``None`` if it has no such version.

        Raises:
            RevisionConflictError: If another revision is saved.
        """
        with self._database.write_few() as session:
            row = _row(session, annotation_id)
            if row is None:
                return None
            _check_revision(row, expected_revision)
            earlier = find_version(session, annotation_id, revision)
            if earlier is None and revision != row.revision:
                return None
            version = to_annotation(earlier or row, with_logits=True)
            keep_version(session, row)
            # A key never changes, and a version that a later program reads may lack it.
            content = replace(version.content, client_key=row.client_key)
            category_id = _revive_category(session, content.category_id)
            fill_row(row, replace(content, category_id=category_id), version.measures)
            row.deleted_at = None
            _touch(row, Change.RESTORED, by)
            return to_annotation(row, with_logits=True)

    def _change(
        self,
        annotation_id: int,
        expected_revision: int | None,
        change: Callable[[Session, AnnotationRow], None],
        reason: tuple[Change, str],
    ) -> Annotation | None:
        with self._database.write_few() as session:
            row = _row(session, annotation_id)
            if row is None or row.deleted_at is not None:
                return None
            _check_revision(row, expected_revision)
            keep_version(session, row)
            change(session, row)
            _touch(row, *reason)
            return to_annotation(row, with_logits=True)


def list_annotations(session: Session, project_id: int | None = None) -> list[Annotation]:
    """Return the annotations of the images that are there, by id, without logits.

    Args:
        session: An open one.
        project_id: Whose images; ``None`` means those of all projects.
    """
    chosen = in_live_project(ImageRow)
    if project_id is not None:
        chosen = ImageRow.project_id == project_id
    rows = session.scalars(
        select(AnnotationRow)
        .join(ImageRow, ImageRow.id == AnnotationRow.image_id)
        .where(ImageRow.deleted_at.is_(None), AnnotationRow.deleted_at.is_(None), chosen)
        .order_by(AnnotationRow.id)
    )
    return [to_annotation(row, with_logits=False) for row in rows]


def _row(session: Session, annotation_id: int) -> AnnotationRow | None:
    return session.scalar(
        select(AnnotationRow)
        .join(ImageRow, ImageRow.id == AnnotationRow.image_id)
        .where(
            AnnotationRow.id == annotation_id,
            ImageRow.deleted_at.is_(None),
            in_live_project(ImageRow),
        )
        .options(undefer(AnnotationRow.logits))
    )


def _known(session: Session, annotation_id: int) -> Annotation:
    row = session.get_one(AnnotationRow, annotation_id, options=[undefer(AnnotationRow.logits)])
    annotation = to_annotation(row, with_logits=True)
    if annotation.is_deleted:
        raise AnnotationDeletedError(annotation)
    return annotation


def _insert(session: Session, row: AnnotationRow) -> int:
    # Past the unit of work, which costs as much as everything else about a new mask.
    given = row.__dict__
    values = {name: given[name] for name in _COLUMN_NAMES if name in given}
    result = cast(CursorResult[Any], session.execute(_INSERTION, values))
    key: Any = result.inserted_primary_key
    return int(key.id)


def _check_revision(row: AnnotationRow, expected: int | None) -> None:
    if expected is not None and expected != row.revision:
        raise RevisionConflictError(
            f"revision must be {row.revision}, the saved one, got {expected}",
            to_annotation(row, with_logits=True),
        )


def _touch(row: AnnotationRow, change: Change, by: str) -> None:
    row.revision += 1
    row.change, row.changed_by = change.value, by
    # A clock that was set back must not make the newer state look like the older one.
    row.updated_at = max(utc_now(), row.updated_at)


def _check_category(session: Session, category_id: int, project_id: int) -> None:
    row = session.get(CategoryRow, category_id)
    if row is None or row.deleted_at is not None or row.project_id != project_id:
        _refuse_category(category_id)


def _refuse_category(category_id: int) -> NoReturn:
    raise UnprocessableError(
        "category_unknown",
        "category_id must name a category that is there, in the project of the image, "
        f"got {category_id}",
        "choose one of /api/categories",
    )


def _revive_category(session: Session, category_id: int) -> int:
    row = session.get_one(CategoryRow, category_id)
    if row.deleted_at is None:
        return row.id
    namesake = session.scalar(
        select(CategoryRow.id).where(
            CategoryRow.project_id == row.project_id,
            CategoryRow.name == row.name,
            CategoryRow.deleted_at.is_(None),
        )
    )
    if namesake is not None:
        return namesake
    row.deleted_at = None
    return row.id
