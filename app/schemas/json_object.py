"""A JSON object of a request, read field by field with one kind of error."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from app.errors import InvalidRequestError

Choice = TypeVar("Choice", bound=StrEnum)
LONGEST_CHOICE = 20
FIELD_HINT = "correct it and send it again; /api/docs lists the fields"


class JsonObject:
    """A JSON object whose fields are checked as they are read.

    Unknown fields are ignored: a client may send back what it got.

    Args:
        values: What was parsed from the request.
        where: Prefix of field names in messages, such as ``box.``.
    """

    def __init__(self, values: Any, where: str = "") -> None:
        if not isinstance(values, Mapping):
            name = where.rstrip(".") or "the request body"
            _refuse(name, "a JSON object", values)
        self._values: Mapping[str, Any] = values
        self._where = where

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def raw(self, name: str) -> Any:
        """Return a field as it was parsed, or ``None`` if it is missing."""
        return self._values.get(name)

    def text(self, name: str, *, longest: int, required: bool = True) -> str:
        """Return a text without spaces around it; a missing optional one is empty.

        Raises:
            InvalidRequestError: If it is no text, too long, or required and empty.
        """
        value = self._values.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not _is_encodable(value):
            _refuse(self._where + name, "a text", value)
        value = value.strip()
        if required and not value:
            _refuse(self._where + name, "a text with at least one letter", value)
        if len(value) > longest:
            raise InvalidRequestError(
                "field_too_long",
                f"{self._where}{name} must have at most {longest} characters, got {len(value)}",
                "shorten it",
            )
        return value

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """Return which of the known words a field is.

        Raises:
            InvalidRequestError: If it is none of them.
        """
        text = self.text(name, longest=LONGEST_CHOICE)
        try:
            return kind(text)
        except ValueError:
            words = " or ".join(kind) if len(kind) == 2 else f"one of {', '.join(kind)}"
            raise InvalidRequestError(
                "field_invalid",
                f"{self._where}{name} must be {words}, got {text!a}",
                "choose one of these",
            ) from None

    def integer(self, name: str) -> int:
        """Return a whole number that fits the database.

        Raises:
            InvalidRequestError: If it is anything else.
        """
        return check_integer(self._values.get(name), self._where + name)

    def number(self, name: str) -> float:
        """Return a finite number.

        Raises:
            InvalidRequestError: If it is anything else.
        """
        return check_number(self._values.get(name), self._where + name)

    def flag(self, name: str) -> bool:
        """Return whether a switch is on; a missing one is off.

        Raises:
            InvalidRequestError: If it is neither true nor false.
        """
        value = self._values.get(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            _refuse(self._where + name, "true or false", value)
        return value

    def items(self, name: str) -> list[Any]:
        """Return a list; a missing one is empty.

        Raises:
            InvalidRequestError: If it is anything else.
        """
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            _refuse(self._where + name, "a list", value)
        return value

    def child(self, name: str) -> "JsonObject | None":
        """Return an object inside this one, or ``None`` if it is missing or null.

        Raises:
            InvalidRequestError: If it is anything else.
        """
        value = self._values.get(name)
        return None if value is None else JsonObject(value, f"{self._where}{name}.")


def check_number(value: Any, name: str) -> float:
    """Return a finite number; true and false are none.

    Raises:
        InvalidRequestError: If it is anything else.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not _is_finite(value):
        _refuse(name, "a finite number", value)
    return float(value)


def check_integer(value: Any, name: str) -> int:
    """Return a whole number that fits the database; true and false are none.

    Raises:
        InvalidRequestError: If it is anything else.
    """
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        _refuse(name, "a whole number", value)
    return value


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer with hundreds of digits
        return False


def _is_encodable(value: str) -> bool:
    # JSON can spell half of a surrogate pair, which no database and no file can hold, and a
    # null character, which PostgreSQL cannot hold.
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value)


def _refuse(name: str, wanted: str, got: Any) -> NoReturn:
    shown = ascii(got)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    raise InvalidRequestError("field_invalid", f"{name} must be {wanted}, got {shown}", FIELD_HINT)
