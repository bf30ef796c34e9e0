"""The classes of objects."""

from typing import NoReturn

from app.domain.category import Category, CategoryContent
from app.errors import NotFoundError
from app.storage.category_store import CategoryStore


class CategoryService:
    """Lists and changes categories.

    Args:
        categories: Where they are kept.
    """

    def __init__(self, categories: CategoryStore) -> None:
        self._categories = categories

    def list_all(self, project_id: int | None = None) -> list[Category]:
        """Return the categories of a project, or of all, oldest first.

        Raises:
            NotFoundError: If there is no such project.
        """
        return self._categories.list_all(project_id)

    def get(self, category_id: int) -> Category:
        """Return a category.

        Raises:
            NotFoundError: If there is none.
        """
        category = self._categories.find(category_id)
        if category is None:
            _raise_missing(category_id)
        return category

    def add(self, content: CategoryContent, project_id: int | None = None) -> Category:
        """Keep a new category in a project; ``None`` means the oldest one.

        Raises:
            ConflictError: If a category of the project has that name already.
            NotFoundError: If there is no such project.
        """
        return self._categories.add(content, project_id)

    def update(self, category_id: int, content: CategoryContent) -> Category:
        """Replace what a category says.

        Raises:
            NotFoundError: If there is none.
            ConflictError: If another category has that name.
        """
        category = self._categories.update(category_id, content)
        if category is None:
            _raise_missing(category_id)
        return category

    def delete(self, category_id: int) -> None:
        """Delete a category.

        Raises:
            NotFoundError: If there is none.
            ConflictError: If it is in use or the last one.
        """
        if not self._categories.delete(category_id):
            _raise_missing(category_id)


def _raise_missing(category_id: int) -> NoReturn:
    raise NotFoundError(
        "category_not_found",
        f"the category must exist, got id {category_id}",
        "reload the list of categories; it may have been deleted",
    )
