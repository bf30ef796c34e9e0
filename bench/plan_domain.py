"""Floor plans with exact masks of their rooms: ``python -m bench.plan_domain --help``.

A drawing program makes real plans, so drawn ones are no imitation: walls that are black, grey,
hatched or hollow, doors that leave gaps, windows, furniture, patterns of floors, names and
dimensions, printed and scanned. What an annotator of plans outlines is a room: up to its walls,
furniture and letters included, closed at its doors. No photograph teaches that.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from bench.coco_folder import CocoFolder
from bench.plan_furniture import draw_floor, draw_furniture, draw_name

Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the picture."""

SIZES = ((640, 480), (480, 640), (600, 600), (720, 480))
FINE = 2
"""Plans are drawn so much larger, and made smaller with their lines smoothed."""
MARGIN = 60
LEAST_ROOM = 84
WALLS = (4.0, 12.0)
DOOR = 26.0
STYLES = ("black", "grey", "hatched", "hollow")
PAPER = ((255, 255, 255), (250, 246, 232), (238, 241, 245), (226, 233, 246))
MOST_TURNED = 2.5
"""Degrees."""


@dataclass(frozen=True)
class Style:
    """What all rooms of a plan share.

    Attributes:
        walls: One of ``STYLES``.
        thickness: Of the walls, in pixels.
        ink: Colour of lines and letters.
        paper: Colour of the ground.
        has_floors: Whether some floors have a pattern.
    """

    walls: str
    thickness: float
    ink: tuple[int, int, int]
    paper: tuple[int, int, int]
    has_floors: bool


def split_rooms(whole: Rect, random: np.random.Generator) -> list[Rect]:
    """Return rooms that cover a rectangle, by cuts that go from wall to wall."""
    left, top, right, bottom = whole
    width, height = right - left, bottom - top
    may_cut = [side >= 2 * LEAST_ROOM for side in (width, height)]
    is_small = max(width, height) < 4 * LEAST_ROOM and random.uniform() < 0.25
    if not any(may_cut) or is_small:
        return [whole]
    across = may_cut[0] and (not may_cut[1] or random.uniform() < width / (width + height))
    low, high = (left, right) if across else (top, bottom)
    at = float(random.uniform(low + LEAST_ROOM, high - LEAST_ROOM))
    first = (left, top, at, bottom) if across else (left, top, right, at)
    second = (at, top, right, bottom) if across else (left, at, right, bottom)
    return [*split_rooms(first, random), *split_rooms(second, random)]


def draw_plan(
    random: np.random.Generator,
) -> tuple[NDArray[np.uint8], list[tuple[str, NDArray[np.bool_]]]]:
    """Return a plan, (height, width, 3) RGB, and the masks of its rooms."""
    width, height = SIZES[int(random.integers(len(SIZES)))]
    style = _draw_style(random)
    picture = Image.new("RGB", (width * FINE, height * FINE), style.paper)
    brush = ImageDraw.Draw(picture)
    left, top = random.uniform(MARGIN / 2, MARGIN, 2)
    right, bottom = (width, height) - random.uniform(MARGIN / 2, MARGIN, 2)
    rooms = split_rooms((left, top, right, bottom), random)
    half = style.thickness / 2
    inner = [(a + half, b + half, c - half, d - half) for a, b, c, d in rooms]
    for room in inner:
        if style.has_floors and random.uniform() < 0.5:
            draw_floor(brush, scaled(room), style.ink, random)
    _draw_walls(picture, rooms, inner, style)
    for room in rooms:
        _draw_openings(brush, room, style, (left, top, right, bottom), random)
    for room in inner:
        draw_furniture(brush, scaled(room), style.ink, random)
        draw_name(brush, scaled(room), style.ink, random)
    _draw_dimensions(brush, rooms, (left, top, right, bottom), style)
    turn = float(random.uniform(-MOST_TURNED, MOST_TURNED))
    masks = [("room", _mask_of(room, (width, height), turn)) for room in inner]
    turned = picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=style.paper)
    small = turned.resize((width, height), Image.Resampling.BOX)
    return _scan(small, random), masks


def scaled(rect: Rect) -> Rect:
    """Return a rectangle in pixels of the larger drawing."""
    left, top, right, bottom = rect
    return left * FINE, top * FINE, right * FINE, bottom * FINE


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the plans; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.plan_domain", description=__doc__)
    add = parser.add_argument
    add("--out", type=Path, required=True, help="folder for images/ and annotations.json")
    add("--count", type=int, default=50, help="plans")
    add("--seed", type=int, default=0, help="of everything that differs between them")
    options = parser.parse_args(arguments)
    target = CocoFolder(options.out, ("room",))
    for number in range(options.count):
        pixels, masks = draw_plan(np.random.default_rng([options.seed, number]))
        target.add(f"seed{options.seed}-plan{number:03}", pixels, masks)
    target.write()
    sys.stderr.write(f"{target.mask_count} rooms in {options.out}\n")
    return 0


def _draw_style(random: np.random.Generator) -> Style:
    shade = int(random.integers(0, 70))
    return Style(
        walls=STYLES[int(random.integers(len(STYLES)))],
        thickness=float(random.uniform(*WALLS)),
        ink=(shade, shade, int(shade + random.integers(0, 60))),
        paper=PAPER[int(random.integers(len(PAPER)))],
        has_floors=bool(random.uniform() < 0.5),
    )


def _draw_walls(
    picture: Image.Image, rooms: Sequence[Rect], inner: Sequence[Rect], style: Style
) -> None:
    solid = Image.new("L", picture.size, 0)
    brush = ImageDraw.Draw(solid)
    half = style.thickness / 2
    for left, top, right, bottom in rooms:
        brush.rectangle(scaled((left - half, top - half, right + half, bottom + half)), fill=255)
    for room in inner:
        brush.rectangle(scaled(room), fill=0)
    if style.walls == "black":
        fill = Image.new("RGB", picture.size, style.ink)
    elif style.walls == "grey":
        fill = Image.new("RGB", picture.size, (150, 150, 150))
    else:
        fill = Image.new("RGB", picture.size, style.paper)
        if style.walls == "hatched":
            lines = ImageDraw.Draw(fill)
            reach = sum(picture.size)
            for start in range(0, reach, 4 * FINE):
                lines.line((start, 0, start - reach, reach), fill=style.ink, width=1)
    picture.paste(fill, mask=solid)
    edges = ImageDraw.Draw(picture)
    for room in inner:
        edges.rectangle(scaled(room), outline=style.ink, width=FINE)
    hull = [min(r[0] for r in rooms), min(r[1] for r in rooms)]
    hull += [max(r[2] for r in rooms), max(r[3] for r in rooms)]
    outer = (hull[0] - half, hull[1] - half, hull[2] + half, hull[3] + half)
    edges.rectangle(scaled(outer), outline=style.ink, width=FINE)


def _draw_openings(
    brush: ImageDraw.ImageDraw,
    room: Rect,
    style: Style,
    outer: Rect,
    random: np.random.Generator,
) -> None:
    """Draw a door into the right or the lower wall, and windows where the wall is an outer one."""
    left, top, right, bottom = room
    half = style.thickness / 2
    for upright in (True, False):
        start, end = (top, bottom) if upright else (left, right)
        line = right if upright else bottom
        is_outer = line == (outer[2] if upright else outer[3])
        at = float(random.uniform(start + half + 6, end - half - 6 - DOOR))
        gap = _along(upright, line, at, at + DOOR, half + 1)
        if is_outer:
            brush.rectangle(scaled(gap), fill=style.paper, outline=style.ink, width=FINE)
            thin = _along(upright, line, at, at + DOOR, half / 3)
            brush.rectangle(scaled(thin), outline=style.ink, width=1)
        elif random.uniform() < 0.7:
            brush.rectangle(scaled(gap), fill=style.paper)
            hinge = (line, at) if upright else (at, line)
            circle = (hinge[0] - DOOR, hinge[1] - DOOR, hinge[0] + DOOR, hinge[1] + DOOR)
            angles = (90, 180) if upright else (270, 360)
            brush.arc(scaled(circle), *angles, fill=style.ink, width=FINE)
            leaf = (line - DOOR, at) if upright else (at, line - DOOR)
            ends = scaled((*hinge, *leaf))
            brush.line(ends, fill=style.ink, width=FINE)


def _along(upright: bool, line: float, start: float, end: float, half: float) -> Rect:
    """Return the piece of a wall between two places."""
    if upright:
        return line - half, start, line + half, end
    return start, line - half, end, line + half


def _draw_dimensions(
    brush: ImageDraw.ImageDraw, rooms: Sequence[Rect], outer: Rect, style: Style
) -> None:
    """Draw lengths above and beside the plan, as far as its outer walls reach."""
    left, top = outer[0], outer[1]
    for upright in (True, False):
        marks = sorted({room[1] if upright else room[0] for room in rooms})
        marks.append(outer[3] if upright else outer[2])
        line = left - 20 if upright else top - 20
        ends = (line, marks[0], line, marks[-1]) if upright else (marks[0], line, marks[-1], line)
        brush.line(scaled(ends), fill=style.ink, width=1)
        for mark in marks:
            tick = (line - 3, mark, line + 3, mark) if upright else (mark, line - 3, mark, line + 3)
            brush.line(scaled(tick), fill=style.ink, width=FINE)


def _mask_of(room: Rect, size: tuple[int, int], turn: float) -> NDArray[np.bool_]:
    width, height = size
    canvas = Image.new("L", (width * FINE, height * FINE), 0)
    ImageDraw.Draw(canvas).rectangle(scaled(room), fill=255)
    turned = canvas.rotate(turn, Image.Resampling.BICUBIC)
    return np.asarray(turned.resize(size, Image.Resampling.BOX)) >= 128


def _scan(picture: Image.Image, random: np.random.Generator) -> NDArray[np.uint8]:
    """Return a picture as a scanner gives it: uneven light, grain, and compressed."""
    pixels = np.asarray(picture, dtype=np.float32)
    height, width = pixels.shape[:2]
    slope = np.linspace(-1, 1, width)[None, :, None] * random.uniform(-8, 8)
    slope = slope + np.linspace(-1, 1, height)[:, None, None] * random.uniform(-8, 8)
    grain = random.normal(0, random.uniform(1, 7), (height, width, 1))
    scanned = Image.fromarray(np.clip(pixels + slope + grain, 0, 255).astype(np.uint8))
    with io.BytesIO() as file:
        scanned.save(file, "JPEG", quality=int(random.integers(55, 90)))
        return np.asarray(Image.open(io.BytesIO(file.getvalue())).convert("RGB"))


if __name__ == "__main__":
    sys.exit(main())
