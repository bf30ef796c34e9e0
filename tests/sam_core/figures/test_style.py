from __future__ import annotations

import io
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from sam_core.figures.style import (
    FIXED_COLOURS,
    RED,
    FigureError,
    Pixels,
    draw_outline,
    draw_prompts,
    figure_of,
    save_figure,
    show_mask,
    show_picture,
)
from sam_core.prompts import BoxPrompt, PointPrompt, PromptSet


def pixels_of(path: Path) -> np.ndarray:
    return np.array(Image.open(io.BytesIO(path.read_bytes())).convert("RGB"))


def test_a_figure_leaves_the_settings_of_matplotlib_as_they_were() -> None:
    before = mpl.rcParams["font.size"]
    with figure_of(1, 2, 2) as (figure, axes):
        assert mpl.rcParams["font.size"] != before
    assert mpl.rcParams["font.size"] == before
    assert (len(axes), figure.get_figwidth()) == (2, 9.0)


def test_axes_come_row_by_row_with_the_asked_proportions() -> None:
    with figure_of(2, 2, 2, widths=(1, 3), heights=(1, 1)) as (figure, axes):
        figure.draw_without_rendering()
    left, right = axes[0].get_position(), axes[1].get_position()
    assert right.width > 2 * left.width
    assert axes[2].get_position().y0 < left.y0


def test_a_saved_figure_is_white_and_keeps_the_colours_of_marks(tmp_path: Path) -> None:
    with figure_of(1, 1, 1) as (figure, (axis,)):
        axis.axhspan(0.4, 0.6, color=RED)
        saved = pixels_of(save_figure(figure, tmp_path / "a.png"))
    red = [int(RED[i : i + 2], 16) for i in (1, 3, 5)]
    assert saved[0, 0].tolist() == [255, 255, 255]
    assert (saved == red).all(axis=-1).any()


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    saved = []
    for name in ("a", "b"):
        with figure_of(1, 1, 1) as (figure, (axis,)):
            axis.plot([0, 1], [0, 1])
            saved.append(save_figure(figure, tmp_path / f"{name}.png").read_bytes())
    assert saved[0] == saved[1]


def test_a_figure_that_stays_too_large_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (80, 80, 3)).astype(np.uint8)
    with figure_of(1, 1, 2) as (figure, (axis,)):
        show_picture(axis, noise)
        with pytest.raises(FigureError, match=r"a\.png must have at most 1000 bytes"):
            save_figure(figure, tmp_path / "a.png", max_bytes=1000)
    assert not (tmp_path / "a.png").exists()


def test_pixels_lie_in_image_coordinates(photo: Pixels) -> None:
    with figure_of(1, 1, 2) as (_, (axis,)):
        show_picture(axis, photo)
    assert (axis.get_xlim(), axis.get_ylim()) == ((0, 64), (48, 0))


def test_a_mask_leaves_its_inside_as_it_was_and_takes_the_colour_from_the_rest(
    photo: Pixels,
) -> None:
    mask = photo[..., 0] == 240
    with figure_of(1, 1, 2) as (_, (axis,)):
        show_mask(axis, photo, mask)
    shown = np.asarray(axis.images[0].get_array())
    assert (shown[mask] == photo[mask]).all()
    assert (np.ptp(shown[~mask].astype(int), axis=1) == 0).all()


def test_an_outline_runs_along_the_border_and_an_empty_mask_has_none() -> None:
    mask = np.zeros((10, 10), dtype=bool)
    with figure_of(1, 1, 2) as (_, (axis,)):
        draw_outline(axis, mask, RED)
        assert len(axis.collections) == 0
        mask[2:5, 3:9] = True
        draw_outline(axis, mask, RED)
    box = axis.collections[0].get_paths()[0].get_extents()
    assert np.allclose(box.extents, (3, 2, 9, 5))


def test_prompts_show_both_kinds_of_clicks_and_the_box() -> None:
    prompts = PromptSet((PointPrompt(1, 2, 1), PointPrompt(3, 4, 0)), BoxPrompt(0, 0, 5, 6))
    with figure_of(1, 1, 2) as (_, (axis,)):
        draw_prompts(axis, prompts)
    clicks = [np.asarray(group.get_offsets()).tolist() for group in axis.collections]
    assert clicks == [[[1.0, 2.0]], [[3.0, 4.0]]]
    assert len(axis.lines) == 2


def test_the_palette_has_no_colour_twice() -> None:
    assert len(set(FIXED_COLOURS)) == len(FIXED_COLOURS)
