"""Which project a request means, and which rows of it count."""

from typing import NoReturn

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.storage.tables import CategoryRow, ImageRow, ProjectRow

LIVE_PROJECT = ProjectRow.deleted_at.is_(None)


def resolve_project(session: Session, project_id: int | None) -> int:
    """Return the id of a project; ``None`` means the oldest one.

    Raises:
        NotFoundError: If there is none or it was deleted.
    """
    query = select(ProjectRow.id).where(LIVE_PROJECT).order_by(ProjectRow.id)
    if project_id is not None:
        query = query.where(ProjectRow.id == project_id)
    found = session.scalars(query).first()
    if found is None:
        raise_missing_project(project_id)
    return found


def in_live_project(row: type[ImageRow] | type[CategoryRow]) -> ColumnElement[bool]:
    """Return the condition that the project of a row was not deleted."""
    return row.project_id.in_(select(ProjectRow.id).where(LIVE_PROJECT))


def raise_missing_project(project_id: int | None) -> NoReturn:
    """Say that there is no such project.

    Raises:
        NotFoundError: Always.
    """
    raise NotFoundError(
        "project_not_found",
        f"the project must exist, got id {project_id}",
        "reload the list of projects; it may have been deleted and can be restored",
    )
