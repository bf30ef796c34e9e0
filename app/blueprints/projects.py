"""Projects: list, make, change, delete, restore, as one file."""

from typing import Any

from flask import Blueprint, Response, send_file

from app.blueprints.current import json_body, services, uploaded_file
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.project_schema import (
    format_project,
    parse_project_changes,
    parse_project_name,
)

bp = Blueprint("projects", __name__, url_prefix="/api/projects")


@bp.get("")
@needs(Permission.READ)
def list_projects() -> dict[str, Any]:
    """List all projects."""
    return {"projects": [format_project(project) for project in services().projects.list_all()]}


@bp.post("")
@needs(Permission.ORGANISE)
def add_project() -> tuple[dict[str, Any], int]:
    """Make a project."""
    return format_project(services().projects.add(parse_project_name(json_body()))), 201


@bp.get("/<id:project_id>")
@needs(Permission.READ)
def get_project(project_id: int) -> dict[str, Any]:
    """Describe one project."""
    return format_project(services().projects.get(project_id))


@bp.patch("/<id:project_id>")
@needs(Permission.ORGANISE)
def change_project(project_id: int) -> dict[str, Any]:
    """Change the name of a project, or whether its masks may overlap."""
    changes = parse_project_changes(json_body())
    return format_project(services().projects.change(project_id, changes))


@bp.delete("/<id:project_id>")
@needs(Permission.ORGANISE)
def delete_project(project_id: int) -> tuple[str, int]:
    """Delete a project; it can be restored."""
    services().projects.delete(project_id)
    return "", 204


@bp.post("/<id:project_id>/restore")
@needs(Permission.ORGANISE)
def restore_project(project_id: int) -> dict[str, Any]:
    """Bring a deleted project back."""
    return format_project(services().projects.restore(project_id))


@bp.get("/<id:project_id>/backup")
@needs(Permission.READ)
def backup_project(project_id: int) -> Response:
    """Make one file of a project, originals and history included, and send it."""
    backups = services().project_backups
    file = backups.make(project_id)
    response = send_file(
        file.path,
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.download_name,
        etag=False,
    )
    response.headers["Cache-Control"] = "no-store"
    response.direct_passthrough = False  # passed through, the end of the answer would not be told
    response.call_on_close(lambda: backups.discard(file))
    return response


@bp.post("/from-backup")
@needs(Permission.ORGANISE)
def restore_backup() -> tuple[dict[str, Any], int]:
    """Add the project of an uploaded backup next to those that are there."""
    upload = uploaded_file()
    return format_project(services().project_backups.restore(upload.stream)), 201
