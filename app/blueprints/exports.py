"""Exports: begin one, ask how far it is, fetch the file."""

from typing import Any

from flask import Blueprint, Response, request, send_file

from app.blueprints.current import asked_project, json_body, services
from app.blueprints.permissions import needs
from app.domain.export import ExportOptions, SegmentationKind
from app.domain.user import Permission
from app.errors import ConflictError, NotFoundError
from app.schemas.export_schema import format_report, parse_choice, parse_export_options
from app.services.background_jobs import Job
from app.services.export_service import FinishedExport

bp = Blueprint("exports", __name__)


@bp.post("/api/exports")
@needs(Permission.READ)
def start_export() -> tuple[dict[str, Any], int]:
    """Begin an export."""
    return _format(services().exports.start(parse_export_options(json_body()))), 202


@bp.get("/api/exports/<id:export_id>")
@needs(Permission.READ)
def get_export(export_id: int) -> dict[str, Any]:
    """Say how far an export is; its report says what the format could not carry."""
    return _format(services().exports.job(export_id))


@bp.get("/api/exports/<id:export_id>/file")
@needs(Permission.READ)
def get_export_file(export_id: int) -> Response:
    """Send the file of an export that is done.

    Raises:
        ConflictError: If it is not done.
    """
    job = services().exports.job(export_id)
    if job.result is None:
        raise ConflictError(
            "export_not_ready",
            f"the export must be done, got one that is {job.phase.value}",
            "ask for the export until its state is done",
        )
    return _send(job.result)


@bp.get("/api/export/coco")
@needs(Permission.READ)
def export_coco() -> Response:
    """Make a COCO file of a project, or of everything, and send it in one request."""
    kind = parse_choice(SegmentationKind, "segmentation", request.args.get("segmentation"))
    exports = services().exports
    export = exports.make(ExportOptions(segmentation=kind, project_id=asked_project()))
    response = _send(export)
    response.direct_passthrough = False  # passed through, the end of the answer would not be told
    response.call_on_close(lambda: exports.discard(export))
    return response


def _send(export: FinishedExport) -> Response:
    if not export.file.path.is_file():
        raise NotFoundError(
            "export_gone",
            "the file of the export must still be there, but it was deleted",
            "export again",
        )
    response = send_file(
        export.file.path,
        mimetype=export.file.media_type,
        as_attachment=True,
        download_name=export.file.download_name,
        etag=False,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _format(job: Job[FinishedExport]) -> dict[str, Any]:
    export = job.result
    path = export.file.path if export else None
    return {
        "id": job.id,
        "state": job.phase.value,
        "done": job.done,
        "total": job.total,
        "error": job.error.to_json() if job.error else None,
        "report": format_report(export.report) if export else None,
        "file_name": export.file.download_name if export else None,
        "byte_count": path.stat().st_size if path and path.is_file() else None,
        "url": f"/api/exports/{job.id}/file" if export else None,
    }
