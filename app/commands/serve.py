"""Start the server. Every option can also be given as a variable, for example MASKWRIGHT_PORT."""

import argparse
import gc
import logging
import secrets
import sys
import threading
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from app import create_app
from app.blueprints.access import is_loopback
from app.blueprints.current import CONTEXT_KEY
from app.commands.listener import bind
from app.commands.options import add_store_options, to_path, to_whole_number
from app.config import AppConfig
from app.context import AppContext
from app.errors import AppError
from app.logs import FORMATS, configure_logs
from app.storage.store import opened_store
from app.storage.store_lock import store_lock
from app.storage.user_store import UserStore

HELP = "serve the annotation tool; what happens without a command"

_logger = logging.getLogger(__name__)
_TOKEN_BYTES = 24


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the server."""
    defaults = AppConfig()
    add = parser.add_argument
    add("--host", default=defaults.host, help="address to listen on")
    add("--port", type=_port, default=defaults.port, help="port; 0 takes a free one")
    add_store_options(parser)
    parser.set_defaults(token="")
    add("--model", default=defaults.model, help="vit_b, vit_l or vit_h with --checkpoint")
    add("--checkpoint", type=to_path, default=None, help="weights file of that model")
    add(
        "--images-root",
        type=to_path,
        default=defaults.images_root,
        help="folders outside of it cannot be added",
    )
    add("--max-upload-mb", type=_positive, default=defaults.max_upload_mb, help="largest image")
    add(
        "--max-embeddings-mb",
        type=_positive,
        default=defaults.max_embeddings_mb,
        help="size of the embeddings that are kept; others are computed again",
    )
    add("--threads", type=_not_negative, default=defaults.threads, help="0: torch decides")
    add(
        "--log-format",
        choices=FORMATS,
        default=defaults.log_format,
        help="json: one object per line, answers included",
    )
    add(
        "--allowed-host",
        dest="allowed_hosts",
        action="append",
        default=[],
        help="another name of this server, for example behind a proxy; may be repeated",
    )


def run(options: argparse.Namespace) -> int:
    """Run the server until it is interrupted and return the exit status.

    Raises:
        StartUpError: If the port is taken, or the data folder or the weights cannot be used.
    """
    configure_logs(options.log_format)
    settings = {**vars(options), "allowed_hosts": tuple(options.allowed_hosts)}
    serve(AppConfig(**settings))
    return 0


def with_token(config: AppConfig) -> AppConfig:
    """Return settings with a token, a random one if there must be one and none was given.

    Raises:
        StartUpError: If the data folder or the database cannot be used.
    """
    if config.token or is_loopback(config.host):
        return config
    with opened_store(config.data_dir, config.database_url) as store:
        if not UserStore(store.database).is_empty():
            return config
    return replace(config, token=secrets.token_urlsafe(_TOKEN_BYTES))


def serve(config: AppConfig) -> None:
    """Run the server until it is interrupted.

    Args:
        config: The settings.

    Raises:
        StartUpError: If the port is taken, or the data folder or the weights cannot be used.
    """
    with store_lock(config.data_dir):
        config = with_token(config)
        app = create_app(config)
        context: AppContext = app.extensions[CONTEXT_KEY]
        try:
            server = bind(app, config)
            # What stands now stays: no large answer makes the collector look through torch.
            gc.freeze()
            # A public checkpoint exports its decoder once; it may begin before somebody asks.
            threading.Thread(target=_prepare_decoder, args=(context,), daemon=True).start()
            address = _address(server, config, "" if context.accounts.is_on() else config.token)
            sys.stdout.write(f"Maskwright runs at {address} (stop with Ctrl+C)\n")
            sys.stdout.flush()
            try:
                server.run()
            finally:
                server.close()
        finally:
            context.close()


def _prepare_decoder(context: AppContext) -> None:
    try:
        context.decoder_file.get()
    except AppError:
        _logger.exception("the decoder could not be prepared; the page will say so")


def _address(server: Any, config: AppConfig, token: str) -> str:
    listening = getattr(server, "effective_listen", None)
    port = listening[0][1] if listening else server.effective_port
    host = f"[{config.host}]" if ":" in config.host else config.host
    query = f"/?{urlencode({'token': token})}" if token else ""
    return f"http://{host}:{port}{query}"


def _port(text: str) -> int:
    return to_whole_number(text, 0, 65535)


def _positive(text: str) -> int:
    return to_whole_number(text, 1, 1024 * 1024)


def _not_negative(text: str) -> int:
    return to_whole_number(text, 0, 1024)
