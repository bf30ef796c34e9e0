"""Models that were tuned on accepted masks, and which one is served."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# SQLite counts in 64 bits with its one kind of integer; PostgreSQL must be told to.
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make both tables, empty: until now the model of the settings was the only one."""
    op.create_table(
        "model_versions",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("base_id", sa.String(), nullable=False),
        sa.Column("encoder_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("byte_count", WIDE, nullable=False),
        sa.Column("lesson_json", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.UniqueConstraint("model_id", name="uq_model_versions_model_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "model_switches",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("base_id", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_model_switches_base_id", "model_switches", ["base_id"])
