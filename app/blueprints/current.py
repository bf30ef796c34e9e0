"""What every view needs: the services, the JSON body, files to send."""

import json
from typing import Any, NoReturn, cast

from flask import Response, current_app, request, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.routing import IntegerConverter, Map

from app.context import AppContext
from app.domain.served_file import ServedFile
from app.errors import InvalidRequestError, UnsupportedError
from app.schemas.project_schema import parse_project_id

CONTEXT_KEY = "maskwright"
MAX_JSON_BYTES = 32 * 1024 * 1024
_YEAR_S = 365 * 24 * 3600


class IdConverter(IntegerConverter):
    """The id of a row in an address: from 1 up to what the database can hold."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=2**63 - 1)


def services() -> AppContext:
    """Return the services of the server that answers this request."""
    return cast(AppContext, current_app.extensions[CONTEXT_KEY])


def asked_project() -> int | None:
    """Return the id in ``?project=``, or ``None`` if the request names no project.

    Raises:
        InvalidRequestError: If it is no id.
    """
    return parse_project_id(request.args.get("project"))


def json_body() -> Any:
    """Return the parsed JSON of the request.

    Raises:
        UnsupportedError: If the request does not say that it is JSON.
        InvalidRequestError: If it is not.
    """
    if not request.is_json:
        raise UnsupportedError(
            "content_type_wrong",
            f"Content-Type must be application/json, got {request.mimetype or 'none'!r}",
            "set the header and send JSON",
        )
    request.max_content_length = MAX_JSON_BYTES
    try:
        return json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError) as error:
        _refuse_json(error)


def uploaded_file() -> FileStorage:
    """Return the file in the field ``file`` of the request.

    Raises:
        InvalidRequestError: If there is none.
    """
    upload = request.files.get("file")
    if upload is None:
        raise InvalidRequestError(
            "file_missing",
            "an upload must be multipart/form-data with a file in the field 'file', got none",
            "choose a file",
        )
    return upload


def send_served(file: ServedFile, *, as_attachment: bool = False) -> Response:
    """Return a file with an ETag, answering a conditional request with 304.

    Under an address that ends with ``?v=`` and the ETag (or what the answers of the API gave
    for it), the content never changes and may be kept for a year. Otherwise caches ask again.

    Args:
        file: From a service.
        as_attachment: Whether the browser shall save it instead of showing it.
    """
    response = send_file(
        file.path,
        mimetype=file.media_type,
        as_attachment=as_attachment,
        download_name=file.download_name or None,
        etag=file.etag,
        conditional=True,
    )
    version = request.args.get("v", "")
    if version and f"-{file.etag}".endswith(f"-{version}"):
        response.cache_control.no_cache = None
        response.cache_control.private = True
        response.cache_control.max_age = _YEAR_S
        response.cache_control.immutable = True
    return response


def _refuse_json(error: Exception) -> NoReturn:
    raise InvalidRequestError(
        "malformed_json",
        f"the request body must be JSON, got something else ({error})",
        "send one JSON object",
    )
