"""Why the encoder runs once per image and the decoder at every click."""

from typing import NamedTuple

import numpy as np
import torch
from matplotlib.figure import Figure
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from sam_core.figures.style import BLUE, GREEN, QUIET, RED, figure_of
from sam_core.modeling import Sam

CLICKS = 20
KIB = 1024


class Cost(NamedTuple):
    """Multiply-accumulates of one image and of one click, and the bytes sent between them.

    The bytes are those of 16-bit features.
    """

    encoder: float
    decoder: float
    feature_bytes: int
    pixel_bytes: int


@torch.no_grad()
def measure_cost(sam: Sam) -> Cost:
    """Return what one image and one click cost; counted while the model runs."""
    side = sam.image_size
    pixels = sam.pixel_mean.new_zeros(1, 3, side, side)
    # The plain attention is made of matrix products that the counter knows.
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as once:
        features = sam.encode_image(pixels)
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as each:
        sparse, dense = sam.prompt_encoder((torch.zeros(1, 1, 2), torch.ones(1, 1)), None, None)
        sam.mask_decoder.predict_masks(
            features.image_embeddings,
            sam.prompt_encoder.get_dense_pe(),
            sparse,
            dense,
            features.high_res_features,
        )
    kept = (features.image_embeddings, *features.high_res_features)
    return Cost(
        once.get_total_flops() / 2,
        each.get_total_flops() / 2,
        sum(2 * level.numel() for level in kept),
        pixels.numel(),
    )


def draw_cost(sam: Sam) -> Figure:
    """Return the arithmetic over the clicks of one image, with and without a kept embedding."""
    cost = measure_cost(sam)
    clicks = np.arange(1, CLICKS + 1)
    whole = clicks * (cost.encoder + cost.decoder) / 1e9
    split = (cost.encoder + clicks * cost.decoder) / 1e9
    with figure_of(1, 2, 2.9, widths=(1.7, 1)) as (figure, axes):
        axes[0].plot(clicks, whole, color=QUIET)
        axes[0].plot(clicks, split, color=GREEN)
        axes[0].text(8.4, whole[8], "whole model at every click", ha="right", color=QUIET)
        axes[0].text(CLICKS, split[-1] + whole[-1] * 0.04, "encoder once", ha="right", color=GREEN)
        axes[0].set(xlabel="clicks on one image", ylabel="G multiply-accumulates")
        axes[0].set(xlim=(0, CLICKS + 0.5), ylim=(0, None), xticks=[1, 5, 10, 15, 20])
        axes[0].set_title(
            f"encoder {cost.encoder / 1e9:.1f} G, decoder {cost.decoder / 1e9:.2f} G per click"
        )
        sizes = (cost.pixel_bytes / KIB, cost.feature_bytes / KIB)
        bars = axes[1].barh(("model input", "kept features"), sizes, color=(BLUE, RED), height=0.5)
        axes[1].bar_label(bars, fmt="%.0f KiB", padding=4)
        axes[1].set(xlim=(0, max(sizes) * 1.45), xticks=[])
        axes[1].spines[:].set_visible(False)
        axes[1].tick_params(left=False)
        axes[1].set_title("kept features, sent once")
    return figure
