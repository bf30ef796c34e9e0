"""The page and its files."""

from flask import Blueprint, Response, send_from_directory

from app.blueprints.current import services
from app.blueprints.permissions import needs
from app.domain.user import Permission

bp = Blueprint("pages", __name__)

# The system's own table may differ (known on Windows), and modules need the right type.
_MEDIA_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".onnx": "application/octet-stream",
}


@bp.get("/")
@needs(Permission.OPEN)
def index() -> Response:
    """Send the page."""
    return _send("index.html")


@bp.get("/favicon.ico")
@needs(Permission.OPEN)
def favicon() -> Response:
    """Answer the request that browsers make unasked: the page names its own icon."""
    return Response(status=204)


@bp.get("/static/<path:name>")
@needs(Permission.OPEN)
def static_file(name: str) -> Response:
    """Send a file of the page."""
    return _send(name)


def _send(name: str) -> Response:
    # Caches ask again every time: the served tree is the source tree, names have no hashes.
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    media_type = _MEDIA_TYPES.get(suffix, "application/octet-stream")
    return send_from_directory(services().config.static_dir, name, mimetype=media_type)
