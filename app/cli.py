"""``python -m app``: read the options, start the server, or say in one line why not."""

import argparse
import logging
import os
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import waitress
from flask import Flask

from app import create_app
from app.blueprints.current import CONTEXT_KEY
from app.config import AppConfig, environment_defaults
from app.context import AppContext
from app.errors import AppError, StartUpError

_logger = logging.getLogger(__name__)
_WORKERS = 8
_LAST_BARRIER_BYTES = 4 * 1024**3
_EXIT_NOT_STARTED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until it is interrupted and return the exit status.

    Args:
        arguments: Command line without the program; ``None`` takes the real one.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("app").setLevel(logging.INFO)
    config = parse_config(sys.argv[1:] if arguments is None else arguments, os.environ)
    try:
        serve(config)
    except StartUpError as error:
        sys.stderr.write(f"maskwright: {error}\n")
        return _EXIT_NOT_STARTED
    return 0


def parse_config(arguments: Sequence[str], environment: Mapping[str, str]) -> AppConfig:
    """Return the settings of the command line, then of the environment, then the defaults."""
    parser = build_parser()
    parser.set_defaults(**environment_defaults(environment))
    options = vars(parser.parse_args(arguments))
    options["allowed_hosts"] = tuple(options["allowed_hosts"])
    return AppConfig(**options)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all options."""
    defaults = AppConfig()
    parser = argparse.ArgumentParser(
        prog="python -m app",
        description="Serve the annotation tool. Every option can also be given as an environment "
        "variable, for example MASKWRIGHT_PORT.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--host", default=defaults.host, help="address to listen on")
    add("--port", type=_port, default=defaults.port, help="port; 0 takes a free one")
    add("--data-dir", type=_path, default=defaults.data_dir, help="where everything is kept")
    add("--model", default=defaults.model, help="vit_b, vit_l or vit_h with --checkpoint")
    add("--checkpoint", type=_path, default=None, help="weights file of that model")
    add(
        "--images-root",
        type=_path,
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
        "--allowed-host",
        dest="allowed_hosts",
        action="append",
        default=[],
        help="another name of this server, for example behind a proxy; may be repeated",
    )
    return parser


def serve(config: AppConfig) -> None:
    """Run the server until it is interrupted.

    Args:
        config: The settings.

    Raises:
        StartUpError: If the port is taken, or the data folder or the weights cannot be used.
    """
    app = create_app(config)
    context: AppContext = app.extensions[CONTEXT_KEY]
    try:
        server = _bind(app, config)
        # A public checkpoint exports its decoder once; it may begin before somebody asks.
        threading.Thread(target=_prepare_decoder, args=(context,), daemon=True).start()
        sys.stdout.write(f"Maskwright runs at {_address(server, config)} (stop with Ctrl+C)\n")
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


def _bind(app: Flask, config: AppConfig) -> Any:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        listener = socket.create_server((config.host, config.port), family=family)
    except OSError as error:
        raise StartUpError(
            f"the server must be able to listen on {config.host} port {config.port}, "
            f"got: {error.strerror}; stop the program that uses it or choose another --port"
        ) from error
    return waitress.create_server(
        app,
        sockets=[listener],
        threads=_WORKERS,
        ident="Maskwright",
        # Flask refuses earlier and in the one error shape; this is only the last barrier.
        max_request_body_size=max(_LAST_BARRIER_BYTES, 2 * config.max_upload_bytes),
    )


def _address(server: Any, config: AppConfig) -> str:
    listening = getattr(server, "effective_listen", None)
    port = listening[0][1] if listening else server.effective_port
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"http://{host}:{port}"


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _port(text: str) -> int:
    return _whole_number(text, 0, 65535)


def _positive(text: str) -> int:
    return _whole_number(text, 1, 1024 * 1024)


def _not_negative(text: str) -> int:
    return _whole_number(text, 0, 1024)


def _whole_number(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"must be from {least} to {most}, got {text!r}")
    return int(text)
