"""Every failure in one shape: ``{"error": {"code", "message", "hint"}}``."""

import logging
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestedRangeNotSatisfiable,
    RequestEntityTooLarge,
)

from app.errors import (
    AnnotationDeletedError,
    AppError,
    RevisionConflictError,
    TooManyRequestsError,
    meaning_of_os_error,
)
from app.schemas.annotation_schema import format_annotation

_logger = logging.getLogger(__name__)

# Flask's own refusals: status -> code, hint.
_KNOWN_STATUSES = {
    400: ("bad_request", "send it again; /api/docs says what each route takes"),
    404: ("route_not_found", "look the address up at /api/docs"),
    405: ("method_not_allowed", "use one of these; /api/docs lists them for each route"),
    413: ("upload_too_large", "send less, or start the server with a larger --max-upload-mb"),
    415: ("content_type_wrong", "set Content-Type; /api/docs says what each route takes"),
    416: ("range_not_satisfiable", "ask for the whole file"),
}


def init_app(app: Flask) -> None:
    """Make the application answer every failure in the one shape."""
    app.register_error_handler(AppError, _answer_app_error)
    app.register_error_handler(HTTPException, _answer_http_exception)
    app.register_error_handler(OSError, _answer_os_error)
    app.register_error_handler(Exception, _answer_unexpected)


def answer(status: int, error: dict[str, str], **more: Any) -> Response:
    """Return an error answer.

    Args:
        status: HTTP status.
        error: Code, message and hint.
        **more: What stands beside ``error``.
    """
    response = jsonify({"error": error, **more})
    response.status_code = status
    return response


def _answer_app_error(error: AppError) -> Response:
    if error.status >= 500:
        _logger.error("%s: %s", error.code, error.message, exc_info=error)
    if isinstance(error, RevisionConflictError | AnnotationDeletedError):
        return answer(error.status, error.to_json(), current=format_annotation(error.current))
    response = answer(error.status, error.to_json())
    if isinstance(error, TooManyRequestsError):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def _answer_http_exception(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect is an exception to Flask, but no failure
        return Response(status=status, headers=error.get_headers())
    code, hint = _KNOWN_STATUSES.get(status, (f"http_{status}", "look the route up at /api/docs"))
    response = answer(status, {"code": code, "message": _message_of(error), "hint": hint})
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.valid_methods or ())
    return response


def _message_of(error: HTTPException) -> str:
    if isinstance(error, NotFound):
        return f"the address must be one of this server's routes, got {request.path}"
    if isinstance(error, MethodNotAllowed):
        methods = " or ".join(sorted(error.valid_methods or ()))
        return f"{request.path} must be asked with {methods}, got {request.method}"
    if isinstance(error, RequestEntityTooLarge):
        limit, got = request.max_content_length or 0, request.content_length or 0
        return f"a request must have at most {limit / 2**20:.1f} MiB, got {got / 2**20:.1f} MiB"
    if isinstance(error, BadRequest):
        return f"a request must be whole and well-formed, got one that is not ({error.name})"
    if isinstance(error, RequestedRangeNotSatisfiable):
        return f"Range must lie inside of the file, got {request.headers.get('Range', '')[:60]!r}"
    return (error.description or error.name).rstrip(".")


def _answer_os_error(error: OSError) -> Response:
    # A large upload reaches the disk before any service sees it.
    meant = meaning_of_os_error(error)
    return _answer_unexpected(error) if meant is None else _answer_app_error(meant)


def _answer_unexpected(error: Exception) -> Response:
    _logger.error("unexpected failure", exc_info=error)
    body = {
        "code": "internal_error",
        "message": f"the server failed in a way that it did not expect ({type(error).__name__})",
        "hint": "nothing half-done was saved; try again, and report the server's log",
    }
    return answer(500, body)
