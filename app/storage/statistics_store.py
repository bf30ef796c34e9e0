"""Sums over the masks of a project."""

from typing import Any

from sqlalchemy import func, literal, select

from app.domain.statistics import Cost, Statistics
from app.storage.database import Database
from app.storage.project_rows import resolve_project
from app.storage.tables import AnnotationRow, CategoryRow, ImageRow

_DAY_LENGTH = len("2026-01-01")


class StatisticsStore:
    """Adds up what is known about the masks of a project.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, project_id: int) -> Statistics:
        """Return the sums, all of one moment.

        Raises:
            NotFoundError: If there is no such project.
        """
        day = func.substr(AnnotationRow.created_at, 1, _DAY_LENGTH)
        with self._database.read() as session:
            resolve_project(session, project_id)
            total = session.execute(_sums(literal("all"), project_id)).first()
            by_day = session.execute(_sums(day, project_id)).all()
            by_category = session.execute(_sums(AnnotationRow.category_id, project_id)).all()
        return Statistics(
            total=_cost(total) if total else Cost(0, 0, 0, 0, 0, 0, 0),
            by_day=tuple((str(row[0]), _cost(row)) for row in by_day),
            by_category=tuple((int(row[0]), _cost(row)) for row in by_category),
        )

    def list_objects(self, project_id: int) -> list[tuple[Any, ...]]:
        """Return one row for each mask: see `OBJECT_FIELDS` of the service that reads it.

        Raises:
            NotFoundError: If there is no such project.
        """
        with self._database.read() as session:
            resolve_project(session, project_id)
            rows = session.execute(
                _of_project(
                    select(
                        AnnotationRow.id,
                        ImageRow.id,
                        ImageRow.file_name,
                        CategoryRow.name,
                        AnnotationRow.author,
                        AnnotationRow.created_at,
                        AnnotationRow.area,
                        AnnotationRow.predicted_iou,
                        AnnotationRow.clicks,
                        AnnotationRow.undo_count,
                        AnnotationRow.hand_edits,
                        AnnotationRow.active_ms,
                    ).join(CategoryRow, CategoryRow.id == AnnotationRow.category_id),
                    project_id,
                ).order_by(AnnotationRow.id)
            )
            return [tuple(row) for row in rows]


def _sums(key: Any, project_id: int) -> Any:
    row = AnnotationRow
    sums = (func.coalesce(func.sum(one), 0) for one in _counts())
    query = select(
        key.label("key"),
        func.count(row.id),
        func.count(row.image_id.distinct()),
        func.count(row.active_ms),
        *sums,
    )
    return _of_project(query, project_id).group_by("key").order_by("key")


def _counts() -> tuple[Any, ...]:
    row = AnnotationRow
    return row.clicks, row.undo_count, row.hand_edits, row.active_ms


def _of_project(query: Any, project_id: int) -> Any:
    return query.join(ImageRow, ImageRow.id == AnnotationRow.image_id).where(
        ImageRow.project_id == project_id,
        ImageRow.deleted_at.is_(None),
        AnnotationRow.deleted_at.is_(None),
    )


def _cost(row: Any) -> Cost:
    return Cost(*(int(number) for number in row[1:]))
