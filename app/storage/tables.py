"""The tables of the database.

Times are text (UTC, ISO 8601). A row with ``deleted_at`` is deleted for every reader but
can be restored; ids are never used twice. A change here needs a new step in `migrations`.
"""

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, deferred, mapped_column

# SQLite counts in 64 bits with its one kind of integer; PostgreSQL must be told to.
WIDE = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """The root of all tables, with one naming rule for constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class ProjectRow(Base):
    """A project; names are unique among the rows that are not deleted."""

    __tablename__ = "projects"
    __table_args__ = (
        Index(
            "uq_projects_live_name",
            "name",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    name: Mapped[str]
    created_at: Mapped[str]
    deleted_at: Mapped[str | None]
    overlap: Mapped[str] = mapped_column(server_default="allowed")


class ImageRow(Base):
    """An image of a project; its bytes lie in files named by ``sha256``."""

    __tablename__ = "images"
    __table_args__ = (
        UniqueConstraint("project_id", "sha256", name="uq_images_project_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    file_name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str]
    byte_count: Mapped[int] = mapped_column(WIDE)
    media_type: Mapped[str]
    pixels_media_type: Mapped[str]
    is_original_shown: Mapped[bool]
    created_at: Mapped[str]
    deleted_at: Mapped[str | None]
    project_id: Mapped[int] = mapped_column(WIDE, ForeignKey("projects.id"))
    state: Mapped[str]
    state_changed_at: Mapped[str | None]


class CategoryRow(Base):
    """A category of a project; names are unique among those that are not deleted."""

    __tablename__ = "categories"
    __table_args__ = (
        Index(
            "uq_categories_live_name",
            "project_id",
            "name",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    name: Mapped[str]
    supercategory: Mapped[str]
    color: Mapped[str]
    deleted_at: Mapped[str | None]
    project_id: Mapped[int] = mapped_column(WIDE, ForeignKey("projects.id"))
    attributes_json: Mapped[str | None]
    pattern: Mapped[str] = mapped_column(default="plain", server_default="plain")


class AnnotationRow(Base):
    """A kept mask: exact code, provenance, and what follows from the mask."""

    __tablename__ = "annotations"
    __table_args__ = (
        # Rows without a key never collide: SQL takes nulls for different.
        Index("uq_annotations_client_key", "image_id", "client_key", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    image_id: Mapped[int] = mapped_column(WIDE, ForeignKey("images.id"), index=True)
    category_id: Mapped[int] = mapped_column(WIDE, ForeignKey("categories.id"), index=True)
    mask_height: Mapped[int]
    mask_width: Mapped[int]
    counts: Mapped[str]
    area: Mapped[int]
    bbox_x: Mapped[int]
    bbox_y: Mapped[int]
    bbox_width: Mapped[int]
    bbox_height: Mapped[int]
    prompts_json: Mapped[str]
    logits_height: Mapped[int | None]
    logits_width: Mapped[int | None]
    logits: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    model_id: Mapped[str | None]
    predicted_iou: Mapped[float | None]
    author: Mapped[str]
    created_at: Mapped[str]
    updated_at: Mapped[str]
    revision: Mapped[int]
    deleted_at: Mapped[str | None]
    client_key: Mapped[str | None]
    change: Mapped[str] = mapped_column(default="created", server_default="created")
    changed_by: Mapped[str] = mapped_column(default="", server_default="")
    attributes_json: Mapped[str | None]
    group_id: Mapped[int | None] = mapped_column(WIDE)
    is_crowd: Mapped[bool | None]
    notes: Mapped[str | None]
    clicks: Mapped[int | None] = mapped_column(WIDE)
    undo_count: Mapped[int | None] = mapped_column(WIDE)
    hand_edits: Mapped[int | None] = mapped_column(WIDE)
    active_ms: Mapped[int | None] = mapped_column(WIDE)
    origin: Mapped[str | None]
    z_order: Mapped[float] = mapped_column(default=0, server_default="0")


class AnnotationVersionRow(Base):
    """What an annotation was before it was changed; rows are added and never touched again.

    ``saved_json`` holds the columns of the annotation but the logits, by name, so that a
    column that is added later is kept here too. The present version is the annotation itself.
    """

    __tablename__ = "annotation_versions"

    annotation_id: Mapped[int] = mapped_column(WIDE, ForeignKey("annotations.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    saved_json: Mapped[str]
    logits: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class ModelVersionRow(Base):
    """A tuned model; the weights that differ from its base lie in a file named by its hash."""

    __tablename__ = "model_versions"
    __table_args__ = (
        UniqueConstraint("model_id", name="uq_model_versions_model_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    model_id: Mapped[str]
    base_id: Mapped[str]
    encoder_id: Mapped[str]
    name: Mapped[str]
    file_sha256: Mapped[str]
    byte_count: Mapped[int] = mapped_column(WIDE)
    lesson_json: Mapped[str]
    created_at: Mapped[str]


class ModelSwitchRow(Base):
    """A choice of the model that is served; rows are added, and the newest one counts."""

    __tablename__ = "model_switches"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    base_id: Mapped[str] = mapped_column(index=True)
    model_id: Mapped[str]
    created_at: Mapped[str]


class UserRow(Base):
    """A person who may sign in; disabled ones stay, for their name stands at what they made."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("name_key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[str]
    disabled_at: Mapped[str | None]


class SessionRow(Base):
    """An open session, named by the hash of what the cookie holds."""

    __tablename__ = "sessions"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(WIDE, ForeignKey("users.id"), index=True)
    created_at: Mapped[str]
    seen_at: Mapped[str]


class SignInFailureRow(Base):
    """A wrong password, by the hash of the name: what is typed there may be a password."""

    __tablename__ = "sign_in_failures"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    name_hash: Mapped[str] = mapped_column(index=True)
    failed_at: Mapped[str]


class ReviewRow(Base):
    """A verdict; rows are added and never touched again, the newest about one thing counts.

    ``revision`` is that of the annotation, ``state_before`` that of the image, both when it was
    said.
    """

    __tablename__ = "reviews"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    image_id: Mapped[int] = mapped_column(WIDE, ForeignKey("images.id"), index=True)
    annotation_id: Mapped[int | None] = mapped_column(WIDE, ForeignKey("annotations.id"))
    revision: Mapped[int | None]
    verdict: Mapped[str]
    comment: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[str]
    state_before: Mapped[str]


class AssignmentRow(Base):
    """Who shall work on an image."""

    __tablename__ = "assignments"

    image_id: Mapped[int] = mapped_column(
        WIDE, ForeignKey("images.id"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(WIDE, ForeignKey("users.id"), index=True)
