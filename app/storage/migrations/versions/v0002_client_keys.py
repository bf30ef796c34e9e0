"""A key that the client makes, so that a creation that is sent twice is kept once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; masks that were kept before have no key."""
    op.add_column("annotations", sa.Column("client_key", sa.String()))
    op.create_index(
        "uq_annotations_client_key", "annotations", ["image_id", "client_key"], unique=True
    )
