"""What classes are told apart by beside their colour."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; earlier classes have colours alone."""
    op.add_column(
        "categories", sa.Column("pattern", sa.String(), nullable=False, server_default="plain")
    )
