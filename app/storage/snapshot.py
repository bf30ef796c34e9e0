"""The whole dataset as it is at one moment."""

from app.domain.dataset import Dataset
from app.storage.annotation_store import list_annotations
from app.storage.category_store import list_categories
from app.storage.database import Database
from app.storage.image_store import list_images
from app.storage.project_rows import resolve_project


def read_dataset(database: Database, project_id: int | None = None) -> Dataset:
    """Return all that an export holds, read in one transaction.

    Args:
        database: Where it is kept.
        project_id: What is exported; ``None`` means all projects.

    Raises:
        NotFoundError: If there is no such project.
    """
    with database.read() as session:
        if project_id is not None:
            resolve_project(session, project_id)
        chosen = None if project_id is None else [project_id]
        return Dataset(
            images=tuple(list_images(session, chosen)),
            categories=tuple(list_categories(session, project_id)),
            annotations=tuple(list_annotations(session, project_id)),
        )
