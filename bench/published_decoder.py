"""A decoder of the published size with weights by formula: only its shape takes time."""

from __future__ import annotations

import math
import zlib
from pathlib import Path

import torch
from torch import Tensor, nn

from sam_core.export.onnx_decoder import export_decoder, export_official_decoder
from sam_core.modeling import MaskDecoder, PromptEncoder, Sam, TwoWayTransformer

WIDTH, IMAGE_SIZE, GRID = 256, 1024, 64
NAME = "decoder_of_vit_b"
QUERY_SCALE = 0.1
"""Keeps attention as soft as trained weights do; sharper, the published graph is slower."""


def build_published_decoder() -> Sam:
    """Return prompt encoder and mask decoder as ViT-B, L and H have them, without an encoder."""
    sam = Sam(
        image_encoder=nn.Identity(),
        prompt_encoder=PromptEncoder(
            embed_dim=WIDTH,
            image_embedding_size=(GRID, GRID),
            input_image_size=(IMAGE_SIZE, IMAGE_SIZE),
            mask_in_chans=16,
        ),
        mask_decoder=MaskDecoder(
            transformer_dim=WIDTH,
            transformer=TwoWayTransformer(depth=2, embedding_dim=WIDTH, num_heads=8, mlp_dim=2048),
        ),
    )
    with torch.no_grad():
        for key, value in sam.named_parameters():
            value.copy_(formula_weights(key, value))
    return sam.eval().requires_grad_(False)


def formula_weights(key: str, like: Tensor) -> Tensor:
    """Return noise seeded by the key, scaled so that signals keep their size.

    Args:
        key: Name of the parameter.
        like: A tensor of its shape.
    """
    generator = torch.Generator().manual_seed(zlib.crc32(key.encode()))
    noise = torch.randn(like.shape, generator=generator)
    if like.ndim == 1:
        return 1 + 0.1 * noise if key.endswith("weight") else 0.05 * noise
    fan_in = like.shape[0] if "output_upscaling" in key else math.prod(like.shape[1:])
    scaled = noise / math.sqrt(fan_in)
    return QUERY_SCALE * scaled if "q_proj" in key else scaled


def export_both(folder: Path) -> dict[str, Path]:
    """Write the decoder with the published signature and with ours; each has proven right.

    Args:
        folder: Where to write.
    """
    sam = build_published_decoder()
    paths = {"published": folder / "published.onnx", "ours": folder / "ours.onnx"}
    export_official_decoder(sam, paths["published"], model_name=NAME)
    export_decoder(sam, paths["ours"], model_name=NAME)
    return paths


def describe_decoder() -> dict[str, object]:
    """Return what the page's decoder must know of the model, as the server describes one."""
    return {
        "name": NAME,
        "mask_size": 4 * GRID,
        "tensors": [{"name": "image_embeddings", "shape": [1, WIDTH, GRID, GRID]}],
    }
