"""Pictures of textured, shaded, overlapping shapes with exact masks, made from a seed."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Bool, Float, UInt8
from PIL import Image, ImageDraw

from sam_core.data.scene import MASK_STRIDE, Scene, shrink
from sam_core.masks.rle import encode_rle

SHAPES = (3, 10)
PART_SHARE = 0.3
"""Share of shapes that carry a smaller one as a part; then the whole includes the part."""
SMOOTH_POINTS = 40


class ShapePicture(NamedTuple):
    """A made picture and the visible pixels of each of its shapes."""

    pixels: UInt8[np.ndarray, "s s 3"]
    masks: Bool[np.ndarray, "n s s"]


def draw_shapes(side: int, rng: np.random.Generator) -> ShapePicture:
    """Return a picture of a few shapes, the later ones over the earlier ones.

    Source:
        The idea of learning outlines from made pictures is that of Shinoda et al. 2023
        (SegRCDB), arXiv:2309.17083; these shapes are simpler.

    Args:
        side: Side of the picture in pixels.
        rng: Source of randomness; the same state gives the same picture.
    """
    pixels = _texture(side, rng)
    masks: list[np.ndarray] = []
    for _ in range(int(rng.integers(*SHAPES))):
        centre = rng.uniform(0, side, 2)
        radius = side * float(np.exp(rng.uniform(np.log(0.05), np.log(0.4))))
        shape = _polygon(side, centre, radius, rng)
        masks = [mask & ~shape for mask in masks]
        _paint(pixels, shape, centre, radius, rng)
        masks.append(shape)
        if rng.random() < PART_SHARE:
            offset = rng.uniform(-0.4, 0.4, 2) * radius
            part = _polygon(side, centre + offset, 0.45 * radius, rng) & shape
            _paint(pixels, part, centre + offset, radius, rng)
            masks.append(part)
    seen = [mask for mask in masks if mask.any()]
    stacked = np.stack(seen) if seen else np.zeros((0, side, side), dtype=bool)
    return ShapePicture(pixels.clip(0, 255).astype(np.uint8), stacked)


def shape_scene(side: int, rng: np.random.Generator) -> Scene:
    """Return a picture of shapes as a scene, its masks at the resolution of targets."""
    picture = draw_shapes(side, rng)
    masks = shrink(picture.masks.transpose(1, 2, 0), MASK_STRIDE) >= 0.5
    return Scene(picture.pixels, masks.transpose(2, 0, 1), (side, side))


def write_shapes_dataset(folder: str | Path, count: int, side: int, seed: int = 0) -> Path:
    """Write a COCO data set of made pictures and return the path of its JSON file.

    Args:
        folder: Where ``1.png``, ``2.png``, ... and ``shapes.json`` go; made if missing.
        count: Number of pictures.
        side: Side of a picture in pixels.
        seed: The same seed gives the same files.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        picture = draw_shapes(side, np.random.default_rng([seed, number]))
        Image.fromarray(picture.pixels).save(folder / f"{number}.png")
        name = f"{number}.png"
        images.append({"id": number, "file_name": name, "height": side, "width": side})
        annotations += [
            {
                "id": len(annotations) + index,
                "image_id": number,
                "category_id": 1,
                "iscrowd": 0,
                "area": int(mask.sum()),
                "segmentation": dict(encode_rle(mask)),
            }
            for index, mask in enumerate(picture.masks, start=1)
        ]
    categories = [{"id": 1, "name": "shape"}]
    document = {"images": images, "annotations": annotations, "categories": categories}
    path = folder / "shapes.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _polygon(
    side: int, centre: Float[np.ndarray, " 2"], radius: float, rng: np.random.Generator
) -> Bool[np.ndarray, "s s"]:
    smooth = rng.random() < 0.6
    points = SMOOTH_POINTS if smooth else int(rng.integers(3, 9))
    angles = np.linspace(0, 2 * np.pi, points, endpoint=False)
    if smooth:
        waves = np.arange(2, 6)
        phases, heights = rng.uniform(0, 2 * np.pi, 4), rng.uniform(0, 0.35, 4) / (waves - 1)
        lengths = 1 + (heights[:, None] * np.sin(waves[:, None] * angles + phases[:, None])).sum(0)
    else:
        angles = angles + rng.uniform(-0.3, 0.3, points)
        lengths = rng.uniform(0.6, 1.2, points)
    stretch, turn = rng.uniform(0.35, 1.0), rng.uniform(0, np.pi)
    x, y = lengths * np.cos(angles), stretch * lengths * np.sin(angles)
    corners = np.column_stack(
        [x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)]
    )
    canvas = Image.new("L", (side, side))
    flat = (centre + radius * corners).ravel().tolist()
    ImageDraw.Draw(canvas).polygon(flat, fill=1)
    return np.asarray(canvas).astype(bool)


def _paint(
    pixels: Float[np.ndarray, "s s 3"],
    shape: Bool[np.ndarray, "s s"],
    centre: Float[np.ndarray, " 2"],
    radius: float,
    rng: np.random.Generator,
) -> None:
    rows, columns = np.nonzero(shape)
    if not len(rows):
        return
    texture = _texture(len(pixels), rng)[rows, columns]
    # A lamp on one side: brighter towards a random direction, as on a rounded body.
    direction = rng.uniform(-1, 1, 2)
    offset = np.column_stack([columns, rows]) - centre
    shade = 1 + 0.35 * (offset @ direction / radius).clip(-1, 1)
    pixels[rows, columns] = texture * shade[:, None]


def _texture(side: int, rng: np.random.Generator) -> Float[np.ndarray, "s s 3"]:
    cells = int(rng.integers(2, max(3, side // 3)))
    grain = rng.integers(0, 256, (cells, cells, 3), dtype=np.uint8)
    if rng.random() < 0.5:  # a grey grain changes brightness only
        grain = np.repeat(grain[..., :1], 3, axis=2)
    if rng.random() < 0.3:  # stripes
        grain = np.broadcast_to(grain[:1], grain.shape)
    large = Image.fromarray(np.ascontiguousarray(grain)).resize(
        (side, side), Image.Resampling.BILINEAR
    )
    strength = rng.uniform(0.05, 0.6)
    colour = rng.uniform(20, 235, 3)
    return np.asarray(colour + strength * (np.asarray(large, dtype=np.float64) - 128))
