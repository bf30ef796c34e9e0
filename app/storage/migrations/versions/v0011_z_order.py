"""Which masks lie above others."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; until now the newer mask lay above."""
    op.add_column(
        "annotations", sa.Column("z_order", sa.Double(), nullable=False, server_default="0")
    )
