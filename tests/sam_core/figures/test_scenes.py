from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sam_core.figures.scenes import (
    PHOTOS,
    TARGETS,
    Target,
    load_photos,
    oval,
    target_named,
)
from sam_core.figures.style import FigureError


def test_an_oval_has_its_middle_and_its_radii() -> None:
    outline = np.array(oval(10, 20, 3, 5))
    assert np.allclose(outline.mean(axis=0), (10, 20))
    assert np.allclose(np.ptp(outline, axis=0), (6, 10), atol=0.02)


def test_the_mask_of_a_target_is_the_union_of_its_outlines() -> None:
    target = Target("two", "any", (((0, 0), (3, 0), (3, 3), (0, 3)), oval(15, 5, 3, 3)))
    mask = target.mask((12, 20))
    assert mask.shape == (12, 20)
    assert mask[1, 1]
    assert mask[5, 15]
    assert not mask[5, 9]


def test_every_target_lies_in_its_photograph_and_has_a_name_of_its_own() -> None:
    photos = load_photos()
    assert len({target.name for target in TARGETS}) == len(TARGETS)
    for target in TARGETS:
        size = photos[target.photo].shape
        mask = target.mask((size[0], size[1]))
        assert 100 < mask.sum() < 0.7 * mask.size, target.name


def test_a_target_is_found_by_name_and_an_unknown_one_refused() -> None:
    assert target_named("cup").photo == "coffee"
    with pytest.raises(FigureError, match="got 'spoon'"):
        target_named("spoon")


def test_photographs_of_the_first_folder_win(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, names, value in ((first, PHOTOS[:1], 10), (second, PHOTOS, 200)):
        folder.mkdir()
        for name in names:
            Image.new("L", (4, 3), value).save(folder / f"{name}.png")
    photos = load_photos((first, second))
    assert [int(photos[name][0, 0, 0]) for name in PHOTOS] == [10, 200, 200, 200, 200]
    assert photos["coins"].shape == (3, 4, 3)


def test_a_missing_photograph_is_named(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"images must hold astronaut\.jpg"):
        load_photos((tmp_path,))
