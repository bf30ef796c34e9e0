"""A file that a client may fetch."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A complete file on disk and how caches name it.

    Attributes:
        path: Where it lies.
        media_type: MIME type.
        etag: Names this content; another content gets another one.
        download_name: File name for people; empty if it is not meant to be saved.
    """

    path: Path
    media_type: str
    etag: str
    download_name: str = ""
