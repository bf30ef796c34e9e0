"""Models that only trials know: ours with one part changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

from sam_core.build_sam import TRAINABLE, build_maskwright_s
from sam_core.modeling import (
    DensePromptEncoder,
    HybridImageEncoder,
    ImageFeatures,
    MaskDecoder,
    Sam,
    TwoWayTransformer,
)

PATCH_SIZE = 16
NARROW_WIDTH = 64


class WithoutSkips(HybridImageEncoder):
    """The same encoder, but the decoder gets nothing of stride 4 and 8."""

    def forward(self, x: torch.Tensor) -> ImageFeatures:
        """Return the embedding alone, of images as `HybridImageEncoder` takes them."""
        return ImageFeatures(super().forward(x).image_embeddings, ())


def build_without_skips(image_size: int) -> Sam:
    """Return ``maskwright_s`` whose decoder enlarges the embedding with nothing finer beside it.

    Args:
        image_size: Side of the model input in pixels.
    """
    sam = build_maskwright_s(image_size=image_size)
    encoder = WithoutSkips(img_size=image_size)
    # What nothing follows from must not be trained: it would have no gradient.
    for unused in (encoder.skip4, encoder.skip8):
        unused.requires_grad_(False)
    sam.image_encoder = encoder
    return sam.eval()


def build_narrow_decoder(image_size: int) -> Sam:
    """Return ``maskwright_s`` with an embedding and a decoder of half the width.

    Args:
        image_size: Side of the model input in pixels.
    """
    grid = image_size // PATCH_SIZE
    transformer = TwoWayTransformer(
        depth=2, embedding_dim=NARROW_WIDTH, num_heads=4, mlp_dim=4 * NARROW_WIDTH
    )
    sam = Sam(
        image_encoder=HybridImageEncoder(img_size=image_size, out_chans=NARROW_WIDTH),
        prompt_encoder=DensePromptEncoder(
            embed_dim=NARROW_WIDTH,
            image_embedding_size=(grid, grid),
            input_image_size=(image_size, image_size),
            mask_in_chans=64,
        ),
        mask_decoder=MaskDecoder(
            transformer_dim=NARROW_WIDTH,
            transformer=transformer,
            activation=nn.ReLU,
            looks_at_masks=True,
        ),
    )
    return sam.eval()


TRIAL_MODELS: dict[str, Callable[..., Sam]] = {
    "without_skips": build_without_skips,
    "narrow_decoder": build_narrow_decoder,
}


@contextmanager
def trial_models() -> Iterator[None]:
    """Let the trainer build the models of trials by name, while the context lasts."""
    TRAINABLE.update(TRIAL_MODELS)
    try:
        yield
    finally:
        for name in TRIAL_MODELS:
            del TRAINABLE[name]
