"""Exports, checked before they leave."""

from app.domain.dataset import Dataset
from app.exporters.coco import SegmentationKind, export_coco
from app.exporters.coco_check import check_coco
from app.storage.database import Database
from app.storage.snapshot import read_dataset


class ExportService:
    """Makes files of everything that is kept.

    Args:
        database: Where it is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def coco(self, kind: SegmentationKind, project_id: int | None = None) -> bytes:
        """Return images and annotations as a COCO file that pycocotools has read back.

        Args:
            kind: Exact run-length codes or polygons.
            project_id: What is exported; ``None`` means all projects.

        Raises:
            NotFoundError: If there is no such project.
            ServerFaultError: If what was read back is not what is kept.
        """
        dataset: Dataset = read_dataset(self._database, project_id)
        content = export_coco(dataset, kind)
        check_coco(content, dataset)
        return content
