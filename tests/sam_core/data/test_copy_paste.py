"""Copy-paste: pixels, borders and the masks below."""

import numpy as np
import pytest

from sam_core.data.copy_paste import Cutout, cut_out, paste
from sam_core.data.scene import Scene

SIDE = 64


@pytest.fixture
def ground() -> Scene:
    """A grey canvas whose lower quarter is padding, with one object over all of the rest."""
    pixels = np.full((SIDE, SIDE, 3), 90, dtype=np.uint8)
    pixels[48:] = 0
    masks = np.zeros((1, 16, 16), dtype=bool)
    masks[0, :12] = True
    return Scene(pixels, masks, (48, SIDE))


def white_square(soft: bool) -> Cutout:
    coverage = np.zeros((SIDE, SIDE), dtype=np.float32)
    coverage[20:36, 20:36] = 1
    cutout = cut_out(np.full((SIDE, SIDE, 3), 255, dtype=np.uint8), coverage, soft)
    assert cutout is not None
    return cutout


@pytest.mark.parametrize("seed", range(10))
def test_masks_below_are_cut_and_the_object_gets_a_mask(ground: Scene, seed: int) -> None:
    pasted = paste(ground, [white_square(soft=False)], np.random.default_rng(seed))
    below, above = pasted.masks
    assert not (below & above).any()
    assert np.array_equal(below | above, ground.masks[0])
    assert (pasted.pixels == 255).all(axis=2).sum() == 16 * 16
    assert above.sum() == pytest.approx(16, abs=9)


def test_nothing_is_pasted_onto_the_padding(ground: Scene) -> None:
    for seed in range(10):
        pasted = paste(ground, [white_square(soft=True)], np.random.default_rng(seed))
        assert not pasted.pixels[48:].any()


def test_the_scene_itself_is_not_changed(ground: Scene) -> None:
    before = ground.pixels.copy()
    paste(ground, [white_square(soft=False)], np.random.default_rng(0))
    assert np.array_equal(ground.pixels, before)


def test_later_objects_hide_earlier_ones(ground: Scene) -> None:
    squares = [white_square(soft=False)] * 3
    masks = paste(ground, squares, np.random.default_rng(1)).masks
    assert len(masks) == 4
    assert masks.sum(axis=0).max() == 1


def test_a_soft_border_fades_and_a_hard_one_does_not() -> None:
    assert set(np.unique(white_square(soft=False).alpha)) == {0.0, 1.0}
    soft = white_square(soft=True).alpha
    assert ((soft > 0.05) & (soft < 0.95)).any()
    assert soft.sum() == pytest.approx(256, rel=0.03)


@pytest.mark.parametrize("share", [0.01, 0.5])
def test_specks_and_backgrounds_are_not_cut_out(share: float) -> None:
    coverage = np.zeros((SIDE, SIDE), dtype=np.float32)
    coverage[: max(1, int(share * SIDE))] = 1
    assert cut_out(np.zeros((SIDE, SIDE, 3), dtype=np.uint8), coverage, False) is None


def test_an_object_larger_than_the_drawn_part_is_cropped(ground: Scene) -> None:
    small = ground._replace(drawn_hw=(8, 8))
    pasted = paste(small, [white_square(soft=False)], np.random.default_rng(0))
    assert (pasted.pixels[8:] == ground.pixels[8:]).all()
