"""Drawn floor plans: rooms cover the plan, masks show rooms up to their walls, and nothing else."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.plan_domain import LEAST_ROOM, draw_plan, main, split_rooms
from sam_core.masks.rle import decode_rle


@pytest.mark.parametrize("seed", range(5))
def test_rooms_cover_the_plan_once_and_none_is_narrow(seed: int) -> None:
    rooms = split_rooms((10.0, 20.0, 600.0, 450.0), np.random.default_rng(seed))

    areas = [(right - left) * (bottom - top) for left, top, right, bottom in rooms]
    sides = [min(right - left, bottom - top) for left, top, right, bottom in rooms]
    assert sum(areas) == pytest.approx(590 * 430)
    assert min(sides) >= LEAST_ROOM
    assert len(rooms) > 1


def test_a_plan_too_small_to_cut_is_one_room() -> None:
    whole = (0.0, 0.0, 1.5 * LEAST_ROOM, 1.2 * LEAST_ROOM)

    assert split_rooms(whole, np.random.default_rng(0)) == [whole]


@pytest.mark.parametrize("seed", range(4))
def test_masks_are_rooms_apart_with_walls_between_them(seed: int) -> None:
    pixels, masks = draw_plan(np.random.default_rng(seed))

    together = np.sum([mask for _, mask in masks], axis=0)
    assert pixels.shape[:2] == together.shape
    assert pixels.dtype == np.uint8
    assert together.max() == 1
    assert 0.3 < together.mean() < 0.95
    assert {kind for kind, _ in masks} == {"room"}


def test_masks_follow_a_plan_that_lies_askew() -> None:
    """Along the walls of a plan in black the pixels are dark, within most rooms they are not."""
    for seed in range(60):
        pixels, masks = draw_plan(np.random.default_rng(seed))
        grey = pixels.mean(axis=2)
        inside = np.any([mask for _, mask in masks], axis=0)
        rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
        box = np.zeros_like(inside)
        box[rows[5] : rows[-5], columns[5] : columns[-5]] = True
        walls = grey[box & ~inside]
        if np.median(walls) < 80:
            break
    else:
        pytest.fail("one plan of sixty should have black walls")
    assert np.median(grey[inside]) > 200


def test_the_same_seed_draws_the_same_plan() -> None:
    once, again = (draw_plan(np.random.default_rng(7)) for _ in range(2))

    np.testing.assert_array_equal(once[0], again[0])
    assert len(once[1]) == len(again[1])


def test_the_command_writes_pictures_and_masks(tmp_path: Path) -> None:
    assert main(["--out", str(tmp_path), "--count", "2", "--seed", "3"]) == 0

    content = json.loads((tmp_path / "annotations.json").read_text(encoding="utf-8"))
    assert [one["file_name"] for one in content["images"]] == [
        "seed3-plan000.png",
        "seed3-plan001.png",
    ]
    for image in content["images"]:
        with Image.open(tmp_path / "images" / image["file_name"]) as picture:
            assert picture.size == (image["width"], image["height"])
    for annotation in content["annotations"]:
        assert decode_rle(annotation["segmentation"]).sum() == annotation["area"] > 0
