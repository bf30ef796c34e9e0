"""What stands and is written in the rooms of a drawn floor plan, which is no border of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from PIL import ImageDraw, ImageFont

Rect: TypeAlias = tuple[float, float, float, float]
Ink: TypeAlias = tuple[int, int, int]
Brush: TypeAlias = ImageDraw.ImageDraw

NAMES = ("KITCHEN", "Bath", "Bedroom", "Living", "OFFICE", "Hall", "Store", "WC", "Dining", "Study")
LINE = 2
"""Width of lines in pixels of the drawing, which is twice as large as the picture."""
PIECES = 3
LEAST_SIDE, MOST_SIDE = 30.0, 110.0
LETTERS = (18, 34)


def draw_floor(brush: Brush, room: Rect, ink: Ink, random: np.random.Generator) -> None:
    """Draw boards or tiles over a whole room."""
    left, top, right, bottom = room
    pale: Ink = tuple((3 * 235 + tone) // 4 for tone in ink)  # type: ignore[assignment]
    step = float(random.uniform(14, 44))
    is_tiled = bool(random.uniform() < 0.5)
    for x in np.arange(left + step, right, step):
        brush.line((float(x), top, float(x), bottom), fill=pale, width=LINE)
    if is_tiled:
        for y in np.arange(top + step, bottom, step):
            brush.line((left, float(y), right, float(y)), fill=pale, width=LINE)


def draw_furniture(brush: Brush, room: Rect, ink: Ink, random: np.random.Generator) -> None:
    """Draw a few pieces of furniture on places of their own within a room."""
    taken: list[Rect] = []
    for _ in range(int(random.integers(0, PIECES + 1))):
        width, height = random.uniform(LEAST_SIDE, MOST_SIDE, 2)
        space = (room[2] - room[0] - width - 12, room[3] - room[1] - height - 12)
        if min(space) <= 0:
            continue
        left = room[0] + 6 + float(random.uniform(0, space[0]))
        top = room[1] + 6 + float(random.uniform(0, space[1]))
        place = (left, top, left + float(width), top + float(height))
        if any(_overlap(place, other) for other in taken):
            continue
        taken.append(place)
        draw = DRAWERS[int(random.integers(len(DRAWERS)))]
        draw(brush, place, ink)


def draw_name(brush: Brush, room: Rect, ink: Ink, random: np.random.Generator) -> None:
    """Write what a room is and how large."""
    if random.uniform() < 0.25:
        return
    font = ImageFont.load_default(int(random.integers(*LETTERS)))
    area = (room[2] - room[0]) * (room[3] - room[1]) / 6400
    text = f"{NAMES[int(random.integers(len(NAMES)))]}\n{area:.1f} m2"
    middle = ((room[0] + room[2]) / 2, (room[1] + room[3]) / 2)
    brush.multiline_text(middle, text, fill=ink, font=font, anchor="mm", align="center")


def _overlap(one: Rect, other: Rect) -> bool:
    apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
    return not apart


def _bed(brush: Brush, place: Rect, ink: Ink) -> None:
    left, top, right, bottom = place
    brush.rectangle(place, outline=ink, width=LINE)
    brush.rectangle((left + 5, top + 5, right - 5, top + (bottom - top) / 4), outline=ink, width=1)
    brush.line((left, top + (bottom - top) / 3, right, top + (bottom - top) / 3), ink, LINE)


def _table(brush: Brush, place: Rect, ink: Ink) -> None:
    left, top, right, bottom = place
    brush.ellipse((left + 8, top + 8, right - 8, bottom - 8), outline=ink, width=LINE)
    for x in (left, right - 8):
        brush.rectangle((x, (top + bottom) / 2 - 5, x + 8, (top + bottom) / 2 + 5), None, ink, 1)


def _stairs(brush: Brush, place: Rect, ink: Ink) -> None:
    left, top, right, bottom = place
    brush.rectangle(place, outline=ink, width=LINE)
    for x in np.linspace(left, right, 8):
        brush.line((float(x), top, float(x), bottom), fill=ink, width=1)
    brush.line((left, (top + bottom) / 2, right, (top + bottom) / 2), fill=ink, width=1)


def _cupboard(brush: Brush, place: Rect, ink: Ink) -> None:
    left, top, right, bottom = place
    brush.rectangle(place, fill=(214, 210, 200), outline=ink, width=LINE)
    brush.line((left, top, right, bottom), fill=ink, width=1)


def _basin(brush: Brush, place: Rect, ink: Ink) -> None:
    left, top, right, bottom = place
    brush.rounded_rectangle(place, 8, outline=ink, width=LINE)
    brush.ellipse((left + 6, top + 6, right - 6, bottom - 6), outline=ink, width=1)


DRAWERS: tuple[Callable[[Brush, Rect, Ink], None], ...] = (_bed, _table, _stairs, _cupboard, _basin)
