"""What a masked autoencoder gets to see, what it is asked for, and what it answers."""

import numpy as np
import torch
from matplotlib.figure import Figure
from PIL import Image
from torch import Tensor

from sam_core.figures.style import Pixels, caption, figure_of, show_picture
from sam_core.modeling.masked_autoencoder import (
    HIDDEN_GREY,
    MASKED_SHARE,
    PATCH,
    MaskedAutoencoder,
    cut_patches,
    join_patches,
    normalise_patches,
    random_patch_mask,
    reconstruct_for_figure,
)

WHITE = 255.0
TARGET_GREY, TARGET_CONTRAST = 127.0, 50.0
PRACTISED_SIDE = 224
"""Side of the last crops of the pre-training: 14 x 14 patches."""


def cut_square(photo: Pixels) -> Pixels:
    """Return the middle of a photograph as a square whose side is a multiple of a patch."""
    height, width = photo.shape[:2]
    side = min(height, width) // PATCH * PATCH
    top, left = (height - side) // 2, (width - side) // 2
    return photo[top : top + side, left : left + side]


def shrink(square: Pixels) -> Pixels:
    """Return a square photograph at the size that the pre-training has practised."""
    small = Image.fromarray(square).resize((PRACTISED_SIDE,) * 2, Image.Resampling.LANCZOS)
    return np.array(small)


def draw_masking(photo: Pixels) -> Figure:
    """Return a square photograph, its visible quarter, and the target on the hidden patches."""
    square = cut_square(photo)
    patches = cut_patches(torch.from_numpy(square.copy()).permute(2, 0, 1)[None].float())
    generator = torch.Generator().manual_seed(0)
    hidden = random_patch_mask(1, patches.shape[1], MASKED_SHARE, generator).unsqueeze(-1)
    target, _, _ = normalise_patches(patches)
    shown_target = TARGET_GREY + TARGET_CONTRAST * target
    with figure_of(1, 3, 3.2) as (figure, axes):
        show_picture(axes[0], square)
        caption(axes[0], f"{patches.shape[1]} patches of {PATCH} pixels")
        show_picture(axes[1], _picture(torch.where(hidden, float(HIDDEN_GREY), patches)))
        caption(axes[1], f"what the encoder gets: {1 - MASKED_SHARE:.0%}")
        show_picture(axes[2], _picture(torch.where(hidden, shown_target, WHITE)))
        caption(axes[2], "target: hidden patches, normalised")
    return figure


def draw_reconstruction(autoencoder: MaskedAutoencoder, photos: list[Pixels]) -> Figure:
    """Return photographs, what is left of them, and what the autoencoder makes of that."""
    with figure_of(len(photos), 3, 3.2 * len(photos)) as (figure, axes):
        for row, photo in enumerate(photos):
            shown = reconstruct_for_figure(autoencoder, shrink(cut_square(photo)))
            pictures = (shown.image, shown.masked, shown.reconstruction)
            texts = ("photograph", f"{1 - MASKED_SHARE:.0%} of it", "hidden patches predicted")
            for column, (picture, text) in enumerate(zip(pictures, texts, strict=True)):
                show_picture(axes[3 * row + column], picture)
                caption(axes[3 * row + column], text)
    return figure


def _picture(patches: Tensor) -> Pixels:
    joined = join_patches(patches)[0].clamp(0, 255).to(torch.uint8)
    picture: Pixels = joined.permute(1, 2, 0).numpy()
    return picture
