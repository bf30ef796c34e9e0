"""What a call can fail with.

::

    ClientError                   any refusal of the server; ``code`` is stable
    ├── RevisionConflictError     somebody else saved in between; carries what is saved
    ├── WorkFailedError           an export, import, embedding or search failed in the background
    └── ConnectionFailedError     there was no answer; a change may have been made or not
"""

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """A refusal of the server; nothing was changed.

    Args:
        code: Stable name, listed in ``docs/http_api.md``.
        message: What must hold and what was got.
        hint: What to do about it.
        status: Of HTTP; 0 without an answer.
    """

    def __init__(self, code: str, message: str, hint: str = "", status: int = 0) -> None:
        super().__init__(f"{code}: {message}; {hint}" if hint else f"{code}: {message}")
        self.code = code
        self.message = message
        self.hint = hint
        self.status = status


class RevisionConflictError(ClientError):
    """Somebody else saved in between.

    Args:
        message: What must hold and what was got.
        hint: What to do about it.
        current: The saved annotation, as JSON.
    """

    def __init__(self, message: str, hint: str, current: Mapping[str, Any]) -> None:
        super().__init__("revision_conflict", message, hint, 409)
        self.current = current


class WorkFailedError(ClientError):
    """Work in the background failed."""


class ConnectionFailedError(ClientError):
    """The server cannot be reached, or the connection was cut.

    Args:
        message: What happened.
    """

    def __init__(self, message: str) -> None:
        super().__init__("connection_failed", message, "look whether the server runs")


def refusal(status: int, body: Any) -> ClientError:
    """Return the error of a failed answer, whatever stands in it."""
    values = body if isinstance(body, Mapping) else {}
    error = values.get("error")
    if not isinstance(error, Mapping):
        return ClientError(
            "answer_unreadable", f"the server must say what is wrong, got status {status}"
        )
    code, message, hint = (str(error.get(name, "")) for name in ("code", "message", "hint"))
    current = values.get("current")
    if code == "revision_conflict" and isinstance(current, Mapping):
        return RevisionConflictError(message, hint, current)
    return ClientError(code, message, hint, status)
