"""What the masks of a project cost, as sums and as a table of all masks."""

import csv
import io

from app.domain.statistics import Statistics
from app.storage.statistics_store import StatisticsStore

OBJECT_FIELDS = (
    *("object_id", "image_id", "file_name", "class", "author", "created_at"),
    *("area_px", "predicted_iou", "clicks", "undo_count", "hand_edits", "active_ms"),
)


class ProjectStatistics:
    """Reads the statistics of projects.

    Args:
        statistics: Where the sums come from.
    """

    def __init__(self, statistics: StatisticsStore) -> None:
        self._statistics = statistics

    def read(self, project_id: int) -> Statistics:
        """Return the sums of a project.

        Raises:
            NotFoundError: If there is no such project.
        """
        return self._statistics.read(project_id)

    def table(self, project_id: int) -> bytes:
        """Return all masks of a project as a CSV file, one line each; unknown is empty.

        Raises:
            NotFoundError: If there is no such project.
        """
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(OBJECT_FIELDS)
        for row in self._statistics.list_objects(project_id):
            writer.writerow([_plain(value) for value in row])
        # The mark tells spreadsheets that it is UTF-8.
        return text.getvalue().encode("utf-8-sig")


def _plain(value: object) -> object:
    # A spreadsheet would run a text that starts like a formula.
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
