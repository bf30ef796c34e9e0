"""Categories: list, add, change, delete."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import asked_project, json_body, services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.category_schema import format_category, parse_category

bp = Blueprint("categories", __name__, url_prefix="/api/categories")


@bp.get("")
@needs(Permission.READ)
def list_categories() -> dict[str, Any]:
    """List the categories of a project, or of all."""
    categories = services().categories.list_all(asked_project())
    return {"categories": [format_category(category) for category in categories]}


@bp.post("")
@needs(Permission.ORGANISE)
def add_category() -> tuple[dict[str, Any], int]:
    """Keep a new category."""
    added = services().categories.add(parse_category(json_body()), asked_project())
    return format_category(added), 201


@bp.patch("/<id:category_id>")
@needs(Permission.ORGANISE)
def change_category(category_id: int) -> dict[str, Any]:
    """Change some fields of a category."""
    present = services().categories.get(category_id)
    content = parse_category(json_body(), present.content)
    return format_category(services().categories.update(category_id, content))


@bp.delete("/<id:category_id>")
@needs(Permission.ORGANISE)
def delete_category(category_id: int) -> tuple[str, int]:
    """Delete a category that no annotation uses."""
    services().categories.delete(category_id)
    return "", 204
