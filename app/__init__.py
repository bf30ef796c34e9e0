"""The Flask server of Maskwright."""

from flask import Flask

from app.blueprints import (
    access,
    annotations,
    api_docs,
    categories,
    embeddings,
    error_handlers,
    exports,
    health,
    images,
    imports,
    masks,
    models,
    pages,
    projects,
    proposals,
    security,
    session,
    statistics,
    teamwork,
    tuning,
    users,
)
from app.blueprints.current import CONTEXT_KEY, IdConverter
from app.config import AppConfig
from app.context import build_context
from app.services.served_model import ServedModel

# What a multipart upload needs beside the file itself.
_FORM_OVERHEAD_BYTES = 64 * 1024


def create_app(config: AppConfig | None = None, model: ServedModel | None = None) -> Flask:
    """Return the server as a WSGI application.

    Args:
        config: The settings; ``None`` takes the defaults.
        model: A loaded model; ``None`` loads the one that the settings name.

    Raises:
        StartUpError: If the data folder, the database or the weights cannot be used.
    """
    config = config or AppConfig()
    app = Flask("app", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = config.max_upload_bytes + _FORM_OVERHEAD_BYTES
    app.url_map.converters["id"] = IdConverter
    context = app.extensions[CONTEXT_KEY] = build_context(config, model)
    health.init_app(app)
    security.init_app(app, config)
    access.init_app(app, config, has_accounts=context.accounts.is_on())
    error_handlers.init_app(app)
    for room in (
        pages,
        health,
        models,
        projects,
        images,
        embeddings,
        masks,
        proposals,
        categories,
        annotations,
        exports,
        imports,
        statistics,
        tuning,
        session,
        users,
        teamwork,
        api_docs,
    ):
        app.register_blueprint(room.bp)
    return app
