"""Small models with weights by formula, for tests that need a network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sam_core.build_sam import build_tiny
from sam_core.modeling import (
    DensePromptEncoder,
    HybridImageEncoder,
    MaskDecoder,
    Sam,
    TwoWayTransformer,
)
from tests.helpers.fill_weights import fill_weights

SIDE = 64
GRID = 4
WIDTH = 32


def tiny_sam() -> Sam:
    """Return the published architecture in miniature, with weights by formula."""
    sam = build_tiny()
    fill_weights(sam)
    return sam


def tiny_hybrid_sam() -> Sam:
    """Return our own architecture in miniature, with weights by formula."""
    encoder = HybridImageEncoder(
        img_size=SIDE,
        widths=(8, 16, WIDTH),
        depths=(1, 1, 2),
        num_heads=2,
        out_chans=WIDTH,
        window_size=3,
        global_attn_indexes=(1,),
        position_grid=GRID,
    )
    prompt_encoder = DensePromptEncoder(
        embed_dim=WIDTH,
        image_embedding_size=(GRID, GRID),
        input_image_size=(SIDE, SIDE),
        mask_in_chans=16,
    )
    transformer = TwoWayTransformer(depth=2, embedding_dim=WIDTH, num_heads=8, mlp_dim=64)
    decoder = MaskDecoder(transformer_dim=WIDTH, transformer=transformer, looks_at_masks=True)
    sam = Sam(encoder, prompt_encoder, decoder).eval()
    fill_weights(sam)
    return sam


def noise_image(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    """Return an RGB image of noise."""
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (height, width, 3), dtype=np.uint8)
