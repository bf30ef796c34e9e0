"""People who may sign in: list, add, change."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import json_body, services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.user_schema import format_user, parse_new_user, parse_user_changes

bp = Blueprint("users", __name__, url_prefix="/api/users")


@bp.get("")
@needs(Permission.READ)
def list_users() -> dict[str, Any]:
    """List everybody who may sign in or might once; none on a server without accounts."""
    return {"users": [format_user(user) for user in services().accounts.list_users()]}


@bp.post("")
@needs(Permission.MANAGE_USERS)
def add_user() -> tuple[dict[str, Any], int]:
    """Add a user."""
    new = parse_new_user(json_body())
    return format_user(services().accounts.add_user(new.name, new.password, new.role)), 201


@bp.patch("/<id:user_id>")
@needs(Permission.MANAGE_USERS)
def change_user(user_id: int) -> dict[str, Any]:
    """Give a user another role or password, or disable or enable them."""
    changes = parse_user_changes(json_body())
    changed = services().accounts.change_user(
        user_id,
        role=changes.role,
        is_disabled=changes.is_disabled,
        password=changes.password,
    )
    return format_user(changed)
