"""The log, for people and for programs."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from app.logs import JsonFormatter, configure_logs


@pytest.fixture
def levels() -> Iterator[None]:
    """Put the levels back that a test changes."""
    loggers = [logging.getLogger(name) for name in ("app", "app.access")]
    before = [logger.level for logger in loggers]
    formatters = [handler.formatter for handler in logging.getLogger().handlers]
    yield
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
    for handler, formatter in zip(logging.getLogger().handlers, formatters, strict=True):
        handler.setFormatter(formatter)


def test_a_line_is_one_json_object() -> None:
    record = logging.LogRecord("app.access", logging.INFO, "", 1, "GET %s", ("/ä",), None)
    record.route, record.ms = "/ä", 1.5
    line = json.loads(JsonFormatter().format(record))
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "app.access",
        "message": "GET /ä",
        "route": "/ä",
        "ms": 1.5,
    }


def test_a_failure_has_its_traceback_in_the_same_line() -> None:
    try:
        raise ValueError("what happened")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    text = JsonFormatter().format(record)
    assert "\n" not in text
    assert "what happened" in json.loads(text)["traceback"]


@pytest.mark.usefixtures("levels")
@pytest.mark.parametrize(("log_format", "is_shown"), [("text", False), ("json", True)])
def test_answers_are_logged_one_by_one_only_for_programs(log_format: str, is_shown: bool) -> None:
    configure_logs(log_format)
    assert logging.getLogger("app.access").isEnabledFor(logging.INFO) is is_shown
    assert logging.getLogger("app.services").isEnabledFor(logging.INFO)
