"""Projects: list, make, rename, delete, restore."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import json_body, services
from app.schemas.project_schema import format_project, parse_project_name

bp = Blueprint("projects", __name__, url_prefix="/api/projects")


@bp.get("")
def list_projects() -> dict[str, Any]:
    """List all projects."""
    return {"projects": [format_project(project) for project in services().projects.list_all()]}


@bp.post("")
def add_project() -> tuple[dict[str, Any], int]:
    """Make a project."""
    return format_project(services().projects.add(parse_project_name(json_body()))), 201


@bp.get("/<id:project_id>")
def get_project(project_id: int) -> dict[str, Any]:
    """Describe one project."""
    return format_project(services().projects.get(project_id))


@bp.patch("/<id:project_id>")
def rename_project(project_id: int) -> dict[str, Any]:
    """Give a project another name."""
    return format_project(services().projects.rename(project_id, parse_project_name(json_body())))


@bp.delete("/<id:project_id>")
def delete_project(project_id: int) -> tuple[str, int]:
    """Delete a project; it can be restored."""
    services().projects.delete(project_id)
    return "", 204


@bp.post("/<id:project_id>/restore")
def restore_project(project_id: int) -> dict[str, Any]:
    """Bring a deleted project back."""
    return format_project(services().projects.restore(project_id))
