"""The failures that the server reports on purpose.

::

    StartUpError                 a command cannot do its work (exit code 2, one line)
    AppError                     any failure that a client is told about
    ├── InvalidRequestError      400  the request is malformed
    ├── UnauthorizedError        401  the request must say who it is from
    ├── ForbiddenError           403  the request must not be made from there
    ├── NotFoundError            404  the thing does not exist
    ├── ConflictError            409  the request does not fit the present state
    │   ├── RevisionConflictError     somebody else saved in between; carries what is there
    │   └── AnnotationDeletedError    it was kept and deleted before; carries what was kept
    ├── TooLargeError            413  more than the server takes
    ├── UnsupportedError         415  a kind of content that the server does not take
    ├── UnprocessableError       422  well-formed, but the content cannot be right
    ├── TooManyRequestsError     429  too much in too little time; says how long to wait
    ├── ServerFaultError         500  our own mistake, found before harm was done
    ├── UnavailableError         503  cannot be done now; trying again may help
    └── NoSpaceError             507  the disk is full

Every `AppError` has a stable ``code`` (listed in ``docs/http_api.md``), a message that
says what must hold and what was got, and a hint that says what to do.
"""

import errno
from typing import Any, ClassVar


class StartUpError(Exception):
    """The server cannot start, or a command not run; the text is one line that says what to do."""


class AppError(Exception):
    """Any failure that a client is told about.

    Args:
        code: Stable name for programs, for example ``image_not_found``.
        message: What must hold and what was got.
        hint: What to do about it.
    """

    status: ClassVar[int] = 500

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def to_json(self) -> dict[str, str]:
        """Return what stands under ``error`` in every failed answer."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class InvalidRequestError(AppError):
    """The request is malformed."""

    status = 400


class UnauthorizedError(AppError):
    """The request must say who it is from."""

    status = 401


class ForbiddenError(AppError):
    """The request must not be made from there, or names a place that is closed."""

    status = 403


class NotFoundError(AppError):
    """The thing does not exist, or was deleted."""

    status = 404


class ConflictError(AppError):
    """The request does not fit the present state."""

    status = 409


class RevisionConflictError(ConflictError):
    """Somebody else saved in between.

    Args:
        message: What must hold and what was got.
        current: What is saved now, for the client to compare; a domain object.
    """

    def __init__(self, message: str, current: Any) -> None:
        super().__init__(
            "revision_conflict", message, "compare with the saved version, then save again"
        )
        self.current = current


class AnnotationDeletedError(ConflictError):
    """An annotation that shall be kept was kept already, and deleted since.

    Args:
        current: What was kept; a domain object.
    """

    def __init__(self, current: Any) -> None:
        super().__init__(
            "annotation_deleted",
            f"client_key must name no deleted annotation, got that of {current.id}",
            "restore it, or keep the mask under a new key",
        )
        self.current = current


class TooLargeError(AppError):
    """More than the server takes."""

    status = 413


class UnsupportedError(AppError):
    """A kind of content that the server does not take."""

    status = 415


class UnprocessableError(AppError):
    """Well-formed, but the content cannot be right."""

    status = 422


class TooManyRequestsError(AppError):
    """Too much in too little time.

    Args:
        code: Stable name for programs.
        message: What must hold and what was got.
        hint: What to do about it.
        retry_after_s: When to try again, in seconds from now.
    """

    status = 429

    def __init__(self, code: str, message: str, hint: str, retry_after_s: int) -> None:
        super().__init__(code, message, hint)
        self.retry_after_s = retry_after_s


class ServerFaultError(AppError):
    """Our own mistake, found before it did harm."""

    status = 500


class UnavailableError(AppError):
    """It cannot be done now; nothing was changed, and trying again may help."""

    status = 503


class NoSpaceError(AppError):
    """The disk is full; nothing was changed."""

    status = 507


def disk_full_error() -> NoSpaceError:
    """Return the refusal of a full disk."""
    return NoSpaceError(
        "disk_full",
        "the disk of the data folder must have room, but it is full",
        "make room there, then try again; nothing half-done was kept",
    )


def read_only_error() -> UnavailableError:
    """Return the refusal of a store that cannot be written."""
    return UnavailableError(
        "store_read_only",
        "the data folder and the database must be writable, but they are not any more",
        "give the server write permission again, or look whether the disk is damaged",
    )


def meaning_of_os_error(error: OSError) -> AppError | None:
    """Return what a failure of the file system means, or ``None`` if nobody can say."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full_error()
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return read_only_error()
    return None
