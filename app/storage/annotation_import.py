"""Many annotations at once, for imports."""

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.annotation import MaskMeasures
from app.domain.image_record import ImageState
from app.domain.object_details import ObjectDetails
from app.storage.database import Database, utc_now
from app.storage.project_rows import in_live_project, resolve_project
from app.storage.tables import AnnotationRow, CategoryRow, ImageRow

_TABLE = cast(Table, AnnotationRow.__table__)
_COLUMNS = (
    *("image_id", "category_id", "mask_height", "mask_width", "counts"),
    *("area", "bbox_x", "bbox_y", "bbox_width", "bbox_height"),
    *("change", "changed_by", "prompts_json", "author", "created_at", "updated_at", "revision"),
    *("attributes_json", "group_id", "is_crowd", "notes", "z_order"),
)
_NO_PROMPTS = '{"points": [], "box": null}'


class ImportTarget(NamedTuple):
    """An image of the project, as an import needs to know it.

    Attributes:
        id: From 1.
        file_name: Never a path.
        width: Of the upright image, in pixels.
        height: Of the upright image, in pixels.
        sha256: Hash of the original bytes.
    """

    id: int
    file_name: str
    width: int
    height: int
    sha256: str


class CheckedMask(NamedTuple):
    """A mask that passed all checks.

    Attributes:
        image_id: Of the project's image.
        category_id: Of the project's class.
        height: Of the mask, in pixels.
        width: Of the mask, in pixels.
        counts: The canonical code.
        measures: What follows from it.
        details: What the file says beside the mask.
    """

    image_id: int
    category_id: int
    height: int
    width: int
    counts: str
    measures: MaskMeasures
    details: ObjectDetails


class AnnotationImport:
    """Adds masks to a project in groups; every group is one transaction.

    Masks that the project had before are not added again, so that an import that was cut off
    can be repeated.

    Args:
        database: The open database.
        project_id: Which project; ``None`` means the oldest one.

    Raises:
        NotFoundError: If there is no such project.
    """

    def __init__(self, database: Database, project_id: int | None) -> None:
        self._database = database
        with database.read() as session:
            self.project_id = resolve_project(session, project_id)
            self._newest_before = session.scalar(select(func.max(AnnotationRow.id))) or 0

    def targets(self) -> list[ImportTarget]:
        """Return all images of the project by id."""
        columns = (ImageRow.id, ImageRow.file_name, ImageRow.width, ImageRow.height)
        with self._database.read() as session:
            rows = session.execute(
                select(*columns, ImageRow.sha256)
                .where(ImageRow.project_id == self.project_id, ImageRow.deleted_at.is_(None))
                .order_by(ImageRow.id)
            )
            return [ImportTarget(*row) for row in rows]

    def categories(self) -> dict[str, int]:
        """Return the ids of the project's classes by their names."""
        with self._database.read() as session:
            rows = session.execute(
                select(CategoryRow.name, CategoryRow.id).where(
                    CategoryRow.project_id == self.project_id, CategoryRow.deleted_at.is_(None)
                )
            )
            return dict(rows.all())

    def find_new(self, masks: Sequence[CheckedMask]) -> list[CheckedMask]:
        """Return the masks that the project did not have when this import began."""
        with self._database.read() as session:
            return self._without_known(session, masks)

    def add(self, masks: Sequence[CheckedMask]) -> int:
        """Keep masks that the project did not have when this import began.

        Masks of images that were deleted meanwhile are left out.

        Returns:
            How many were added.
        """
        if not masks:
            return 0
        with self._database.write() as session:
            new = self._without_known(session, masks)
            alive = _begin_work(session, {mask.image_id for mask in new})
            now = utc_now()
            rows = [_to_row(mask, now) for mask in new if mask.image_id in alive]
            if rows:
                _insert(session.connection(), rows)
            return len(rows)

    def _without_known(self, session: Session, masks: Sequence[CheckedMask]) -> list[CheckedMask]:
        if self._newest_before == 0:
            return list(masks)
        rows = session.execute(
            select(AnnotationRow.image_id, AnnotationRow.category_id, AnnotationRow.counts).where(
                AnnotationRow.image_id.in_({mask.image_id for mask in masks}),
                AnnotationRow.id <= self._newest_before,
                AnnotationRow.deleted_at.is_(None),
            )
        )
        known = {tuple(row) for row in rows}
        return [
            mask for mask in masks if (mask.image_id, mask.category_id, mask.counts) not in known
        ]


def _begin_work(session: Session, image_ids: set[int]) -> set[int]:
    """Mark new images as being worked on; return those that are still there."""
    is_alive = (
        ImageRow.id.in_(image_ids),
        ImageRow.deleted_at.is_(None),
        in_live_project(ImageRow),
    )
    session.execute(
        update(ImageRow)
        .where(*is_alive, ImageRow.state == ImageState.NEW.value)
        .values(state=ImageState.IN_WORK.value, state_changed_at=utc_now())
        .execution_options(synchronize_session=False)
    )
    return set(session.scalars(select(ImageRow.id).where(*is_alive)))


def _insert(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    # The driver takes rows as they are; SQLAlchemy would look into every one of them.
    statement = insert(_TABLE).compile(dialect=connection.dialect, column_keys=_COLUMNS)
    order = statement.positiontup
    if order is None:
        by_name = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        connection.exec_driver_sql(str(statement), by_name)
    else:
        in_order = itemgetter(*map(_COLUMNS.index, order))
        connection.exec_driver_sql(str(statement), list(map(in_order, rows)))


def _to_row(mask: CheckedMask, now: str) -> tuple[Any, ...]:
    details = mask.details
    return (
        *mask[:5],
        mask.measures.area,
        *mask.measures.bbox_xywh,
        "created",
        "",
        _NO_PROMPTS,
        "",
        now,
        now,
        1,
        json.dumps(dict(details.attributes)) if details.attributes else None,
        details.group_id,
        details.is_crowd,
        details.notes,
        details.z_order,
    )
