"""Options that several commands share, and their checks."""

import argparse
from pathlib import Path

from app.config import AppConfig


def add_store_options(parser: argparse.ArgumentParser) -> None:
    """Add what names the store; the address of a database comes from the environment."""
    parser.add_argument(
        "--data-dir",
        type=to_path,
        default=AppConfig().data_dir,
        help="where everything is kept",
    )
    parser.set_defaults(database_url="")


def to_path(text: str) -> Path:
    """Return a path; it may begin at home."""
    return Path(text).expanduser()


def to_id(text: str) -> int:
    """Return the id of a row.

    Raises:
        ArgumentTypeError: If it is none.
    """
    return to_whole_number(text, 1, 2**63 - 1)


def to_whole_number(text: str, least: int, most: int) -> int:
    """Return a whole number within limits.

    Raises:
        ArgumentTypeError: If it is anything else.
    """
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"must be from {least} to {most}, got {text!r}")
    return int(text)


def to_share(text: str) -> float:
    """Return a number from 0 to 1.

    Raises:
        ArgumentTypeError: If it is anything else.
    """
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise argparse.ArgumentTypeError(f"must be from 0 to 1, got {text!r}")
    return share
