"""Verdicts of reviewers, and who shall work on which image."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# SQLite counts in 64 bits with its one kind of integer; PostgreSQL must be told to.
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; nothing was reviewed or assigned before."""
    op.create_table(
        "reviews",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("image_id", WIDE, nullable=False),
        sa.Column("annotation_id", WIDE),
        sa.Column("revision", sa.Integer()),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("state_before", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], name="fk_reviews_image_id"),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotations.id"], name="fk_reviews_annotation_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reviews_image_id", "reviews", ["image_id"])
    op.create_table(
        "assignments",
        sa.Column("image_id", WIDE, primary_key=True, autoincrement=False),
        sa.Column("user_id", WIDE, nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], name="fk_assignments_image_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_assignments_user_id"),
    )
    op.create_index("ix_assignments_user_id", "assignments", ["user_id"])
