"""When there is enough to learn from."""

from __future__ import annotations

import pytest

from app.domain.tuning import LEAST_IMAGES, LEAST_MASKS, TuningMaterial


@pytest.mark.parametrize(
    ("images", "masks", "is_enough"),
    [
        (LEAST_IMAGES, LEAST_MASKS, True),
        (LEAST_IMAGES - 1, LEAST_MASKS, False),
        (LEAST_IMAGES, LEAST_MASKS - 1, False),
    ],
)
def test_images_kept_apart_count_too(images: int, masks: int, is_enough: bool) -> None:
    assert TuningMaterial(images - 2, masks - 5, 2, 5).is_enough is is_enough
