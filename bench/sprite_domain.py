"""Pictures of a game board with exact masks: ``python -m bench.sprite_domain --help``.

Figures of a game, which are drawn on transparent ground, stand on a board of six-sided tiles:
what is seen of each is its mask. They are small, ragged and drawn pixel by pixel, as no
photograph is. The pictures of a free game will do, for example those of Battle for Wesnoth.
"""

from __future__ import annotations

import argparse
import colorsys
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.coco_folder import CocoFolder

Mask: TypeAlias = NDArray[np.bool_]
Kind = TypeVar("Kind", np.uint8, np.bool_)

TILE = 72
COLUMN_STEP = 54
ZOOM = 3
COLUMNS, ROWS = 4, 2
WIDTH, HEIGHT = 180, 144
OVERLAY_SHARE = 0.2
FEWEST, MOST = 3, 6
LEAST_PIXELS = 200
"""Of a figure before the picture is enlarged: less is seen of no figure that is annotated."""
LEAST_COVERED = 0.7
COVERS = 200
"""Opacity from which on a pixel belongs to a piece; shadows are less."""
STANDING = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\+female)?")
"""Names of figures as they stand, not of the steps of a movement."""


@dataclass(frozen=True)
class Pieces:
    """What a board is made of, all (72, 72, 4) RGBA.

    Attributes:
        grounds: Tiles, by the names of what they show.
        overlays: What stands on tiles and is no figure.
        figures: What is annotated.
    """

    grounds: dict[str, list[NDArray[np.uint8]]]
    overlays: list[NDArray[np.uint8]]
    figures: list[NDArray[np.uint8]]


def read_pieces(tiles: Sequence[Path], overlays: Sequence[Path], figures: Sequence[Path]) -> Pieces:
    """Return the pieces in some folders; pictures of other sizes are left out.

    Args:
        tiles: Folders of tiles, opaque but for their corners.
        overlays: Folders of trees, houses and so on.
        figures: Folders of figures.

    Raises:
        ValueError: If there are no tiles or no figures.
    """
    grounds: dict[str, list[NDArray[np.uint8]]] = {}
    for path, piece in _read(tiles):
        if (piece[..., 3] == 255).mean() >= LEAST_COVERED:
            grounds.setdefault(f"{path.parent}/{path.stem.rstrip('0123456789')}", []).append(piece)
    standing = [piece for path, piece in _read(figures) if STANDING.fullmatch(path.stem)]
    if not grounds or not standing:
        raise ValueError(
            f"folders must have tiles and figures of {TILE} x {TILE} pixels, got {len(grounds)} "
            f"kinds of tiles and {len(standing)} figures"
        )
    others = [
        piece for _, piece in _read(overlays) if (piece[..., 3] == 255).mean() < LEAST_COVERED
    ]
    return Pieces(grounds, others, standing)


def draw_board(pieces: Pieces, random: np.random.Generator) -> tuple[NDArray[np.uint8], list[Mask]]:
    """Return a picture, (432, 540, 3) RGB, and what is seen of each of its figures.

    Args:
        pieces: What it is made of.
        random: Says which, and where.
    """
    canvas = np.zeros((HEIGHT + 2 * TILE, WIDTH + 2 * TILE, 3), dtype=np.uint8)
    names = sorted(pieces.grounds)
    two = [names[number] for number in random.integers(len(names), size=2)]
    places = [(column, row) for row in range(-1, ROWS) for column in range(COLUMNS)]
    for place in places:
        kinds = pieces.grounds[two[int(random.random() < 0.3)]]
        _put(canvas, kinds[int(random.integers(len(kinds)))], place)
    count = int(random.integers(FEWEST, MOST + 1))
    taken = {places[number] for number in random.choice(len(places), count, replace=False)}
    masks: list[Mask] = []
    # Lower rows are nearer: what stands there covers what is behind.
    for place in sorted(places, key=lambda place: place[1] + 0.5 * (place[0] % 2)):
        if place in taken:
            figure = pieces.figures[int(random.integers(len(pieces.figures)))]
            seen = _put(canvas, in_team_colour(figure, float(random.random())), place)
            masks = [mask & ~seen for mask in masks] + [seen]
        elif pieces.overlays and random.random() < OVERLAY_SHARE:
            overlay = pieces.overlays[int(random.integers(len(pieces.overlays)))]
            seen = _put(canvas, overlay, place)
            masks = [mask & ~seen for mask in masks]
    shown = [_cut(mask) for mask in masks]
    return _enlarge(_cut(canvas)), [_enlarge(mask) for mask in shown if mask.sum() >= LEAST_PIXELS]


def in_team_colour(figure: NDArray[np.uint8], hue: float) -> NDArray[np.uint8]:
    """Return a figure with its magenta parts, which stand for the player's colour, in a hue.

    Args:
        figure: (72, 72, 4) RGBA.
        hue: From 0 to 1, red to red.
    """
    red, green, blue = (figure[..., channel].astype(int) for channel in range(3))
    is_team = (red >= blue - 40) & (red > green + 60) & (blue > green + 30)
    tint = np.array(colorsys.hsv_to_rgb(hue, 0.8, 1.0))
    coloured = figure.copy()
    coloured[is_team, :3] = np.maximum(red, blue)[is_team, None] * tint
    return coloured


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pictures; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.sprite_domain", description=__doc__)
    add = parser.add_argument
    add("--out", type=Path, required=True, help="folder for images/ and annotations.json")
    add("--tiles", type=Path, required=True, nargs="+", help="folders of tiles")
    add("--overlays", type=Path, default=[], nargs="+", help="folders of trees, houses and so on")
    add("--figures", type=Path, required=True, nargs="+", help="folders of figures")
    add("--count", type=int, default=50, help="pictures")
    add("--seed", type=int, default=0, help="of what stands where")
    options = parser.parse_args(arguments)
    pieces = read_pieces(options.tiles, options.overlays, options.figures)
    target = CocoFolder(options.out, ["figure"])
    random = np.random.default_rng(options.seed)
    for number in range(options.count):
        pixels, masks = draw_board(pieces, random)
        target.add(f"board{number:03}", pixels, [("figure", mask) for mask in masks])
    target.write()
    sys.stderr.write(f"{target.mask_count} masks in {options.out}\n")
    return 0


def _read(folders: Sequence[Path]) -> list[tuple[Path, NDArray[np.uint8]]]:
    found = []
    for path in (path for folder in folders for path in sorted(folder.rglob("*.png"))):
        with Image.open(path) as opened:
            if opened.size == (TILE, TILE):
                found.append((path, np.asarray(opened.convert("RGBA"))))
    return found


def _put(canvas: NDArray[np.uint8], piece: NDArray[np.uint8], place: tuple[int, int]) -> Mask:
    """Draw a piece on a tile of the board, and return where it covers half or more."""
    column, row = place
    left = TILE + column * COLUMN_STEP - TILE // 4
    top = TILE + row * TILE + TILE // 2 * (column % 2)
    window = slice(top, top + TILE), slice(left, left + TILE)
    opacity = piece[..., 3:] / 255
    canvas[window] = np.rint(opacity * piece[..., :3] + (1 - opacity) * canvas[window])
    seen = np.zeros(canvas.shape[:2], dtype=bool)
    seen[window] = piece[..., 3] >= COVERS
    return seen


def _cut(pixels: NDArray[Kind]) -> NDArray[Kind]:
    """Leave out the margin, a tile wide, that pieces may reach into."""
    return pixels[TILE : TILE + HEIGHT, TILE : TILE + WIDTH]


def _enlarge(pixels: NDArray[Kind]) -> NDArray[Kind]:
    return pixels.repeat(ZOOM, axis=0).repeat(ZOOM, axis=1)


if __name__ == "__main__":
    sys.exit(main())
