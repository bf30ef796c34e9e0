"""Large photographs have the size asked for, and copies differ in their bytes alone."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from bench.photographs import large_photograph, numbered_copy


def test_a_photograph_has_the_megapixels_and_the_form_of_its_scene() -> None:
    with Image.open(BytesIO(large_photograph("coffee.jpg", 0.5))) as photo:
        assert photo.width * photo.height == pytest.approx(0.5e6, rel=0.01)
        assert photo.width / photo.height == pytest.approx(600 / 400, rel=0.01)


def test_a_copy_has_the_same_pixels_and_other_bytes() -> None:
    content = large_photograph("coffee.jpg", 0.05)
    first, second = numbered_copy(content, 1), numbered_copy(content, 2)
    assert len({content, first, second}) == 3
    pixels = [np.asarray(Image.open(BytesIO(one))) for one in (content, first, second)]
    assert (pixels[0] == pixels[1]).all()
    assert (pixels[0] == pixels[2]).all()
