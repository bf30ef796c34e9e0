"""Whether pixels of an image may belong to several objects."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column; earlier projects allowed it."""
    op.add_column(
        "projects", sa.Column("overlap", sa.String(), nullable=False, server_default="allowed")
    )
