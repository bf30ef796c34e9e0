"""Which masks the model proposed by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; every earlier mask was made by a person or imported."""
    op.add_column("annotations", sa.Column("origin", sa.String()))
