"""People who may sign in, their open sessions, and failed tries."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# SQLite counts in 64 bits with its one kind of integer; PostgreSQL must be told to.
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; without a user in them, a server works as before."""
    op.create_table(
        "users",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.String()),
        sa.UniqueConstraint("name_key", name="uq_users_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sessions",
        sa.Column("key_hash", sa.String(), primary_key=True),
        sa.Column("user_id", WIDE, nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "sign_in_failures",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("name_hash", sa.String(), nullable=False),
        sa.Column("failed_at", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sign_in_failures_name_hash", "sign_in_failures", ["name_hash"])
