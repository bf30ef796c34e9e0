"""Forty small scenes of shaded, textured shapes with exact masks, the same on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from sam_core.data import CocoMaskDataset
from sam_core.masks.rle import encode_rle

SCENES = 40
SIZES_HW = ((240, 320), (320, 240), (256, 256), (200, 336))
LEAST_VISIBLE_PIXELS = 150
LEAST_COLOUR_DISTANCE = 60.0

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Scene(NamedTuple):
    """A picture and what is visible of each of its objects."""

    pixels: NDArray[np.uint8]
    """(height, width, 3) RGB"""
    masks: list[Mask]
    """Two or three of (height, width)"""
    kind: str
    """``plain`` or ``textured``"""


def draw_scene(number: int) -> Scene:
    """Return one scene; the number is the seed, and every second scene is textured."""
    random = np.random.default_rng([3, number])
    height, width = SIZES_HW[number % len(SIZES_HW)]
    is_textured = number % 2 == 1
    ground_colour = random.uniform(30, 225, 3)
    canvas = _surface(random, ground_colour, (height, width), is_textured)
    masks: list[Mask] = []
    wanted = 2 + number % 3 // 2
    while len(masks) < wanted:
        shape = _shape(random, height, width)
        left_of_others = [mask & ~shape for mask in masks]
        if min(int(mask.sum()) for mask in (shape, *left_of_others)) < LEAST_VISIBLE_PIXELS:
            continue  # too little of something would be seen
        colour = _distinct_colour(random, ground_colour)
        surface = _surface(random, colour, (height, width), is_textured)
        # A border of about one pixel that is half object, half ground, as a lens gives it.
        cover = ndimage.gaussian_filter(shape.astype(float), 0.7)[..., None]
        canvas = cover * surface + (1 - cover) * canvas
        masks = [*left_of_others, shape]
    grain = random.normal(0, 4, canvas.shape)
    pixels = np.clip(canvas + grain, 0, 255).round().astype(np.uint8)
    return Scene(pixels, masks, "textured" if is_textured else "plain")


def write_scenes(folder: Path, count: int = SCENES) -> CocoMaskDataset:
    """Write scenes as PNG files with a COCO file, and return them as a data set."""
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number in range(count):
        scene = draw_scene(number)
        name = f"{number:02d}.png"
        Image.fromarray(scene.pixels).save(folder / name)
        height, width = scene.pixels.shape[:2]
        size = {"height": height, "width": width}
        images.append({"id": number, "file_name": name, "source": scene.kind, **size})
        for mask in scene.masks:
            code = {"id": len(annotations), "image_id": number, "segmentation": encode_rle(mask)}
            annotations.append({**code, "area": int(mask.sum())})
    document = {"images": images, "annotations": annotations}
    (folder / "scenes.json").write_text(json.dumps(document), encoding="utf-8")
    return CocoMaskDataset(folder, folder / "scenes.json")


def _shape(random: np.random.Generator, height: int, width: int) -> Mask:
    """Return a blob, a rectangle or a ring of any size, some of it perhaps beside the picture."""
    row, column = np.mgrid[:height, :width].astype(float)
    row = row + 0.5 - random.uniform(0.15, 0.85) * height
    column = column + 0.5 - random.uniform(0.15, 0.85) * width
    radius = min(height, width) * 0.06 * 6 ** random.uniform(0, 1)
    turn, stretch = random.uniform(0, np.pi), random.uniform(0.55, 1.0)
    along = row * np.sin(turn) + column * np.cos(turn)
    across = (row * np.cos(turn) - column * np.sin(turn)) / stretch
    kind = random.integers(3)
    if kind == 0:
        inside = np.maximum(np.abs(along), np.abs(across)) < 0.85 * radius
    else:
        angle = np.arctan2(across, along)
        waves = sum(
            random.uniform(0, 0.25) / order * np.cos(order * angle + random.uniform(0, 6.28))
            for order in range(2, 6)
        )
        distance = np.hypot(along, across)
        inside = distance < radius * (1 + waves)
        if kind == 2 and radius > 20:
            inside &= distance > 0.4 * radius
    return np.asarray(inside)


def _surface(
    random: np.random.Generator, colour: Floats, size: tuple[int, int], is_textured: bool
) -> Floats:
    """Return (height, width, 3) of one colour under a soft light, with blotches or stripes."""
    row, column = np.mgrid[: size[0], : size[1]].astype(float)
    turn = random.uniform(0, 2 * np.pi)
    ramp = (row * np.sin(turn) + column * np.cos(turn)) / max(size)
    light = 1 + random.uniform(0.1, 0.4) * (ramp - ramp.mean())
    if is_textured and random.random() < 0.5:
        period = random.uniform(6, 24)
        light = light + 0.12 * np.sin(2 * np.pi * (row * np.cos(turn) + column) / period)
    elif is_textured:
        blotches = ndimage.gaussian_filter(random.normal(size=size), random.uniform(2, 8))
        light = light + 0.12 * blotches / blotches.std()
    return np.asarray(light[..., None] * colour)


def _distinct_colour(random: np.random.Generator, other: Floats) -> Floats:
    while True:
        colour = random.uniform(20, 235, 3)
        if np.linalg.norm(colour - other) >= LEAST_COLOUR_DISTANCE:
            return colour
