"""How the server's log looks: lines for people, or one JSON object per line for programs."""

import json
import logging
from datetime import UTC, datetime

FORMATS = ("text", "json")
_FIELDS = ("method", "route", "status", "ms")


def configure_logs(log_format: str) -> None:
    """Choose how the log looks; it goes to the standard error stream.

    Answers are logged one by one only for programs: people would see nothing else.

    Args:
        log_format: One of `FORMATS`.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("app").setLevel(logging.INFO)
    is_json = log_format == "json"
    logging.getLogger("app.access").setLevel(logging.INFO if is_json else logging.WARNING)
    if is_json:
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonFormatter())


class JsonFormatter(logging.Formatter):
    """One JSON object per line: time, level, logger, message, and the fields of an answer."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in _FIELDS if hasattr(record, name)},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
