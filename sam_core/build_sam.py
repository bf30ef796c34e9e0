"""One builder per model. Widths and depths are arguments here, never inside modules."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch
from torch import nn

from sam_core.checkpoints import detect_model_name, load_weights, read_image_size
from sam_core.errors import TrainingConfigError
from sam_core.modeling import (
    DensePromptEncoder,
    HybridImageEncoder,
    ImageEncoderViT,
    MaskDecoder,
    PlainImageEncoder,
    PromptEncoder,
    Sam,
    TwoWayTransformer,
)

SHIPPED_WEIGHTS = Path(__file__).parent / "weights" / "maskwright_s.safetensors"
PATCH_SIZE = 16
MASKWRIGHT_IMAGE_SIZE = 448
MASKWRIGHT_WIDTH = 128


def build_sam_vit_h(checkpoint: str | Path | None = None) -> Sam:
    """Return the largest published model: 32 blocks of width 1280, 1024 pixels.

    Args:
        checkpoint: Weights file; ``None`` leaves the weights random.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
    """
    return _build_published(1280, 32, 16, (7, 15, 23, 31), checkpoint)


build_sam = build_sam_vit_h


def build_sam_vit_l(checkpoint: str | Path | None = None) -> Sam:
    """Return the middle published model: 24 blocks of width 1024, 1024 pixels.

    Args:
        checkpoint: Weights file; ``None`` leaves the weights random.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
    """
    return _build_published(1024, 24, 16, (5, 11, 17, 23), checkpoint)


def build_sam_vit_b(checkpoint: str | Path | None = None) -> Sam:
    """Return the smallest published model: 12 blocks of width 768, 1024 pixels.

    Args:
        checkpoint: Weights file; ``None`` leaves the weights random.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
    """
    return _build_published(768, 12, 12, (2, 5, 8, 11), checkpoint)


def build_maskwright_s(checkpoint: str | Path | None = None, image_size: int | None = None) -> Sam:
    """Return our own small model: convolutions, 8 narrow blocks, narrow decoder.

    Args:
        checkpoint: Weights file; ``None`` leaves the weights random.
        image_size: Side of the model input in pixels, a multiple of 16; ``None`` takes the
            size that the checkpoint was saved with, or 448.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
    """
    image_size = image_size or _stated_size(checkpoint)
    encoder = HybridImageEncoder(img_size=image_size, out_chans=MASKWRIGHT_WIDTH)
    return _finish(_build_maskwright(encoder, image_size), checkpoint)


def build_maskwright_vit_s(
    checkpoint: str | Path | None = None, image_size: int | None = None
) -> Sam:
    """Return ``maskwright_s`` with a plain transformer of 10 blocks as its encoder.

    It is there for the comparison of the two encoders; no weights of it ship.

    Args:
        checkpoint: Weights file; ``None`` leaves the weights random.
        image_size: Side of the model input in pixels, a multiple of 16; ``None`` takes the
            size that the checkpoint was saved with, or 448.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
    """
    image_size = image_size or _stated_size(checkpoint)
    encoder = PlainImageEncoder(img_size=image_size, out_chans=MASKWRIGHT_WIDTH)
    return _finish(_build_maskwright(encoder, image_size), checkpoint)


def build_tiny(checkpoint: str | Path | None = None) -> Sam:
    """Return the published architecture in miniature, for tests: 64 pixels, 2 blocks.

    One block has windows that do not divide the grid, the other is global, so that the
    same code runs as in the large models.

    Args:
        checkpoint: Weights file; ``None`` leaves the weights random.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
    """
    encoder = _build_vit(
        image_size=64, width=32, depth=2, heads=2, window=3, global_blocks=(1,), out_chans=32
    )
    sam = Sam(
        image_encoder=encoder,
        prompt_encoder=_build_prompt_encoder(width=32, image_size=64),
        mask_decoder=_build_decoder(width=32, mlp_dim=64),
    )
    return _finish(sam, checkpoint)


def build_default() -> Sam:
    """Return the model that ships, with its weights.

    Raises:
        CheckpointError: If the weights file of the package is missing or damaged.
    """
    return build_maskwright_s(SHIPPED_WEIGHTS)


def build_from_checkpoint(checkpoint: str | Path) -> tuple[str, Sam]:
    """Return the registry name and the model of a weights file, told by its keys.

    Args:
        checkpoint: Weights file; its name does not matter.

    Raises:
        CheckpointError: If the file is missing, damaged or of no known model.
    """
    name = detect_model_name(checkpoint)
    return name, sam_model_registry[name](checkpoint=checkpoint)


def build_for_training(name: str, image_size: int) -> Sam:
    """Return a model with random weights for inputs of a chosen size.

    Args:
        name: Registry name of a model whose weights do not depend on the input's size.
        image_size: Side of the model input, in pixels.

    Raises:
        TrainingConfigError: If the model has a fixed input size.
    """
    if name not in TRAINABLE:
        raise TrainingConfigError(
            f"model must be {' or '.join(TRAINABLE)}, got {name}; the published models have a "
            "fixed size"
        )
    return TRAINABLE[name](image_size=image_size)


TRAINABLE: dict[str, Callable[..., Sam]] = {
    "maskwright_s": build_maskwright_s,
    "maskwright_vit_s": build_maskwright_vit_s,
}
"""Models whose weights do not depend on the size of the input."""


sam_model_registry: dict[str, Callable[..., Sam]] = {
    "default": build_sam_vit_h,
    "vit_h": build_sam_vit_h,
    "vit_l": build_sam_vit_l,
    "vit_b": build_sam_vit_b,
    **TRAINABLE,
    "tiny": build_tiny,
}


def _stated_size(checkpoint: str | Path | None) -> int:
    stated = None if checkpoint is None else read_image_size(checkpoint)
    return stated or MASKWRIGHT_IMAGE_SIZE


def _build_maskwright(encoder: nn.Module, image_size: int) -> Sam:
    grid = image_size // PATCH_SIZE
    return Sam(
        image_encoder=encoder,
        prompt_encoder=DensePromptEncoder(
            embed_dim=MASKWRIGHT_WIDTH,
            image_embedding_size=(grid, grid),
            input_image_size=(image_size, image_size),
            mask_in_chans=64,
        ),
        mask_decoder=_build_decoder(
            MASKWRIGHT_WIDTH, mlp_dim=512, num_heads=4, activation=nn.ReLU, looks_at_masks=True
        ),
    )


def _build_published(
    width: int,
    depth: int,
    heads: int,
    global_blocks: tuple[int, ...],
    checkpoint: str | Path | None,
) -> Sam:
    encoder = _build_vit(
        image_size=1024,
        width=width,
        depth=depth,
        heads=heads,
        window=14,
        global_blocks=global_blocks,
        out_chans=256,
    )
    sam = Sam(
        image_encoder=encoder,
        prompt_encoder=_build_prompt_encoder(width=256, image_size=1024),
        mask_decoder=_build_decoder(width=256, mlp_dim=2048),
    )
    return _finish(sam, checkpoint)


def _build_vit(  # noqa: PLR0913 - the numbers that tell the published encoders apart
    *,
    image_size: int,
    width: int,
    depth: int,
    heads: int,
    window: int,
    global_blocks: tuple[int, ...],
    out_chans: int,
) -> ImageEncoderViT:
    return ImageEncoderViT(
        img_size=image_size,
        patch_size=PATCH_SIZE,
        embed_dim=width,
        depth=depth,
        num_heads=heads,
        mlp_ratio=4.0,
        out_chans=out_chans,
        qkv_bias=True,
        norm_layer=partial(nn.LayerNorm, eps=1e-6),
        use_rel_pos=True,
        window_size=window,
        global_attn_indexes=global_blocks,
    )


def _build_prompt_encoder(width: int, image_size: int) -> PromptEncoder:
    grid = image_size // PATCH_SIZE
    return PromptEncoder(
        embed_dim=width,
        image_embedding_size=(grid, grid),
        input_image_size=(image_size, image_size),
        mask_in_chans=16,
    )


def _build_decoder(
    width: int,
    mlp_dim: int,
    num_heads: int = 8,
    activation: type[nn.Module] = nn.GELU,
    looks_at_masks: bool = False,
) -> MaskDecoder:
    transformer = TwoWayTransformer(
        depth=2, embedding_dim=width, num_heads=num_heads, mlp_dim=mlp_dim
    )
    return MaskDecoder(
        transformer_dim=width,
        transformer=transformer,
        num_multimask_outputs=3,
        activation=activation,
        iou_head_depth=3,
        iou_head_hidden_dim=256,
        looks_at_masks=looks_at_masks,
    )


def _finish(sam: Sam, checkpoint: str | Path | None) -> Sam:
    sam.eval()
    if checkpoint is not None:
        with torch.no_grad():
            load_weights(sam, checkpoint)
    return sam
