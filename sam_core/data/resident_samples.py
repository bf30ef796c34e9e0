"""Training samples that are drawn on the training device, a whole batch at once."""

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.nn import functional

from sam_core.data.device_colours import change_colours
from sam_core.data.erosion import innermost_points
from sam_core.data.resident_images import ResidentImages
from sam_core.data.resident_views import DeviceViews, draw_views, look, sampling_grid
from sam_core.data.scene import MASK_STRIDE, PADDING_COLOUR
from sam_core.data.training_samples import SampleSettings, TrainingSample

CANDIDATES_PER_MASK = 2
"""Masks that are looked at for each one that is wanted; a view does not show all of them."""
MOST_PASTED = 3
OVERSAMPLE = 2
LARGEST_PASTE = 0.4
"""Share of the canvas that pasted objects may fill; more would leave nothing of the image."""


class _Scenes(NamedTuple):
    """Images and all the masks that may become targets."""

    pixels: Tensor
    """(b, 3, s, s) float, 0 to 255."""
    inside: Tensor
    """(b, 1, s, s) float: 1 on the image, 0 on the padding."""
    masks: Tensor
    """(b, m, s / 4, s / 4) float, coverage in [0, 1]; 0 where there is no mask."""


class ResidentSamples:
    """Draws batches from images that lie on a device.

    The ingredients are those of :class:`TrainingSamples`, less parts, made shapes and
    degradations. A draw uses torch's random numbers, so ``torch.manual_seed`` fixes it.

    Args:
        images: The data set.
        settings: What a sample looks like.
    """

    def __init__(self, images: ResidentImages, settings: SampleSettings) -> None:
        self.images = images
        self.settings = settings
        colour = images.pixels.new_tensor(PADDING_COLOUR, dtype=torch.float32)
        self.padding = colour.reshape(1, 3, 1, 1)
        self.most_masks = int(images.masks_of.max())

    @torch.no_grad()
    def draw(self, batch: int) -> TrainingSample:
        """Return a batch: uint8 images (b, 3, s, s), masks (b, k, t, t), centres (b, k, 2)."""
        settings = self.settings
        scenes = self._look_at(self._choose_images(batch))
        usable = self._is_usable(scenes.masks)
        chosen, found = _first_true(usable, settings.masks_per_image)
        masks = scenes.masks.gather(1, chosen[..., None, None].expand(-1, -1, *_size(scenes.masks)))
        masks = self._merge(masks)
        changed = change_colours(scenes.pixels, settings.colour_jitter)
        pixels = torch.lerp(self.padding, changed, scenes.inside)
        # An image without a usable mask lends its place to one that has some.
        stand_in = _stand_ins(found)
        return TrainingSample(
            pixels[stand_in].round().clamp(0, 255).to(torch.uint8),
            masks[stand_in],
            innermost_points(masks[stand_in]),
        )

    def _choose_images(self, batch: int) -> Int[Tensor, " b"]:
        device = self.images.pixels.device
        return torch.randint(len(self.images.pixels), (batch,), device=device)

    def _look_at(self, index: Int[Tensor, " b"]) -> _Scenes:
        settings, images = self.settings, self.images
        side = images.pixels.shape[-1]
        canvas, cells = settings.image_size, settings.image_size // MASK_STRIDE
        views = draw_views(images.sizes[index], canvas, settings.scale_range, settings.turn_share)
        grid, covered = sampling_grid(views, canvas, canvas * OVERSAMPLE, side)
        pixels, inside = look(images.pixels[index].float(), grid, covered, OVERSAMPLE)
        stored = self._choose_masks(index)
        grid, covered = sampling_grid(views, canvas, cells * OVERSAMPLE, side)
        masks, _ = look(stored, grid, covered, OVERSAMPLE)
        scenes = _Scenes(pixels, inside, masks)
        if settings.copy_paste_share:
            scenes = self._paste(scenes, stored, views)
        return scenes

    def _choose_masks(self, index: Int[Tensor, " b"]) -> Float[Tensor, "b m h w"]:
        images = self.images
        wanted = CANDIDATES_PER_MASK * self.settings.masks_per_image
        order = torch.rand(len(index), self.most_masks, device=index.device)
        number = torch.arange(self.most_masks, device=index.device)
        order = order + (
            number >= images.masks_of[index, None]
        )  # masks that are not there come last
        place = order.argsort(dim=1)[:, :wanted]
        exists = place < images.masks_of[index, None]
        stored = images.masks[images.first[index, None] + torch.where(exists, place, 0)]
        return stored * (exists[..., None, None] / 255)

    def _paste(self, scenes: _Scenes, stored: Tensor, views: DeviceViews) -> _Scenes:
        """Put objects of the next image of the batch on some of the images."""
        settings = self.settings
        canvas, side = settings.image_size, self.images.pixels.shape[-1]
        batch = len(stored)
        most = torch.randint(1, MOST_PASTED + 1, (batch, 1, 1, 1), device=stored.device)
        most = most * (torch.rand_like(most, dtype=torch.float32) < settings.copy_paste_share)
        number = torch.arange(MOST_PASTED, device=stored.device).reshape(1, -1, 1, 1)
        grid, covered = sampling_grid(views, canvas, canvas, side)
        fine, _ = look(stored[:, :MOST_PASTED], grid, covered, 1)
        is_small = (fine >= 0.5).float().mean(dim=(-2, -1), keepdim=True) < LARGEST_PASTE
        pasted = (number < most) * is_small.roll(1, 0)
        inside = functional.avg_pool2d(scenes.inside, MASK_STRIDE)
        fine = fine.roll(1, 0) * pasted * scenes.inside
        coarse = scenes.masks[:, :MOST_PASTED].roll(1, 0) * pasted * inside
        pixels = torch.lerp(scenes.pixels, scenes.pixels.roll(1, 0), fine.amax(dim=1, keepdim=True))
        seen = scenes.masks * (1 - coarse.amax(dim=1, keepdim=True))
        return _Scenes(pixels, scenes.inside, torch.cat([coarse, seen], dim=1))

    def _is_usable(self, masks: Float[Tensor, "b m t t"]) -> Bool[Tensor, "b m"]:
        cells = (masks >= 0.5).sum(dim=(-2, -1))
        most = self.settings.max_share * masks.shape[-2] * masks.shape[-1]
        return (cells >= self.settings.min_cells) & (cells <= most)

    def _merge(self, masks: Float[Tensor, "b k t t"]) -> Float[Tensor, "b k t t"]:
        other = masks.roll(1, 1)
        near = functional.max_pool2d(masks, 3, stride=1, padding=1)
        touches = ((near >= 0.5) & (other >= 0.5)).any(dim=(-2, -1), keepdim=True)
        chosen = torch.rand_like(masks[..., :1, :1]) < self.settings.merge_share
        joined = torch.maximum(masks, other)
        fits = (joined >= 0.5).float().mean(dim=(-2, -1), keepdim=True) <= self.settings.max_share
        if not self.settings.merge_touching:
            touches = torch.ones_like(touches)
        return torch.where(chosen & touches & fits, joined, masks)


def _first_true(
    usable: Bool[Tensor, "b m"], wanted: int
) -> tuple[Int[Tensor, "b k"], Bool[Tensor, " b"]]:
    """Return where the first usable masks are, repeated where there are too few, and if any."""
    order = (~usable).long().argsort(dim=1, stable=True)
    count = usable.sum(dim=1, keepdim=True)
    number = torch.arange(wanted, device=usable.device) % count.clamp(min=1)
    return order.gather(1, number), count[:, 0] > 0


def _stand_ins(found: Bool[Tensor, " b"]) -> Int[Tensor, " b"]:
    number = torch.arange(len(found), device=found.device)
    # Those found come first, so that a number below their count is one of them.
    order = (~found).long().argsort(stable=True)
    return torch.where(found, number, order[number % found.sum().clamp(min=1)])


def _size(masks: Tensor) -> tuple[int, int]:
    return masks.shape[-2], masks.shape[-1]
