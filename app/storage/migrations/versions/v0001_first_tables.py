"""The tables of the first releases, which made them without Alembic."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite counts in 64 bits with its one kind of integer; PostgreSQL must be told to.
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make images, categories and annotations."""
    _make_images()
    _make_categories()
    _make_annotations()


def _make_images() -> None:
    op.create_table(
        "images",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("byte_count", WIDE, nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("pixels_media_type", sa.String(), nullable=False),
        sa.Column("is_original_shown", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String()),
        sa.UniqueConstraint("sha256", name="uq_images_sha256"),
        sqlite_autoincrement=True,
    )


def _make_categories() -> None:
    op.create_table(
        "categories",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("supercategory", sa.String(), nullable=False),
        sa.Column("color", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String()),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_categories_live_name",
        "categories",
        ["name"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def _make_annotations() -> None:
    measures = ("area", "bbox_x", "bbox_y", "bbox_width", "bbox_height")
    op.create_table(
        "annotations",
        sa.Column("id", WIDE, primary_key=True),
        sa.Column("image_id", WIDE, nullable=False),
        sa.Column("category_id", WIDE, nullable=False),
        sa.Column("mask_height", sa.Integer(), nullable=False),
        sa.Column("mask_width", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in measures),
        sa.Column("prompts_json", sa.String(), nullable=False),
        sa.Column("logits_height", sa.Integer()),
        sa.Column("logits_width", sa.Integer()),
        sa.Column("logits", sa.LargeBinary()),
        sa.Column("model_id", sa.String()),
        sa.Column("predicted_iou", sa.Double()),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("updated_at", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.String()),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], name="fk_annotations_image_id"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name="fk_annotations_category_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_annotations_image_id", "annotations", ["image_id"])
    op.create_index("ix_annotations_category_id", "annotations", ["category_id"])
