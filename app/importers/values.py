"""Single values of foreign files: ids, sides, names."""

import unicodedata
from typing import Any

from app.domain.dataset_import import Key

LONGEST_NAME = 1024


def as_key(value: Any) -> Key | None:
    """Return an id of a file, or ``None`` if it cannot be one; 1.0 is 1."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | str) and value != "" else None


def as_side(value: Any) -> int | None:
    """Return the height or width of an image, or ``None`` if it cannot be one."""
    key = as_key(value)
    return key if isinstance(key, int) and 0 < key < 2**31 else None


def as_name(value: Any) -> str | None:
    """Return the name of a class as it is kept, or ``None`` if it cannot be one."""
    if not isinstance(value, str) or not can_be_kept(value):
        return None
    return unicodedata.normalize("NFC", value.strip()) or None


def can_be_kept(text: str) -> bool:
    """Return whether a database takes a text: JSON can spell NUL and half of a surrogate pair."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)
