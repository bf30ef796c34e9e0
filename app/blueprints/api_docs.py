"""The OpenAPI document of the routes, and a page to read it."""

from typing import Any

from flask import Blueprint, current_app, render_template

from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.openapi import Route, build_openapi

bp = Blueprint("api_docs", __name__, template_folder="../templates")

_FRAMEWORK_METHODS = {"HEAD", "OPTIONS"}
_SHOWN = ("/api/", "/metrics")


@bp.get("/api/openapi.json")
@needs(Permission.READ)
def openapi_document() -> dict[str, Any]:
    """Describe all routes for programs, in OpenAPI 3.1."""
    return build_openapi(
        Route(method, rule.rule, rule.endpoint, _summary(rule.endpoint))
        for rule in current_app.url_map.iter_rules()
        if rule.rule.startswith(_SHOWN)
        for method in sorted((rule.methods or set()) - _FRAMEWORK_METHODS)
    )


@bp.get("/api/docs")
@needs(Permission.READ)
def read_docs() -> str:
    """Describe all routes for people; the page runs no script."""
    return render_template("api_docs.html", document=openapi_document())


def _summary(endpoint: str) -> str:
    return (current_app.view_functions[endpoint].__doc__ or "").strip().partition("\n")[0]
