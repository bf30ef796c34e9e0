"""Furniture, floors and names stay within their room."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from bench.plan_furniture import DRAWERS, draw_floor, draw_furniture, draw_name

ROOM = (60.0, 50.0, 460.0, 350.0)
INK = (20, 20, 40)
SIZE = (520, 400)


def _drawn(picture: Image.Image) -> NDArray[np.bool_]:
    pixels: NDArray[np.uint8] = np.asarray(picture)
    drawn: NDArray[np.bool_] = pixels.min(axis=2) < 255
    return drawn


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, "white")
    return picture, ImageDraw.Draw(picture)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_leaves_the_room(seed: int) -> None:
    picture, brush = _blank()
    random = np.random.default_rng(seed)

    draw_floor(brush, ROOM, INK, random)
    draw_furniture(brush, ROOM, INK, random)
    draw_name(brush, ROOM, INK, random)

    marks = _drawn(picture)
    left, top, right, bottom = (int(side) for side in ROOM)
    assert marks.any()
    marks[top - 1 : bottom + 2, left - 1 : right + 2] = False
    assert not marks.any()


@pytest.mark.parametrize("draw", DRAWERS)
def test_every_piece_fills_its_place(draw: object) -> None:
    picture, brush = _blank()

    assert callable(draw)
    draw(brush, (100.0, 100.0, 200.0, 180.0), INK)

    rows, columns = np.nonzero(_drawn(picture))
    assert (columns.min(), columns.max()) == (100, 200)
    assert rows.max() - rows.min() > 30


def test_a_room_that_is_too_small_stays_empty() -> None:
    picture, brush = _blank()

    for seed in range(5):
        draw_furniture(brush, (10.0, 10.0, 40.0, 40.0), INK, np.random.default_rng(seed))

    assert not _drawn(picture).any()
