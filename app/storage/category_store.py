"""Categories in the database."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.category import Category, CategoryContent, Pattern
from app.errors import ConflictError
from app.storage.attribute_rows import format_attributes, parse_attributes
from app.storage.database import Database, utc_now
from app.storage.project_rows import in_live_project, resolve_project
from app.storage.tables import AnnotationRow, CategoryRow

# Okabe and Ito's palette: told apart with every kind of colour vision.
PALETTE = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")


class CategoryStore:
    """Adds, changes and deletes categories.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_all(self, project_id: int | None = None) -> list[Category]:
        """Return the categories that are not deleted, oldest first.

        Args:
            project_id: ``None`` means those of all projects.

        Raises:
            NotFoundError: If there is no such project.
        """
        with self._database.read() as session:
            if project_id is not None:
                resolve_project(session, project_id)
            return list_categories(session, project_id)

    def find(self, category_id: int) -> Category | None:
        """Return a category, or ``None`` if there is none or it was deleted."""
        with self._database.read() as session:
            row = _live_row(session, category_id)
            return None if row is None else _to_category(row)

    def add(self, content: CategoryContent, project_id: int | None = None) -> Category:
        """Keep a new category; without a colour it gets the next of the palette.

        Args:
            content: What it says.
            project_id: Where it goes; ``None`` means the oldest project.

        Raises:
            ConflictError: If a category of the project has that name already.
            NotFoundError: If there is no such project.
        """
        with self._database.write() as session:
            project_id = resolve_project(session, project_id)
            _check_name_is_free(session, content.name, project_id, None)
            of_project = CategoryRow.project_id == project_id
            count = session.scalar(select(func.count(CategoryRow.id)).where(of_project)) or 0
            row = CategoryRow(
                project_id=project_id,
                name=content.name,
                supercategory=content.supercategory,
                color=content.color or PALETTE[count % len(PALETTE)],
                attributes_json=format_attributes(content.attributes),
                pattern=content.pattern.value,
            )
            session.add(row)
            session.flush()
            return _to_category(row)

    def update(self, category_id: int, content: CategoryContent) -> Category | None:
        """Replace what a category says, or return ``None`` if there is none.

        Raises:
            ConflictError: If another category has that name.
        """
        with self._database.write() as session:
            row = _live_row(session, category_id)
            if row is None:
                return None
            _check_name_is_free(session, content.name, row.project_id, category_id)
            row.name = content.name
            row.supercategory = content.supercategory
            row.color = content.color or row.color
            row.attributes_json = format_attributes(content.attributes)
            row.pattern = content.pattern.value
            return _to_category(row)

    def delete(self, category_id: int) -> bool:
        """Delete a category softly.

        Returns:
            Whether there was one.

        Raises:
            ConflictError: If annotations use it, or it is the last one.
        """
        with self._database.write() as session:
            row = _live_row(session, category_id)
            if row is None:
                return False
            _check_unused(session, row)
            row.deleted_at = utc_now()
            return True


def list_categories(session: Session, project_id: int | None = None) -> list[Category]:
    """Return the categories that are not deleted, by id; ``None`` means of all projects."""
    chosen = in_live_project(CategoryRow)
    if project_id is not None:
        chosen = CategoryRow.project_id == project_id
    live = CategoryRow.deleted_at.is_(None)
    rows = session.scalars(select(CategoryRow).where(live, chosen).order_by(CategoryRow.id))
    return [_to_category(row) for row in rows]


def _live_row(session: Session, category_id: int) -> CategoryRow | None:
    row = session.get(CategoryRow, category_id)
    return row if row is not None and row.deleted_at is None else None


def _check_name_is_free(session: Session, name: str, project_id: int, own_id: int | None) -> None:
    taken = session.scalar(
        select(CategoryRow.id).where(
            CategoryRow.project_id == project_id,
            CategoryRow.name == name,
            CategoryRow.deleted_at.is_(None),
        )
    )
    if taken is not None and taken != own_id:
        raise ConflictError(
            "category_exists",
            f"category names must be unique, got {name!r} a second time",
            "choose another name or use the category that is there",
        )


def _check_unused(session: Session, row: CategoryRow) -> None:
    users = session.scalar(
        select(func.count(AnnotationRow.id)).where(
            AnnotationRow.category_id == row.id, AnnotationRow.deleted_at.is_(None)
        )
    )
    if users:
        raise ConflictError(
            "category_in_use",
            f"a category must be unused to be deleted, but {row.name!r} has {users} annotations",
            "give them another category or delete them first",
        )
    others = session.scalar(
        select(func.count(CategoryRow.id)).where(
            CategoryRow.project_id == row.project_id,
            CategoryRow.id != row.id,
            CategoryRow.deleted_at.is_(None),
        )
    )
    if not others:
        raise ConflictError(
            "category_last",
            f"one category must remain, but {row.name!r} is the last one",
            "rename it, or add another one first",
        )


def _to_category(row: CategoryRow) -> Category:
    content = CategoryContent(
        row.name,
        row.supercategory,
        row.color,
        parse_attributes(row.attributes_json),
        Pattern(row.pattern),
    )
    return Category(row.id, content, row.project_id)
