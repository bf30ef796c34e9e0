"""Small image files of many kinds, made in memory."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
from PIL import ExifTags, Image

# Orientation tag -> what was done to the upright image before it was stored.
STORED_BY_ORIENTATION = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def noise(width: int = 48, height: int = 32, seed: int = 0) -> Image.Image:
    """Return an RGB image of random pixels."""
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values)


def quarters(width: int = 48, height: int = 32) -> Image.Image:
    """Return an upright image whose four quarters are red, green, blue and white."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image


def encode(image: Image.Image, image_format: str = "PNG", **options: Any) -> bytes:
    """Return an image as the bytes of a file."""
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def jpeg(width: int = 48, height: int = 32, seed: int = 0) -> bytes:
    """Return a JPEG file of random pixels."""
    return encode(noise(width, height, seed), "JPEG")


def oriented(upright: Image.Image, orientation: int, image_format: str) -> bytes:
    """Return a file that stores an image turned, and says so in its EXIF data."""
    method = STORED_BY_ORIENTATION[orientation]
    stored = upright if method is None else upright.transpose(method)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    options = {"quality": 95, "subsampling": 0} if image_format == "JPEG" else {}
    if image_format == "WEBP":
        options = {"lossless": True}
    return encode(stored, image_format, exif=exif, **options)


def huge_png_header(width: int, height: int) -> bytes:
    """Return a small valid PNG that claims to be enormous."""
    content = bytearray(encode(Image.new("L", (1, 1))))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)
