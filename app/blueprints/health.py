"""Whether the server is there, whether it can work, and what it counts."""

import logging
import time
from typing import Any

from flask import Blueprint, Flask, Response, g, request

from app.blueprints.current import services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.services.metrics import MEDIA_TYPE

bp = Blueprint("health", __name__)
_access_log = logging.getLogger("app.access")
_NO_ROUTE = "none"


def init_app(app: Flask) -> None:
    """Count and log every answer."""
    app.before_request(_start_clock)
    app.after_request(_note_answer)


@bp.get("/api/health")
@needs(Permission.OPEN)
def health() -> dict[str, Any]:
    """Say that the server runs, and with which model."""
    model = services().model
    return {"status": "ok", "model_id": model.model_id, "model_name": model.name}


@bp.get("/api/ready")
@needs(Permission.READ)
def ready() -> dict[str, Any]:
    """Say that the server can work: its database answers and its data folder can be written."""
    services().store.check()
    return {"status": "ready"}


@bp.get("/metrics")
@needs(Permission.READ)
def metrics() -> Response:
    """Send what the server counts, for Prometheus."""
    return Response(services().metrics.text(), content_type=MEDIA_TYPE)


def _start_clock() -> None:
    g.started = time.perf_counter()


def _note_answer(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    route = request.url_rule.rule if request.url_rule else _NO_ROUTE
    services().metrics.count_request(request.method, route, response.status_code, seconds)
    # The route and not the address: what a person looks at is nobody's business.
    _access_log.info(
        "%s %s %d",
        request.method,
        route,
        response.status_code,
        extra={
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        },
    )
    return response
