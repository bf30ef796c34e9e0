"""One look for all figures: palette, fonts, masks over photographs, small PNG files."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from sam_core.errors import SamCoreError
from sam_core.prompts import BACKGROUND_LABEL, FOREGROUND_LABEL, PromptSet

INK = "#262626"
QUIET = "#8a8a8a"
BLUE = "#0072b2"
ORANGE = "#e69f00"
GREEN = "#009e73"
RED = "#d55e00"
SKY = "#56b4e9"
PINK = "#cc79a7"
"""The colours of Okabe and Ito, which colour-blind readers tell apart."""

FIXED_COLOURS = (INK, QUIET, BLUE, ORANGE, GREEN, RED, SKY, PINK, "#ffffff")
"""Colours that every PNG keeps exactly."""

HEAT = "cividis"
"""The colour map of every heat map: even in lightness, safe for colour-blind readers."""

TIMES = "\N{MULTIPLICATION SIGN}"

WIDTH = 9.0
DPI = 110
MAX_BYTES = 145_000
COLOURS = (256, 160, 96, 64)

SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.titlesize": 10,
    "axes.labelsize": 9.5,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "lines.linewidth": 2.0,
}

Pixels = NDArray[np.uint8]
Boolean = NDArray[np.bool_]


class FigureError(SamCoreError):
    """A figure cannot be made as asked."""


@contextmanager
def figure_of(
    rows: int,
    columns: int,
    height: float,
    widths: Sequence[float] | None = None,
    heights: Sequence[float] | None = None,
) -> Iterator[tuple[Figure, list[Axes]]]:
    """Give an empty figure of the common width and its axes, row by row.

    No window and no global state: the figure belongs to the caller, the settings of
    matplotlib are put back at the end.

    Args:
        rows: Rows of axes.
        columns: Columns of axes.
        height: Of the figure, in inches; it is `WIDTH` inches wide.
        widths: Relative widths of the columns; equal if ``None``.
        heights: Relative heights of the rows; equal if ``None``.

    Yields:
        The figure and its axes.
    """
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
        axes = figure.subplots(
            rows,
            columns,
            squeeze=False,
            width_ratios=None if widths is None else list(widths),
            height_ratios=None if heights is None else list(heights),
        )
        yield figure, [axis for row in axes for axis in row]


def save_figure(figure: Figure, path: Path, max_bytes: int = MAX_BYTES) -> Path:
    """Write a figure as a PNG with a palette and return its path.

    Args:
        figure: To be written.
        path: File to write; its folder exists.
        max_bytes: Largest file; fewer colours are taken until it fits.

    Raises:
        FigureError: If it does not fit with the fewest colours either.
    """
    with mpl.rc_context(SETTINGS):
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=DPI, facecolor="white")
    picture = Image.open(buffer).convert("RGB")
    content = b""
    for colours in COLOURS:
        small = _with_palette(picture, colours)
        encoded = io.BytesIO()
        small.save(encoded, format="PNG", optimize=True)
        content = encoded.getvalue()
        if len(content) <= max_bytes:
            path.write_bytes(content)
            return path
    raise FigureError(
        f"{path.name} must have at most {max_bytes} bytes, got {len(content)} "
        f"with {COLOURS[-1]} colours; make the figure or its photographs smaller"
    )


def _with_palette(picture: Image.Image, colours: int) -> Image.Image:
    # The colours of marks and lines cover few pixels, so a palette that is fitted to the
    # picture would lose them to the shades of a photograph: they get places of their own.
    fixed = [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in FIXED_COLOURS]
    free = colours - len(fixed)
    # Fitting it takes seconds at full size, and a smaller copy has the same colours.
    fitted = picture.reduce(3).quantize(free, kmeans=1).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in fixed for channel in colour] + fitted[: 3 * free])
    pixels = np.array(picture)
    indices = np.array(picture.quantize(palette=palette, dither=Image.Dither.NONE))
    for index, colour in enumerate(fixed):
        indices[(pixels == colour).all(axis=-1)] = index
    small = Image.fromarray(indices)
    small.putpalette(palette.getpalette() or [])
    return small


def show_picture(axis: Axes, pixels: NDArray[np.uint8] | NDArray[np.float64]) -> None:
    """Draw pixels without ticks and frame, in image coordinates: a pixel's centre at +0.5."""
    height, width = pixels.shape[:2]
    axis.imshow(pixels, extent=(0, width, height, 0), interpolation="antialiased")
    hide_frame(axis)


def hide_frame(axis: Axes) -> None:
    """Take ticks and frame away."""
    axis.set_xticks([])
    axis.set_yticks([])
    axis.spines[:].set_visible(False)


def show_mask(axis: Axes, photo: Pixels, mask: Boolean, colour: str = SKY) -> None:
    """Draw a photograph, dimmed and grey outside the mask, with the mask's outline."""
    grey = photo.mean(axis=2, keepdims=True) * 0.45 + 130
    shown = np.where(mask[..., None], photo, grey).astype(np.uint8)
    show_picture(axis, shown)
    draw_outline(axis, mask, colour)


def draw_outline(axis: Axes, mask: Boolean, colour: str, style: str = "solid") -> None:
    """Draw the border of a mask; an empty mask has none."""
    if not mask.any():
        return
    padded = np.pad(mask, 1).astype(float)
    x = np.arange(-1, mask.shape[1] + 1) + 0.5
    y = np.arange(-1, mask.shape[0] + 1) + 0.5
    axis.contour(x, y, padded, levels=[0.5], colors=[colour], linewidths=1.8, linestyles=[style])


def draw_prompts(axis: Axes, prompts: PromptSet) -> None:
    """Draw clicks (a green disk on the object, a red cross beside it) and the box."""
    for label, colour, marker in (
        (FOREGROUND_LABEL, GREEN, "o"),
        (BACKGROUND_LABEL, RED, "X"),
    ):
        chosen = [point for point in prompts.points if point.label == label]
        axis.scatter(
            [point.x for point in chosen],
            [point.y for point in chosen],
            s=62,
            c=colour,
            marker=marker,
            edgecolors="white",
            linewidths=1.4,
            zorder=3,
        )
    box = prompts.box
    if box is not None:
        x, y = (box.x0, box.x1, box.x1, box.x0, box.x0), (box.y0, box.y0, box.y1, box.y1, box.y0)
        axis.plot(x, y, color="white", linewidth=3.2)
        axis.plot(x, y, color=GREEN, linewidth=1.8)


def caption(axis: Axes, text: str) -> None:
    """Write a line below a picture."""
    axis.set_xlabel(text, labelpad=4)
