"""Random views of a photograph: scale jitter, crop, flip, turn, colour."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float32, UInt8
from PIL import Image, ImageEnhance


@dataclass(frozen=True)
class View:
    """A window on an image and the square canvas that it is drawn on.

    ``left, top, right, bottom`` are in continuous image space; ``height, width`` are the
    drawn part in pixels before ``turns``, the number of quarter turns to the left that follow
    the flip. The rest of the canvas is padding on the right and at the bottom.
    """

    left: float
    top: float
    right: float
    bottom: float
    height: int
    width: int
    canvas: int
    flip: bool
    turns: int = 0

    @property
    def drawn_hw(self) -> tuple[int, int]:
        """Height and width of the drawn part of the canvas, in pixels."""
        size = (self.height, self.width)
        return size if self.turns % 2 == 0 else size[::-1]

    def on_copy(self, image_hw: tuple[int, int], copy_hw: tuple[int, int]) -> "View":
        """Return the same view of a smaller or larger copy of the image."""
        y, x = copy_hw[0] / image_hw[0], copy_hw[1] / image_hw[1]
        return replace(
            self, left=self.left * x, right=self.right * x, top=self.top * y, bottom=self.bottom * y
        )


def sample_view(
    image_hw: tuple[int, int],
    canvas: int,
    scale_range: tuple[float, float],
    rng: np.random.Generator,
    turn_share: float = 0.0,
) -> View:
    """Return a random view by large-scale jitter.

    Source:
        Ghiasi et al. 2021, arXiv:2012.07177, section 3 (large-scale jitter).

    Args:
        image_hw: Height and width of the image.
        canvas: Side of the square model input, in pixels.
        scale_range: Smallest and largest scale; at 1 the long side fills the canvas. Drawn
            uniformly on a logarithmic scale.
        rng: Source of randomness.
        turn_share: Share of views that are turned by 90, 180 or 270 degrees.
    """
    height, width = image_hw
    low, high = np.log(scale_range[0]), np.log(scale_range[1])
    scale = float(np.exp(rng.uniform(low, high))) * canvas / max(height, width)
    view_w = min(width, canvas / scale)
    view_h = min(height, canvas / scale)
    left = rng.uniform(0, width - view_w)
    top = rng.uniform(0, height - view_h)
    return View(
        left=left,
        top=top,
        right=left + view_w,
        bottom=top + view_h,
        height=max(1, min(canvas, int(view_h * scale + 0.5))),
        width=max(1, min(canvas, int(view_w * scale + 0.5))),
        canvas=canvas,
        flip=bool(rng.random() < 0.5),
        turns=int(rng.integers(1, 4)) if turn_share and rng.random() < turn_share else 0,
    )


def draw_image(pixels: UInt8[np.ndarray, "h w 3"], view: View) -> UInt8[np.ndarray, "s s 3"]:
    """Return the view of an image; padding is 0."""
    part = _resize(Image.fromarray(pixels), view, (view.width, view.height))
    return _on_canvas(part, view.canvas)


def draw_mask(mask: Bool[np.ndarray, "h w"], view: View, stride: int) -> Float32[np.ndarray, "t t"]:
    """Return the view of a mask on a canvas ``stride`` times smaller, as coverage in [0, 1]."""
    size = (max(1, round(view.width / stride)), max(1, round(view.height / stride)))
    part = _resize(Image.fromarray(mask.astype(np.uint8) * 255), view, size)
    return _on_canvas(part, view.canvas // stride).astype(np.float32) / 255


def jitter_colour(
    pixels: UInt8[np.ndarray, "h w 3"], strength: float, rng: np.random.Generator
) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image with random brightness, contrast and saturation; 1 in 10 turns grey.

    Args:
        pixels: RGB image.
        strength: Largest relative change; 0 leaves the image as it is.
        rng: Source of randomness.
    """
    if strength == 0:
        return pixels
    image = Image.fromarray(pixels)
    for enhance in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        image = enhance(image).enhance(1 + rng.uniform(-strength, strength))
    if rng.random() < 0.1:
        image = image.convert("L").convert("RGB")
    return np.asarray(image)


def _resize(image: Image.Image, view: View, size: tuple[int, int]) -> np.ndarray:
    box = (view.left, view.top, view.right, view.bottom)
    part = np.asarray(image.resize(size, Image.Resampling.BILINEAR, box=box))
    part = part[:, ::-1] if view.flip else part
    return np.rot90(part, view.turns)


def _on_canvas(part: np.ndarray, side: int) -> np.ndarray:
    canvas = np.zeros((side, side, *part.shape[2:]), dtype=np.uint8)
    canvas[: part.shape[0], : part.shape[1]] = part[:side, :side]
    return canvas
