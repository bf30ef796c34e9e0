"""A part of an image, as four whole numbers."""

from typing import Any

from app.domain.embedding import Crop
from app.errors import InvalidRequestError
from app.schemas.json_object import check_integer

SMALLEST_SIDE = 16


def parse_crop(values: list[Any] | None, size_hw: tuple[int, int]) -> Crop | None:
    """Return the part of an image that was named.

    Args:
        values: ``[x, y, width, height]`` in whole pixels; ``None`` for all of the image.
        size_hw: Height and width of the upright image.

    Raises:
        InvalidRequestError: If it is no such part, or smaller than 16 pixels a side.
    """
    if values is None:
        return None
    numbers = [check_integer(value, "crop") for value in values]
    height, width = size_hw
    match numbers:
        case [x, y, w, h] if (
            min(x, y) >= 0 and min(w, h) >= SMALLEST_SIDE and x + w <= width and y + h <= height
        ):
            return Crop(x, y, w, h)
    raise InvalidRequestError(
        "field_invalid",
        f"crop must be x, y, width, height within {width} x {height} pixels and at least "
        f"{SMALLEST_SIDE} pixels a side, got {numbers[:8]}",
        "name a part of the upright image in whole pixels, or leave crop out",
    )


def parse_crop_argument(text: str | None, size_hw: tuple[int, int]) -> Crop | None:
    """Return the part of an image that ``?crop=x,y,width,height`` names.

    Raises:
        InvalidRequestError: If it is no such part.
    """
    if text is None:
        return None
    parts = text.split(",")
    is_whole = all(part.isascii() and part.isdigit() and len(part) <= 9 for part in parts)
    return parse_crop([int(part) for part in parts] if is_whole else [], size_hw)
