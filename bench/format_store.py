"""A large store for the benchmark of the formats: many images, many different masks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from sqlalchemy import insert

from app.storage.database import Database, utc_now
from app.storage.tables import AnnotationRow, ImageRow
from sam_core.masks.rle import encode_rle, rle_area, rle_bbox

HEIGHT, WIDTH = 480, 640
_ROWS_AT_ONCE = 10_000
_BOX = ("bbox_x", "bbox_y", "bbox_width", "bbox_height")


def smooth_masks(count: int, seed: int = 0) -> Iterator[NDArray[np.bool_]]:
    """Give masks that look like annotated objects: smooth outlines, some holes and parts.

    Yields:
        A mask of 480 x 640 pixels.
    """
    random = np.random.default_rng(seed)
    for _ in range(count):
        side = int(random.integers(24, 200))
        noise = ndimage.gaussian_filter(random.normal(size=(side, side)), side / 8)
        blob = noise > np.quantile(noise, 0.6)
        mask = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
        top = int(random.integers(0, HEIGHT - side))
        left = int(random.integers(0, WIDTH - side))
        mask[top : top + side, left : left + side] = blob
        yield mask


def awkward_masks(count: int, seed: int = 0) -> Iterator[NDArray[np.bool_]]:
    """Give rings, islands, single pixels, borders and full masks, sizes at random.

    Yields:
        A mask of 480 x 640 pixels.
    """
    random = np.random.default_rng(seed)
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    for number in range(count):
        top, left = int(random.integers(0, HEIGHT)), int(random.integers(0, WIDTH))
        far = (rows - top) ** 2 + (columns - left) ** 2
        radius = int(random.integers(2, 200))
        mask = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
        kind = number % 5
        if kind == 0:
            mask |= (far <= radius**2) & (far > (radius // 2) ** 2)
        elif kind == 1:
            mask |= random.random((HEIGHT, WIDTH)) < 0.001
            mask[top, left] = True
        elif kind == 2:
            mask[top, left] = True
        elif kind == 3:
            mask[:, :1] = mask[:, -1:] = mask[:1] = mask[-1:] = True
            mask[top, left] = True
        else:
            mask[:] = True
            mask[top, left] = bool(random.random() < 0.5)
        yield mask


def fill_store(database: Database, images: int, masks_per_image: int) -> None:
    """Put images and masks into an empty database; their pixels are never asked for."""
    now = utc_now()
    codes = [encode_rle(mask) for mask in smooth_masks(min(500, images * masks_per_image))]
    contents = [
        {
            "counts": code["counts"],
            "area": rle_area(code),
            **dict(
                zip(("bbox_x", "bbox_y", "bbox_width", "bbox_height"), rle_bbox(code), strict=True)
            ),
        }
        for code in codes
    ]
    common = {
        "category_id": 1,
        "mask_height": HEIGHT,
        "mask_width": WIDTH,
        "prompts_json": '{"points": [[10.5, 20.5, 1]], "box": null}',
        "model_id": "0123456789abcdef",
        "predicted_iou": 0.9,
        "author": "",
        "created_at": now,
        "updated_at": now,
        "revision": 1,
    }
    image_rows = (
        {
            "file_name": f"photo_{number:06d}.jpg",
            "width": WIDTH,
            "height": HEIGHT,
            "sha256": f"{number:064x}",
            "byte_count": 1,
            "media_type": "image/jpeg",
            "pixels_media_type": "image/jpeg",
            "is_original_shown": True,
            "created_at": now,
            "project_id": 1,
            "state": "new",
        }
        for number in range(1, images + 1)
    )
    endless = cycle(contents)
    mask_rows = (
        {"image_id": image_id, **common, **next(endless)}
        for image_id in range(1, images + 1)
        for _ in range(masks_per_image)
    )
    for table, rows in ((ImageRow, image_rows), (AnnotationRow, mask_rows)):
        while group := list(islice(rows, _ROWS_AT_ONCE)):
            with database.write() as session:
                session.execute(insert(table), group)
