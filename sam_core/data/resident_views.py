"""Random views of images that lie on a device: where each output pixel looks."""

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional

MAX_STRETCH = 0.15
"""Largest change of the aspect of a view, as a logarithm."""


class DeviceViews(NamedTuple):
    """One window per image, drawn in the upper left corner of a square canvas.

    ``left_top`` and ``scale`` (output pixels per pixel of the image) map the window to the
    canvas, x before y. ``drawn`` is the part of the canvas that the window covers; what lies
    beside it is padding. A turned view swaps the axes of the canvas, a flipped one runs back.
    """

    left_top: Tensor
    scale: Tensor
    drawn: Tensor
    flipped: Tensor
    """(b, 2) bool: whether x, y of the image run backwards."""
    turned: Tensor
    """(b,) bool: whether the canvas is transposed."""


def draw_views(
    sizes: Float[Tensor, "b 2"],
    canvas: int,
    scale_range: tuple[float, float],
    turn_share: float,
) -> DeviceViews:
    """Return a random view of each image by large-scale jitter.

    Source:
        Ghiasi et al. 2021, arXiv:2012.07177, section 3 (large-scale jitter).

    Args:
        sizes: Height and width of each image.
        canvas: Side of the square model input, in pixels.
        scale_range: Smallest and largest scale; at 1 the long side fills the canvas. Drawn
            uniformly on a logarithmic scale.
        turn_share: Share of views whose axes are swapped, and as many that stand on their head.
    """
    batch, device = len(sizes), sizes.device
    wh = sizes.flip(1)
    low, high = torch.tensor(scale_range).log().tolist()
    jitter = torch.empty(batch, 1, device=device).uniform_(low, high)
    stretch = torch.empty(batch, 1, device=device).uniform_(-MAX_STRETCH / 2, MAX_STRETCH / 2)
    # At a scale of 1 neither axis may leave the canvas, so the longer one sets the measure.
    stretched = wh * torch.cat([stretch, -stretch], dim=1).exp()
    scale = jitter.exp() * canvas * stretched / (wh * stretched.amax(dim=1, keepdim=True))
    window = torch.minimum(wh, canvas / scale)
    left_top = torch.rand(batch, 2, device=device) * (wh - window)
    backwards = torch.rand(batch, 2, device=device)
    flipped = backwards < backwards.new_tensor([0.5, turn_share])
    turned = torch.rand(batch, device=device) < turn_share
    return DeviceViews(left_top, scale, window * scale, flipped, turned)


def sampling_grid(
    views: DeviceViews, canvas: int, samples: int, side: int
) -> tuple[Float[Tensor, "b n n 2"], Bool[Tensor, "b n n"]]:
    """Return where each sample of the canvas lies on the stored image, and which lie on it.

    Args:
        views: One view per image.
        canvas: Side of the square model input, in pixels.
        samples: Samples along each side of the canvas.
        side: Side of the canvas that the images are stored on, in pixels.

    Returns:
        Coordinates as ``grid_sample`` takes them, -1 to 1 over the stored canvas, and
        whether the sample lies inside the window.
    """
    step = canvas / samples
    along = (torch.arange(samples, device=views.scale.device) + 0.5) * step
    along = along.reshape(1, 1, -1)  # (1, axes, n)
    drawn = views.drawn.unsqueeze(-1)
    position = torch.where(views.flipped.unsqueeze(-1), drawn - along, along.expand(-1, 2, -1))
    inside = along < drawn
    source = views.left_top.unsqueeze(-1) + position / views.scale.unsqueeze(-1)
    unit = 2 * source / side - 1  # (b, axes, n)
    x = unit[:, 0, None, :].expand(-1, samples, -1)
    y = unit[:, 1, :, None].expand(-1, -1, samples)
    grid = torch.stack([x, y], dim=-1)
    covered = inside[:, 0, None, :] & inside[:, 1, :, None]
    turned = views.turned.reshape(-1, 1, 1)
    return (
        torch.where(turned.unsqueeze(-1), grid.transpose(1, 2), grid),
        torch.where(turned, covered.transpose(1, 2), covered),
    )


def look(
    stored: Float[Tensor, "b c h w"],
    grid: Float[Tensor, "b n n 2"],
    covered: Bool[Tensor, "b n n"],
    oversample: int,
) -> tuple[Float[Tensor, "b c cells cells"], Float[Tensor, "b 1 cells cells"]]:
    """Return what views show, and the share of each cell that lies on the image.

    Args:
        stored: Images or masks on their canvases, at any resolution.
        grid: Where the samples lie, as :func:`sampling_grid` gives it.
        covered: Which samples lie on the image; what lies beside it counts as 0.
        oversample: Samples per cell along each side; their mean keeps small views free of
            aliasing.
    """
    seen = functional.grid_sample(stored, grid, padding_mode="border", align_corners=False)
    inside = covered.unsqueeze(1).to(seen)
    return (
        functional.avg_pool2d(seen * inside, oversample),
        functional.avg_pool2d(inside, oversample),
    )
