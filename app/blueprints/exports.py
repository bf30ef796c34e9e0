"""Exports."""

from flask import Blueprint, Response, request

from app.blueprints.current import asked_project, services
from app.errors import InvalidRequestError
from app.exporters.coco import SegmentationKind

bp = Blueprint("exports", __name__)


@bp.get("/api/export/coco")
def export_coco() -> Response:
    """Send a project, or everything, as a COCO file that pycocotools has read back."""
    content = services().exports.coco(_segmentation_kind(), asked_project())
    headers = {
        "Content-Disposition": 'attachment; filename="annotations.json"',
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="application/json", headers=headers)


def _segmentation_kind() -> SegmentationKind:
    asked = request.args.get("segmentation", SegmentationKind.RLE.value)
    try:
        return SegmentationKind(asked)
    except ValueError as error:
        raise InvalidRequestError(
            "field_invalid",
            f"segmentation must be rle or polygons, got {asked!r}",
            "leave it out for exact masks",
        ) from error
