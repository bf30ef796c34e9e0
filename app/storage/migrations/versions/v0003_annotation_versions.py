"""Every version of an annotation is kept, with what made it and who did it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table of earlier versions; the history of what was kept before begins now."""
    op.add_column(
        "annotations", sa.Column("change", sa.String(), nullable=False, server_default="created")
    )
    op.add_column(
        "annotations", sa.Column("changed_by", sa.String(), nullable=False, server_default="")
    )
    op.execute("UPDATE annotations SET change = 'changed' WHERE revision > 1")
    op.execute("UPDATE annotations SET change = 'deleted' WHERE deleted_at IS NOT NULL")
    op.execute("UPDATE annotations SET changed_by = author WHERE deleted_at IS NULL")
    op.create_table(
        "annotation_versions",
        sa.Column("annotation_id", WIDE, primary_key=True),
        sa.Column("revision", sa.Integer(), primary_key=True),
        sa.Column("saved_json", sa.String(), nullable=False),
        sa.Column("logits", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotations.id"], name="fk_annotation_versions_annotation_id"
        ),
    )
