"""A part of an image is named by four whole numbers within it."""

from __future__ import annotations

import pytest

from app.domain.embedding import Crop
from app.errors import InvalidRequestError
from app.schemas.crop_schema import parse_crop, parse_crop_argument


def test_a_part_may_touch_every_border() -> None:
    assert parse_crop([0, 0, 48, 32], (32, 48)) == Crop(0, 0, 48, 32)
    assert parse_crop_argument("32,16,16,16", (32, 48)) == Crop(32, 16, 16, 16)


def test_nothing_named_is_all_of_the_image() -> None:
    assert parse_crop(None, (32, 48)) is None
    assert parse_crop_argument(None, (32, 48)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "0,0,16,16,0",
        "-1,0,16,16",
        "0,0,15,16",
        "33,0,16,16",
        "0,17,16,16",
        "0,0,1e2,16",
        "0,0,9999999999,16",
    ],
)
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequestError, match="crop must be"):
        parse_crop_argument(text, (32, 48))


def test_parts_of_a_pixel_are_refused() -> None:
    with pytest.raises(InvalidRequestError):
        parse_crop([0, 0, 16.5, 16], (32, 48))
