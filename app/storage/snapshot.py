"""The whole dataset as it is at one moment."""

from app.domain.dataset import Dataset
from app.storage.annotation_store import list_annotations
from app.storage.category_store import list_categories
from app.storage.database import Database
from app.storage.image_store import list_images


def read_dataset(database: Database) -> Dataset:
    """Return all that an export holds, read in one transaction."""
    with database.read() as session:
        return Dataset(
            images=tuple(list_images(session)),
            categories=tuple(list_categories(session)),
            annotations=tuple(list_annotations(session)),
        )
