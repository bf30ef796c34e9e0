"""Image files into upright 8-bit RGB, and refusals for everything that is not an image.

Whatever came in, image space is the upright image: the orientation of the file is applied
here and nowhere else. 16-bit values are divided by 257, transparency is laid on white, and
of an animation the first frame counts. ``docs/http_api.md`` lists the rules.
"""

import contextlib
import hashlib
import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from threading import Lock
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from app.domain.image_record import NewImage
from app.errors import AppError, TooLargeError, UnprocessableError, UnsupportedError

MAX_PIXELS = 100_000_000
MAX_SIDE = 65_000
LONGEST_NAME = 255
ACCEPTED_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")

_MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "GIF": "image/gif",
}
_SHOWN_BY_BROWSERS = ("JPEG", "MPO", "PNG", "WEBP", "BMP", "GIF")
_SHOWN_MODES = ("1", "L", "P", "RGB")
_SIXTEEN_BIT_MODES = ("I;16", "I;16B", "I;16L", "I;16N")
_UPRIGHT = 1

# One image at a time: 100 transparent megapixels take 2.6 GB on the way to RGB.
_READING = Lock()

# A table, because dividing a large image would need eight bytes per pixel several times over.
_SIXTEEN_TO_EIGHT_BIT = ((np.arange(65536) * 2 + 257) // 514).astype(np.uint8)

# Pillow warns above this and refuses above twice this; the check below is stricter.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def inspect_image(content: bytes, file_name: str) -> NewImage:
    """Return what the store needs to know about an image file, after decoding all of it.

    Args:
        content: The whole file.
        file_name: As the client gave it; folders in it are dropped.

    Raises:
        UnprocessableError: If the file is empty, damaged or not an image.
        UnsupportedError: If the image is of a kind that is not taken.
        TooLargeError: If it has too many pixels.
    """
    image = _open(content)
    upright = _to_upright_rgb(image)
    is_original_shown = _is_shown_as_it_is(image)
    image_format = image.format or ""
    reencoded = "image/jpeg" if image_format in ("JPEG", "MPO") else "image/png"
    media_type = _MEDIA_TYPES[image_format]
    return NewImage(
        file_name=clean_file_name(file_name),
        width=upright.width,
        height=upright.height,
        sha256=hashlib.sha256(content).hexdigest(),
        byte_count=len(content),
        media_type=media_type,
        pixels_media_type=media_type if is_original_shown else reencoded,
        is_original_shown=is_original_shown,
    )


def read_upright(content: bytes) -> Image.Image:
    """Return the upright image in 8-bit RGB.

    Args:
        content: The whole file.

    Raises:
        UnprocessableError: If the file is empty, damaged or not an image.
        UnsupportedError: If the image is of a kind that is not taken.
        TooLargeError: If it has too many pixels.
    """
    return _to_upright_rgb(_open(content))


def clean_file_name(file_name: str) -> str:
    r"""Return the last part of a path without control characters, never empty.

    Example:
        >>> clean_file_name(r"C:\photos\Käse.jpg")
        'Käse.jpg'
    """
    last = PurePosixPath(file_name.replace("\\", "/")).name
    printable = "".join(sign for sign in last if sign.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "image"


def _open(content: bytes) -> Image.Image:
    if not content:
        raise UnprocessableError(
            "file_empty", "an image file must have content, got 0 bytes", "choose the file again"
        )
    try:
        image = Image.open(io.BytesIO(content), formats=ACCEPTED_FORMATS)
    except UnidentifiedImageError as error:
        raise UnprocessableError(
            "not_an_image",
            "the file must be a JPEG, PNG, WebP, TIFF, BMP or GIF image, got something else",
            "convert it to one of these formats",
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse_size("more")
    except Exception as error:  # noqa: BLE001 - damaged files raise nearly everything
        _refuse_damaged(error)
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        _refuse_size(f"{image.width} x {image.height}")
    return image


def _to_upright_rgb(image: Image.Image) -> Image.Image:
    with _refusing_damage(), _READING:
        image.seek(0)
        image.load()
        return _to_rgb(ImageOps.exif_transpose(image))


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    if image.mode in _SIXTEEN_BIT_MODES:
        return Image.fromarray(_SIXTEEN_TO_EIGHT_BIT[np.asarray(image)]).convert("RGB")
    if image.mode == "I":
        return _grey_to_rgb(_wide_integers_to_8_bit(np.asarray(image)))
    if image.mode == "F":
        return _grey_to_rgb(_floats_to_8_bit(np.asarray(image)))
    if image.has_transparency_data:
        transparent = image.convert("RGBA")
        backdrop = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(backdrop, transparent).convert("RGB")
    return image.convert("RGB")


def _wide_integers_to_8_bit(values: NDArray[np.int32]) -> NDArray[np.floating[Any]]:
    # Pillow reads some 16-bit files as 32-bit integers; the values tell which range is meant.
    range_top = 65535.0 if values.min() >= 0 and values.max() <= 65535 else 2147483647.0
    return values * (255.0 / range_top)


def _floats_to_8_bit(values: NDArray[np.float32]) -> NDArray[np.floating[Any]]:
    if not bool(np.isfinite(values).all()) or values.min() < 0 or values.max() > 1:
        raise UnsupportedError(
            "image_range_unknown",
            "an image of floating-point numbers must have values from 0 to 1, got others",
            "save it with 8 or 16 bits per channel",
        )
    return values * 255.0


def _grey_to_rgb(values: NDArray[np.floating[Any]]) -> Image.Image:
    grey = np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)
    return Image.fromarray(grey).convert("RGB")


def _is_shown_as_it_is(image: Image.Image) -> bool:
    # What the annotator sees must be what the model sees, so browsers interpret nothing.
    with _refusing_damage():
        return (
            image.format in _SHOWN_BY_BROWSERS
            and image.mode in _SHOWN_MODES
            and not image.has_transparency_data
            and image.getexif().get(ExifTags.Base.Orientation, _UPRIGHT) == _UPRIGHT
            and (not getattr(image, "is_animated", False) or image.format == "MPO")
        )


@contextlib.contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        yield
    except AppError:
        raise
    except Exception as error:  # noqa: BLE001 - decoders of damaged files raise nearly everything
        _refuse_damaged(error)


def _refuse_size(got: str) -> NoReturn:
    raise TooLargeError(
        "image_too_large",
        f"an image must have at most {MAX_PIXELS // 1_000_000} megapixels and "
        f"{MAX_SIDE} pixels per side, got {got}",
        "scale it down or cut it into tiles",
    )


def _refuse_damaged(error: Exception) -> NoReturn:
    raise UnprocessableError(
        "image_damaged",
        f"the image file must be complete, but reading it failed: {error}",
        "copy the file again, or open it in an image program and save it anew",
    )
