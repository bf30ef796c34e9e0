"""A store with accepted masks that the tiny model can learn from."""

from __future__ import annotations

import numpy as np

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.prompts import Point, Prompts
from app.services.image_library import ImageLibrary
from app.storage.annotation_store import AnnotationStore
from app.storage.image_store import ImageStore
from app.storage.store import Store
from sam_core.masks.rle import encode_rle, rle_area, rle_bbox
from tests.helpers.app_fixtures import content
from tests.helpers.sample_images import encode, noise

HEIGHT, WIDTH = 32, 48


def box_mask(left: int, top: int, size: int = 10) -> tuple[CocoRle, MaskMeasures]:
    """Return a square mask with its measures."""
    pixels = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
    pixels[top : top + size, left : left + size] = True
    code = encode_rle(pixels)
    left_, top_, width, height = rle_bbox(code)
    return CocoRle(HEIGHT, WIDTH, code["counts"]), MaskMeasures(
        rle_area(code), (left_, top_, width, height)
    )


def teach(store: Store, images: int = 10, masks: int = 5, project_id: int | None = None) -> None:
    """Add images with clicked masks."""
    library = ImageLibrary(ImageStore(store.database), store.files, store.files.root, 10**7)
    annotations = AnnotationStore(store.database)
    for number in range(images):
        picture = encode(noise(WIDTH, HEIGHT, number))
        image, _ = library.add(f"{number}.png", picture, project_id)
        for place in range(masks):
            left, top = 2 + 8 * place, 4 + 2 * place
            mask, measures = box_mask(left, top)
            prompts = Prompts(points=(Point(left + 5.0, top + 5.0, 1),))
            annotations.add(image.id, content(mask=mask, prompts=prompts), measures)
