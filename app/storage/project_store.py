"""Projects in the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.image_record import ImageRecord, ImageState
from app.domain.project import OverlapPolicy, Project, ProjectChanges
from app.errors import ConflictError
from app.storage.database import FIRST_CATEGORY, Database, utc_now
from app.storage.image_store import list_images
from app.storage.project_rows import LIVE_PROJECT
from app.storage.tables import AnnotationRow, CategoryRow, ImageRow, ProjectRow

COVER_SIZE = 4


class ProjectStore:
    """Adds, changes, deletes and restores projects.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_all(self) -> list[Project]:
        """Return all projects that are not deleted, oldest first."""
        with self._database.read() as session:
            rows = session.scalars(select(ProjectRow).where(LIVE_PROJECT).order_by(ProjectRow.id))
            return _to_projects(session, list(rows))

    def find(self, project_id: int) -> Project | None:
        """Return a project, or ``None`` if there is none or it was deleted."""
        with self._database.read() as session:
            row = _live_row(session, project_id)
            return None if row is None else _to_projects(session, [row])[0]

    def add(self, name: str) -> Project:
        """Make a project with a first category.

        Raises:
            ConflictError: If a project has that name already.
        """
        with self._database.write() as session:
            _check_name_is_free(session, name, None)
            row = ProjectRow(name=name, created_at=utc_now(), overlap=OverlapPolicy.ALLOWED.value)
            session.add(row)
            session.flush()
            first, color = FIRST_CATEGORY
            session.add(CategoryRow(project_id=row.id, name=first, supercategory="", color=color))
            session.flush()
            return _to_projects(session, [row])[0]

    def change(self, project_id: int, changes: ProjectChanges) -> Project | None:
        """Change what a request names of a project, or return ``None`` if there is none.

        Raises:
            ConflictError: If another project has that name.
        """
        with self._database.write() as session:
            row = _live_row(session, project_id)
            if row is None:
                return None
            if changes.name is not None:
                _check_name_is_free(session, changes.name, project_id)
                row.name = changes.name
            if changes.overlap is not None:
                row.overlap = changes.overlap.value
            session.flush()
            return _to_projects(session, [row])[0]

    def delete(self, project_id: int) -> bool:
        """Delete a project softly; its images are hidden with it.

        Returns:
            Whether there was one.

        Raises:
            ConflictError: If it is the last one.
        """
        with self._database.write() as session:
            row = _live_row(session, project_id)
            if row is None:
                return False
            others = select(ProjectRow.id).where(LIVE_PROJECT, ProjectRow.id != project_id)
            if session.scalars(others).first() is None:
                raise ConflictError(
                    "project_last",
                    f"one project must remain, but {row.name!r} is the last one",
                    "rename it, or add another one first",
                )
            row.deleted_at = utc_now()
            return True

    def restore(self, project_id: int) -> Project | None:
        """Bring a deleted project back with all that is in it, or return ``None``.

        Raises:
            ConflictError: If another project has taken its name.
        """
        with self._database.write() as session:
            row = session.get(ProjectRow, project_id)
            if row is None:
                return None
            _check_name_is_free(session, row.name, project_id)
            row.deleted_at = None
            session.flush()
            return _to_projects(session, [row])[0]


def _live_row(session: Session, project_id: int) -> ProjectRow | None:
    row = session.get(ProjectRow, project_id)
    return row if row is not None and row.deleted_at is None else None


def _check_name_is_free(session: Session, name: str, own_id: int | None) -> None:
    taken = session.scalar(select(ProjectRow.id).where(ProjectRow.name == name, LIVE_PROJECT))
    if taken is not None and taken != own_id:
        raise ConflictError(
            "project_exists",
            f"project names must be unique, got {name!r} a second time",
            "choose another name or open the project that is there",
        )


def _to_projects(session: Session, rows: Sequence[ProjectRow]) -> list[Project]:
    ids = [row.id for row in rows]
    images: Mapping[int, list[ImageRecord]] = defaultdict(list)
    for image in list_images(session, ids):
        images[image.project_id].append(image)
    changed_at = _changes(session, ids)
    pace = _seconds_per_finished_image(session, ids)
    return [
        _to_project(row, images[row.id], changed_at.get(row.id, ""), pace.get(row.id))
        for row in rows
    ]


def _to_project(
    row: ProjectRow, images: Sequence[ImageRecord], changed_at: str, pace_s: float | None
) -> Project:
    counts: dict[ImageState, int] = {}
    for image in images:
        counts[image.state] = counts.get(image.state, 0) + 1
    by_masks = sorted(images, key=lambda image: (image.annotation_count == 0, image.id))
    return Project(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        changed_at=max(changed_at, row.created_at),
        image_counts=counts,
        object_count=sum(image.annotation_count for image in images),
        seconds_left=None if pace_s is None else pace_s * _open_count(counts),
        cover=tuple(by_masks[:COVER_SIZE]),
        is_deleted=row.deleted_at is not None,
        overlap=OverlapPolicy(row.overlap),
    )


def _open_count(counts: Mapping[ImageState, int]) -> int:
    return counts.get(ImageState.NEW, 0) + counts.get(ImageState.IN_WORK, 0)


def _seconds_per_finished_image(session: Session, project_ids: Sequence[int]) -> dict[int, float]:
    finished = (ImageState.DONE.value, ImageState.REVIEWED.value)
    found = session.execute(
        select(
            ImageRow.project_id,
            func.sum(AnnotationRow.active_ms),
            func.count(ImageRow.id.distinct()),
        )
        .join(AnnotationRow, AnnotationRow.image_id == ImageRow.id)
        .where(
            ImageRow.project_id.in_(project_ids),
            ImageRow.deleted_at.is_(None),
            ImageRow.state.in_(finished),
            AnnotationRow.deleted_at.is_(None),
            AnnotationRow.active_ms.is_not(None),
        )
        .group_by(ImageRow.project_id)
    )
    return {
        project_id: float(total_ms or 0) / images / 1000 for project_id, total_ms, images in found
    }


def _changes(session: Session, project_ids: Sequence[int]) -> dict[int, str]:
    found = session.execute(
        select(
            ImageRow.project_id,
            func.max(ImageRow.created_at),
            func.max(ImageRow.state_changed_at),
            func.max(AnnotationRow.updated_at),
        )
        .outerjoin(AnnotationRow, AnnotationRow.image_id == ImageRow.id)
        .where(ImageRow.project_id.in_(project_ids))
        .group_by(ImageRow.project_id)
    )
    return {project_id: max(filter(None, times)) for project_id, *times in found}
