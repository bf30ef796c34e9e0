"""What the masks of a project cost."""

from typing import Any

from flask import Blueprint, Response

from app.blueprints.current import services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.statistics_schema import format_statistics

bp = Blueprint("statistics", __name__, url_prefix="/api/projects")


@bp.get("/<id:project_id>/statistics")
@needs(Permission.READ)
def read_statistics(project_id: int) -> dict[str, Any]:
    """Return the sums over all masks, by day and by class."""
    return format_statistics(services().statistics.read(project_id))


@bp.get("/<id:project_id>/statistics.csv")
@needs(Permission.READ)
def download_statistics(project_id: int) -> Response:
    """Send one line for every mask."""
    headers = {
        "Content-Disposition": 'attachment; filename="statistics.csv"',
        "Cache-Control": "no-store",
    }
    return Response(services().statistics.table(project_id), mimetype="text/csv", headers=headers)
