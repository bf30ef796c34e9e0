"""Who shall work on which image, in the database."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from app.domain.review import Assignment
from app.storage.database import Database
from app.storage.project_rows import resolve_project
from app.storage.tables import AssignmentRow, ImageRow, UserRow


class AssignmentStore:
    """Gives images to users; an image has at most one.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_all(self, project_id: int) -> list[Assignment]:
        """Return the assignments of a project, by image.

        Raises:
            NotFoundError: If there is no such project.
        """
        with self._database.read() as session:
            resolve_project(session, project_id)
            rows = session.scalars(
                select(AssignmentRow)
                .join(ImageRow, ImageRow.id == AssignmentRow.image_id)
                .where(ImageRow.project_id == project_id, ImageRow.deleted_at.is_(None))
                .order_by(AssignmentRow.image_id)
            )
            return [Assignment(row.image_id, row.user_id) for row in rows]

    def assign(self, project_id: int, image_ids: Sequence[int], user_id: int | None) -> bool:
        """Give images to a user, or take them from whoever has them.

        Args:
            project_id: Their project.
            image_ids: All of them must be in it; each is given once.
            user_id: ``None`` gives them to nobody.

        Returns:
            False if an image or the user is not there; then nothing was changed.
        """
        with self._database.write() as session:
            found = session.scalar(
                select(func.count())
                .select_from(ImageRow)
                .where(
                    ImageRow.id.in_(image_ids),
                    ImageRow.project_id == project_id,
                    ImageRow.deleted_at.is_(None),
                )
            )
            if found != len(image_ids):
                return False
            if user_id is not None and session.get(UserRow, user_id) is None:
                return False
            session.execute(delete(AssignmentRow).where(AssignmentRow.image_id.in_(image_ids)))
            if user_id is not None:
                session.add_all(AssignmentRow(image_id=one, user_id=user_id) for one in image_ids)
            return True
