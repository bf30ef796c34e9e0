"""What a person adds to a mask beside its class, and what the mask cost."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# SQLite counts in 64 bits with its one kind of integer; PostgreSQL must be told to.
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTS = ("clicks", "undo_count", "hand_edits", "active_ms")


def upgrade() -> None:
    """Add the columns; earlier masks have no details and their cost is unknown."""
    op.add_column("categories", sa.Column("attributes_json", sa.String()))
    op.add_column("annotations", sa.Column("attributes_json", sa.String()))
    op.add_column("annotations", sa.Column("group_id", WIDE))
    op.add_column("annotations", sa.Column("is_crowd", sa.Boolean()))
    op.add_column("annotations", sa.Column("notes", sa.String()))
    for name in _COUNTS:
        op.add_column("annotations", sa.Column(name, WIDE))
