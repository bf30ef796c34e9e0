"""What cameras and web sites do to photographs: blur, noise, JPEG blocks."""

import io

import numpy as np
from jaxtyping import UInt8
from PIL import Image, ImageFilter

BLUR_RADIUS = (0.4, 1.5)
NOISE_DEVIATION = (2.0, 14.0)
JPEG_QUALITY = (20, 70)


def degrade(
    pixels: UInt8[np.ndarray, "h w 3"], rng: np.random.Generator
) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image after one random degradation: blur, noise or JPEG compression.

    Args:
        pixels: RGB image.
        rng: Source of randomness; it chooses the kind and its strength.
    """
    kind = int(rng.integers(3))
    if kind == 0:
        return blur(pixels, rng.uniform(*BLUR_RADIUS))
    if kind == 1:
        return add_noise(pixels, rng.uniform(*NOISE_DEVIATION), rng)
    return compress(pixels, int(rng.integers(*JPEG_QUALITY)))


def blur(pixels: UInt8[np.ndarray, "h w 3"], radius: float) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image after a Gaussian blur with a radius in pixels."""
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(radius)))


def add_noise(
    pixels: UInt8[np.ndarray, "h w 3"], deviation: float, rng: np.random.Generator
) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image with Gaussian noise of a deviation in grey levels."""
    noise = rng.standard_normal(pixels.shape, dtype=np.float32) * deviation
    noisy: np.ndarray = (pixels + noise).clip(0, 255).astype(np.uint8)
    return noisy


def compress(pixels: UInt8[np.ndarray, "h w 3"], quality: int) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image as it comes back from a JPEG file of a quality in 1 to 95."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))
