"""Imports: give a file, read what would come of it, confirm."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import asked_project, services, uploaded_file
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.import_schema import format_import_report
from app.services.background_jobs import Job
from app.services.import_service import ImportOutcome

bp = Blueprint("imports", __name__, url_prefix="/api/imports")


@bp.post("")
@needs(Permission.ORGANISE)
def start_import() -> tuple[dict[str, Any], int]:
    """Begin the trial of an uploaded annotation file; it changes nothing."""
    upload = uploaded_file()
    job = services().imports.start(upload.filename or "", upload.stream, asked_project())
    return _format(job), 202


@bp.get("/<id:import_id>")
@needs(Permission.ORGANISE)
def get_import(import_id: int) -> dict[str, Any]:
    """Say how far an import is; its report says what was left out, and why."""
    return _format(services().imports.job(import_id))


@bp.post("/<id:import_id>/confirm")
@needs(Permission.ORGANISE)
def confirm_import(import_id: int) -> tuple[dict[str, Any], int]:
    """Begin what a trial promised; the answer has an id of its own."""
    return _format(services().imports.confirm(import_id)), 202


def _format(job: Job[ImportOutcome]) -> dict[str, Any]:
    return {
        "id": job.id,
        "state": job.phase.value,
        "done": job.done,
        "total": job.total,
        "error": job.error.to_json() if job.error else None,
        "report": format_import_report(job.result.report) if job.result else None,
    }
