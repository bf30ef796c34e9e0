"""Photographs of any size, made of the sample photographs: none that large is kept here."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

PHOTOS = Path(__file__).resolve().parent.parent / "tests" / "e2e" / "photos"
JPEG_START, COMMENT_MARKER = b"\xff\xd8", b"\xff\xfe"


@cache
def large_photograph(name: str, megapixels: float) -> bytes:
    """Return a sample photograph as a JPEG of that size, enlarged or made smaller.

    The same scene at every size: prompts at the same relative places ask for the same objects.
    """
    with Image.open(PHOTOS / name) as photo:
        scale = (megapixels * 1e6 / (photo.width * photo.height)) ** 0.5
        size = (round(photo.width * scale), round(photo.height * scale))
        scaled = photo.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    content = BytesIO()
    scaled.save(content, "JPEG", quality=85)
    return content.getvalue()


def numbered_copy(content: bytes, number: int) -> bytes:
    """Return a JPEG with the same pixels and other bytes: to the server, another photograph."""
    comment = f"copy {number}".encode()
    length = (len(comment) + 2).to_bytes(2, "big")
    start, rest = content[: len(JPEG_START)], content[len(JPEG_START) :]
    return start + COMMENT_MARKER + length + comment + rest
