"""Colours, blur and noise of a batch of images on a device."""

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

GREY_SHARE = 0.1
BLURRED_SHARE = 0.1
NOISY_SHARE = 0.1
NOISE = 12.0
"""Largest standard deviation of the noise, in 0 to 255."""
LUMA = (0.299, 0.587, 0.114)


def change_colours(pixels: Float[Tensor, "b 3 h w"], strength: float) -> Float[Tensor, "b 3 h w"]:
    """Return images of other brightness, contrast, saturation and tint; some grey or worn.

    Args:
        pixels: RGB in 0 to 255.
        strength: Largest relative change; 0 leaves the images as they are.
    """
    if not strength:
        return pixels
    grey = (pixels * pixels.new_tensor(LUMA).reshape(1, 3, 1, 1)).sum(dim=1, keepdim=True)
    saturation = _factor(pixels, 1, strength)
    saturation = saturation * (torch.rand_like(saturation) >= GREY_SHARE)
    coloured = torch.lerp(grey, pixels, saturation)
    mean = grey.mean(dim=(-2, -1), keepdim=True)
    contrasted = torch.lerp(mean, coloured, _factor(pixels, 1, strength))
    tinted = contrasted * _factor(pixels, 1, strength) * _factor(pixels, 3, strength / 3)
    return _wear(tinted.clamp(0, 255))


def _wear(pixels: Tensor) -> Tensor:
    soft = functional.avg_pool2d(pixels, 3, stride=1, padding=1, count_include_pad=False)
    pixels = torch.lerp(pixels, soft, _chosen(pixels, BLURRED_SHARE))
    noise = NOISE * torch.rand_like(pixels[:, :1, :1, :1]) * torch.randn_like(pixels)
    return (pixels + noise * _chosen(pixels, NOISY_SHARE)).clamp(0, 255)


def _factor(pixels: Tensor, channels: int, strength: float) -> Tensor:
    shape = (len(pixels), channels, 1, 1)
    return torch.empty(shape, device=pixels.device).uniform_(1 - strength, 1 + strength)


def _chosen(pixels: Tensor, share: float) -> Tensor:
    return (torch.rand_like(pixels[:, :1, :1, :1]) < share).to(pixels)
