"""Batches that are drawn on a device."""

from pathlib import Path

import pytest
import torch

from sam_core.data import SampleSettings
from sam_core.data.resident_images import ResidentImages, load_resident_images
from sam_core.data.resident_samples import ResidentSamples
from sam_core.data.scene import PADDING_COLOUR
from tests.helpers.synthetic_scenes import write_scenes

PLAIN = SampleSettings(96, 4, scale_range=(1.0, 1.0), colour_jitter=0.0, merge_share=0.0)


@pytest.fixture
def images(tmp_path: Path) -> ResidentImages:
    return load_resident_images(write_scenes(tmp_path, 4), 128, torch.device("cpu"), 0)


def draw(
    images: ResidentImages, settings: SampleSettings, batch: int = 8
) -> tuple[torch.Tensor, ...]:
    torch.manual_seed(3)
    return ResidentSamples(images, settings).draw(batch)


def test_a_batch_has_the_shapes_of_the_loader(images: ResidentImages) -> None:
    pixels, masks, centres = draw(images, PLAIN)
    assert pixels.shape == (8, 3, 96, 96)
    assert pixels.dtype == torch.uint8
    assert masks.shape == (8, 4, 24, 24)
    assert 0 <= masks.min() <= masks.max() <= 1
    assert centres.shape == (8, 4, 2)


def test_every_mask_is_usable_and_holds_its_centre(images: ResidentImages) -> None:
    _, masks, centres = draw(images, PLAIN._replace(scale_range=(0.5, 2.0), min_cells=5))
    cells = (masks >= 0.5).sum(dim=(-2, -1))
    assert cells.min() >= 5
    x, y = centres.floor().long().unbind(-1)
    there = masks.flatten(2).gather(2, (y * 24 + x).unsqueeze(-1))
    assert there.min() >= 0.5


def test_the_same_seed_gives_the_same_batch(images: ResidentImages) -> None:
    settings = PLAIN._replace(colour_jitter=0.4, copy_paste_share=0.5, turn_share=0.2)
    for first, second in zip(draw(images, settings), draw(images, settings), strict=True):
        assert torch.equal(first, second)


def test_padding_has_the_colour_that_the_model_sees_as_padding(images: ResidentImages) -> None:
    pixels = draw(images, PLAIN._replace(scale_range=(0.5, 0.5), colour_jitter=0.4))[0]
    assert pixels[:, :, -1, -1].tolist() == [list(PADDING_COLOUR)] * 8


def test_masks_lie_on_what_is_drawn(images: ResidentImages) -> None:
    """The objects of the scenes differ from their ground, so masks explain the colours."""
    pixels, masks, _ = draw(images, PLAIN)
    small = torch.nn.functional.avg_pool2d(pixels.float(), 4)
    for image, mask in zip(small, masks[:, 0], strict=True):
        inside, outside = mask >= 0.99, mask <= 0.01
        within = image[:, inside].std(dim=1).mean()
        across = (image[:, inside].mean(dim=1) - image[:, outside].mean(dim=1)).abs().mean()
        assert across > 0.2 * within


def test_pasted_objects_change_pixels_and_come_with_their_masks(images: ResidentImages) -> None:
    plain_pixels, _, _ = draw(images, PLAIN)
    pixels, masks, _ = draw(images, PLAIN._replace(copy_paste_share=1.0))
    changed = (pixels.int() - plain_pixels.int()).abs().amax(dim=1) > 40
    assert changed.flatten(1).any(dim=1).any()
    pasted = torch.nn.functional.max_pool2d(changed.float(), 4) > 0
    covered = (masks >= 0.5).any(dim=1)
    assert (pasted & covered).sum() > 0.6 * pasted.sum()


def test_merged_targets_are_larger(images: ResidentImages) -> None:
    alone = draw(images, PLAIN)[1]
    merged = draw(images, PLAIN._replace(merge_share=1.0))[1]
    assert (merged >= alone - 1e-6).all()
    assert merged.sum() > alone.sum()


def test_an_image_without_a_usable_mask_lends_its_place(images: ResidentImages) -> None:
    first = int(images.masks_of[0])
    emptied = images._replace(masks=images.masks.clone())
    emptied.masks[:first] = 0
    pixels, masks, _ = draw(emptied, PLAIN, batch=32)
    assert (masks >= 0.5).flatten(2).any(dim=2).all()
    assert len(pixels) == 32
