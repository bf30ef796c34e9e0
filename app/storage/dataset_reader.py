"""One moment of the store, read piece by piece: memory does not grow with what is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TypeVarTuple

from sqlalchemy import Row, Select, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.annotation import Annotation
from app.domain.category import Category
from app.domain.dataset import DatasetFacts, DatasetImage, DatasetMask
from app.storage.annotation_rows import to_annotation
from app.storage.category_store import list_categories
from app.storage.database import Database
from app.storage.project_rows import in_live_project, resolve_project
from app.storage.tables import AnnotationRow, ImageRow

Columns = TypeVarTuple("Columns")

_ROWS_AT_ONCE = 1000
_IMAGE_COLUMNS = (
    *(ImageRow.id, ImageRow.file_name, ImageRow.width, ImageRow.height, ImageRow.sha256),
)
_MASK_COLUMNS = (
    *(AnnotationRow.id, AnnotationRow.image_id, AnnotationRow.category_id),
    *(AnnotationRow.mask_height, AnnotationRow.mask_width, AnnotationRow.counts),
    *(AnnotationRow.area, AnnotationRow.bbox_x, AnnotationRow.bbox_y),
    *(AnnotationRow.bbox_width, AnnotationRow.bbox_height),
    func.coalesce(AnnotationRow.is_crowd, false()),
    *(AnnotationRow.attributes_json, AnnotationRow.group_id, AnnotationRow.notes),
    AnnotationRow.z_order,
)


class DatasetReader:
    """A `DatasetView` of the store.

    Args:
        session: A reading transaction, so that every reading sees the same.
        project_id: Which project; ``None`` means all.

    Attributes:
        on_rows: Is told how many rows were read, whenever some were.
    """

    def __init__(self, session: Session, project_id: int | None = None) -> None:
        self._session = session
        self._project_id = project_id
        self.on_rows: Callable[[int], None] = _ignore

    @cached_property
    def facts(self) -> DatasetFacts:
        """Counts and names."""
        counted = select(func.count(AnnotationRow.id), func.max(AnnotationRow.updated_at))
        annotation_count, newest = self._session.execute(self._of_live_annotations(counted)).one()
        repeated = (
            self._of_live_images(select(ImageRow.file_name))
            .group_by(ImageRow.file_name)
            .having(func.count() > 1)
        )
        images = self._of_live_images(select(func.count(ImageRow.id)))
        # Asked for together: every question about annotations reads all of them.
        makers = self._of_live_annotations(select(AnnotationRow.author, AnnotationRow.model_id))
        authors, model_ids = set(), set()
        for author, model_id in self._session.execute(makers.distinct()):
            authors.add(author)
            model_ids.add(model_id)
        return DatasetFacts(
            image_count=self._session.scalar(images) or 0,
            annotation_count=annotation_count,
            newest_change=newest or "",
            authors=tuple(sorted(filter(None, authors))),
            model_ids=tuple(sorted(filter(None, model_ids))),
            repeated_file_names=tuple(sorted(self._session.scalars(repeated))),
        )

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """All categories by id, also unused ones."""
        return tuple(list_categories(self._session, self._project_id))

    def images(self) -> Iterator[DatasetImage]:
        """Give all images by id, also those without annotations."""
        statement = self._of_live_images(select(*_IMAGE_COLUMNS)).order_by(ImageRow.id)
        return map(DatasetImage._make, self._rows_of(statement))

    def masks(self) -> Iterator[DatasetMask]:
        """Give all annotations by id."""
        return self._masks_in_order(AnnotationRow.id)

    def masks_by_image(self) -> Iterator[tuple[DatasetImage, list[DatasetMask]]]:
        """Give every image by id with its annotations, from the lowest to the one on top.

        Yields:
            An image and its annotations.
        """
        masks = self._masks_in_order(
            AnnotationRow.image_id, AnnotationRow.z_order, AnnotationRow.id
        )
        mask = next(masks, None)
        for image in self.images():
            own: list[DatasetMask] = []
            while mask is not None and mask.image_id == image.id:
                own.append(mask)
                mask = next(masks, None)
            yield image, own

    def annotations(self) -> Iterator[Annotation]:
        """Give all annotations by id with everything but their logits.

        Yields:
            An annotation.
        """
        rows = self._session.scalars(
            self._of_live_annotations(select(AnnotationRow)).order_by(AnnotationRow.id),
            execution_options={"yield_per": _ROWS_AT_ONCE},
        )
        for row in rows:
            yield to_annotation(row, with_logits=False)
            self._session.expunge(row)

    def _masks_in_order(
        self, *order: InstrumentedAttribute[int] | InstrumentedAttribute[float]
    ) -> Iterator[DatasetMask]:
        statement = self._of_live_annotations(select(*_MASK_COLUMNS)).order_by(*order)
        return map(DatasetMask._make, self._rows_of(statement))

    def _rows_of(self, statement: Select[*Columns]) -> Iterator[Row[*Columns]]:
        # The connection gives plain rows; the session would look into every one of them.
        result = self._session.connection().execute(
            statement, execution_options={"yield_per": _ROWS_AT_ONCE}
        )
        for rows in result.partitions():
            self.on_rows(len(rows))
            yield from rows

    def _of_live_images(self, columns: Select[*Columns]) -> Select[*Columns]:
        chosen = in_live_project(ImageRow)
        if self._project_id is not None:
            chosen = ImageRow.project_id == self._project_id
        return columns.where(ImageRow.deleted_at.is_(None), chosen)

    def _of_live_annotations(self, columns: Select[*Columns]) -> Select[*Columns]:
        live = columns.join(ImageRow, ImageRow.id == AnnotationRow.image_id)
        return self._of_live_images(live).where(AnnotationRow.deleted_at.is_(None))


@contextmanager
def open_dataset(database: Database, project_id: int | None = None) -> Iterator[DatasetReader]:
    """Open the store as it is now; what is saved meanwhile is not seen.

    Args:
        database: Where it is kept.
        project_id: Which project; ``None`` means all.

    Yields:
        The reader; it ends with the block.

    Raises:
        NotFoundError: If there is no such project.
    """
    with database.read() as session:
        if project_id is not None:
            resolve_project(session, project_id)
        yield DatasetReader(session, project_id)


def _ignore(_count: int) -> None:
    """Nobody asked how far the reading is."""
