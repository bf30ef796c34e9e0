"""Projects with images and classes of their own, and how far each image is."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# SQLite counts in 64 bits with its one kind of integer; PostgreSQL must be told to.
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FIRST_PROJECT = 1
FIRST_NAME = "First project"


def upgrade() -> None:
    """Make the first project of everything that was there before."""
    _make_projects()
    _put_images_into_project()
    _put_categories_into_project()


def _make_projects() -> None:
    projects = op.create_table(
        "projects",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String()),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_projects_live_name",
        "projects",
        ["name"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    op.execute(projects.insert().values(name=FIRST_NAME, created_at=now))


def _put_images_into_project() -> None:
    op.add_column("images", sa.Column("project_id", WIDE))
    op.add_column("images", sa.Column("state", sa.String()))
    op.add_column("images", sa.Column("state_changed_at", sa.String()))
    op.execute(f"UPDATE images SET project_id = {FIRST_PROJECT}, state = 'new'")
    op.execute(
        "UPDATE images SET state = 'in_work' WHERE id IN"
        " (SELECT image_id FROM annotations WHERE deleted_at IS NULL)"
    )
    with op.batch_alter_table("images", table_kwargs={"sqlite_autoincrement": True}) as images:
        images.alter_column("project_id", nullable=False)
        images.alter_column("state", nullable=False)
        images.drop_constraint("uq_images_sha256", type_="unique")
        images.create_unique_constraint("uq_images_project_id", ["project_id", "sha256"])
        images.create_foreign_key("fk_images_project_id", "projects", ["project_id"], ["id"])


def _put_categories_into_project() -> None:
    op.add_column("categories", sa.Column("project_id", WIDE))
    op.execute(f"UPDATE categories SET project_id = {FIRST_PROJECT}")
    op.drop_index("uq_categories_live_name", "categories")
    with op.batch_alter_table("categories", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("project_id", nullable=False)
        table.create_foreign_key("fk_categories_project_id", "projects", ["project_id"], ["id"])
    op.create_index(
        "uq_categories_live_name",
        "categories",
        ["project_id", "name"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
