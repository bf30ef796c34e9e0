"""Masks of a drawn board are what is seen of its figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bench.sprite_domain import (
    HEIGHT,
    LEAST_PIXELS,
    TILE,
    WIDTH,
    ZOOM,
    draw_board,
    in_team_colour,
    main,
    read_pieces,
)
from sam_core.data import open_dataset

RED, GREEN, BLUE = (250, 0, 0), (0, 250, 0), (0, 0, 250)


def piece(colour: tuple[int, int, int], rows: slice, opacity: int = 255) -> NDArray[np.uint8]:
    drawn = np.zeros((TILE, TILE, 4), dtype=np.uint8)
    drawn[rows] = (*colour, opacity)
    return drawn


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    shadowed = piece(RED, slice(5, 70))
    shadowed[60:, :, 3] = 120
    pieces = {
        "tiles/grass.png": piece(GREEN, slice(None)),
        "tiles/grass2.png": piece(GREEN, slice(None)),
        "trees/tree.png": piece(BLUE, slice(0, 30)),
        "figures/knight.png": shadowed,
        "figures/knight-run-2.png": piece(BLUE, slice(None)),
        "figures/banner.png": piece(RED, slice(None))[:50],
    }
    for name, drawn in pieces.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.fromarray(drawn).save(tmp_path / name)
    return tmp_path


def test_pieces_are_read_by_what_they_are(folders: Path) -> None:
    pieces = read_pieces([folders / "tiles"], [folders / "trees"], [folders / "figures"])
    assert [len(kinds) for kinds in pieces.grounds.values()] == [2]
    assert (len(pieces.overlays), len(pieces.figures)) == (1, 1)


def test_folders_without_figures_are_refused(folders: Path) -> None:
    with pytest.raises(ValueError, match="1 kinds of tiles and 0 figures"):
        read_pieces([folders / "tiles"], [], [folders / "trees" / "none"])


def test_masks_are_what_is_seen_of_the_figures(folders: Path) -> None:
    pieces = read_pieces([folders / "tiles"], [folders / "trees"], [folders / "figures"])
    for seed in range(5):
        pixels, masks = draw_board(pieces, np.random.default_rng(seed))
        assert pixels.shape == (HEIGHT * ZOOM, WIDTH * ZOOM, 3)
        assert masks
        count = np.sum(masks, axis=0)
        assert count.max() == 1
        is_figure = (pixels == RED).all(axis=2)
        assert is_figure[count > 0].all()  # no shadow, and nothing that something else covers
        assert all(mask.sum() >= LEAST_PIXELS * ZOOM**2 for mask in masks)


def test_the_same_seed_draws_the_same_board(folders: Path) -> None:
    pieces = read_pieces([folders / "tiles"], [], [folders / "figures"])
    one, again = (draw_board(pieces, np.random.default_rng(7))[0] for _ in range(2))
    assert (one == again).all()


def test_magenta_parts_take_the_colour_of_the_player() -> None:
    figure = np.array([[[214, 0, 127, 255], [120, 90, 60, 255]]], dtype=np.uint8)
    coloured = in_team_colour(figure, 1 / 3)
    assert coloured[0, 0, 1] > coloured[0, 0, 0]
    assert (coloured[0, 1] == figure[0, 1]).all()


def test_the_command_writes_what_the_benchmark_reads(folders: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    parts = ["--tiles", str(folders / "tiles"), "--figures", str(folders / "figures")]
    assert main(["--out", str(out), *parts, "--count", "3"]) == 0
    data = open_dataset(out / "images", out / "annotations.json")
    assert len(data) == 3
    assert all(data[number].segmentations for number in range(3))
