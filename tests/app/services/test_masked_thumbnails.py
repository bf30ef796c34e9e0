"""Thumbnails show the masks as they are now."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from app.context import AppContext
from app.domain.annotation import Annotation
from app.domain.category import CategoryContent
from app.services.exact_mask import check_mask
from app.services.masked_thumbnails import draw_mask
from tests.helpers.app_fixtures import content, rectangle_mask


def shown(context: AppContext, image_id: int) -> tuple[str, np.ndarray]:
    file = context.masked_thumbnails.get(context.images.get(image_id))
    return file.etag, np.asarray(Image.open(file.path)).astype(int)


def test_a_mask_appears_changes_its_colour_and_goes(context: AppContext, image_id: int) -> None:
    plain_tag, plain = shown(context, image_id)
    kept, _ = context.annotations.add(image_id, content())
    first_tag, first = shown(context, image_id)
    assert np.abs(first - plain)[6:10, 8:16].mean() > 20
    assert np.abs(first - plain)[20:, 30:].mean() < 5
    context.categories.update(1, CategoryContent("object", color="#0000ff"))
    second_tag, second = shown(context, image_id)
    assert second[6:10, 8:16, 2].mean() > first[6:10, 8:16, 2].mean()
    context.annotations.delete(kept.id, None)
    assert shown(context, image_id)[0] == plain_tag
    assert len({plain_tag, first_tag, second_tag}) == 3


def test_only_the_newest_picture_is_kept(context: AppContext, image_id: int) -> None:
    for _ in range(3):
        context.annotations.add(image_id, content())
        file = context.masked_thumbnails.get(context.images.get(image_id))
    assert list(file.path.parent.iterdir()) == [file.path]


def test_a_mask_smaller_than_a_pixel_of_the_picture_is_a_dot() -> None:
    mask, measures = check_mask(rectangle_mask(320, 480, (241, 161, 242, 162)), (320, 480))
    said = replace(content(), mask=mask)
    annotation = Annotation(1, 1, said, measures, False, "", "", 1, False)
    pixels = np.zeros((32, 48, 3), dtype=np.uint8)
    draw_mask(pixels, annotation, "#ff0000")
    assert np.argwhere(pixels.any(axis=2)).tolist() == [[16, 24]]
