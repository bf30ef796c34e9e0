"""Names that are safe in archives and in the files that other programs read."""

import json
import re
from pathlib import PurePosixPath

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LONGEST = 120


class UniqueStems:
    """Gives every image a name for its files: that of its own file, made unique."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, file_name: str, image_id: int) -> str:
        """Return the name of an image's files, without an ending.

        Args:
            file_name: Of the image.
            image_id: Makes the name unique where it would not be.

        Example:
            >>> stems = UniqueStems()
            >>> stems.take("cat.jpg", 1), stems.take("cat.png", 2), stems.take("a/b:c.jpg", 3)
            ('cat', 'cat-2', 'a_b_c')
        """
        stem = _UNSAFE.sub("_", PurePosixPath(file_name.replace("/", "_")).stem)[:_LONGEST]
        stem = stem.strip(". ") or f"image-{image_id}"
        # Windows and macOS take names that differ only in case for one.
        while stem.casefold() in self._taken:
            stem = f"{stem}-{image_id}"
        self._taken.add(stem.casefold())
        return stem


def to_yaml_text(text: str) -> str:
    """Return a text as YAML reads it, whatever it contains: JSON's quotes are YAML's too."""
    return json.dumps(text, ensure_ascii=False)


def to_csv_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Example:
        >>> to_csv_text("=1+1")
        "'=1+1"
    """
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
