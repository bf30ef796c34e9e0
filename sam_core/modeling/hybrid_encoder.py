"""Our small image encoder: a convolutional stem, then a few transformer blocks."""

import copy
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.modeling.common import LayerNorm2d, MLPBlock, resample_grid
from sam_core.modeling.image_encoder import Block, build_neck

BLOCK_OUTPUT_STD = 0.002


class ImageFeatures(NamedTuple):
    """What is computed once per image and kept.

    ``image_embeddings`` has stride 16. ``high_res_features`` is empty for the published
    encoders; ours gives the maps of stride 4 and 8, with 1/8 and 1/4 of the channels.
    """

    image_embeddings: Tensor
    high_res_features: tuple[Tensor, ...]


class HybridImageEncoder(nn.Module):
    """Embed an image with convolutions at stride 4 and 8 and attention at stride 16.

    Convolutions bring what a transformer has to learn from very many images: that
    neighbours belong together. Their maps go on to the decoder, which restores borders that
    an embedding of stride 16 loses.

    Source:
        Xiao et al. 2021 (early convolutions), arXiv:2106.14881; block of the first stages:
        Liu et al. 2022 (ConvNeXt), arXiv:2201.03545; maps for the decoder: Ravi et al. 2024
        (SAM 2), arXiv:2408.00714.

    Args:
        img_size: Side of the square model input, in pixels, a multiple of 16.
        widths: Channels at stride 4, 8 and 16.
        depths: Blocks at stride 4, 8 and 16.
        num_heads: Heads of the attention at stride 16.
        out_chans: Channels of the embedding.
        window_size: Side of an attention window, in tokens; it divides the grid of the input
            that ships, 28, so that no window is padding.
        global_attn_indexes: Blocks that attend over the whole grid.
        position_grid: Side of the learnt grid of positions; it is resampled to the size of
            the input, so that weights do not depend on ``img_size``.

    Attributes:
        drop_path: Share of the images for which training leaves out the last block; the
            share falls linearly towards the first.
    """

    def __init__(
        self,
        img_size: int = 448,
        widths: tuple[int, int, int] = (48, 96, 224),
        depths: tuple[int, int, int] = (2, 2, 8),
        num_heads: int = 7,
        out_chans: int = 128,
        window_size: int = 14,
        global_attn_indexes: tuple[int, ...] = (2, 5, 7),
        position_grid: int = 28,
    ) -> None:
        super().__init__()
        self.img_size = img_size
        self.drop_path = 0.0
        fine, middle, coarse = widths
        self.stem = nn.Sequential(
            nn.Conv2d(3, fine // 2, kernel_size=3, stride=2, padding=1),
            LayerNorm2d(fine // 2),
            nn.GELU(),
            nn.Conv2d(fine // 2, fine, kernel_size=3, stride=2, padding=1),
            LayerNorm2d(fine),
        )
        self.stage4 = nn.Sequential(*(ConvBlock(fine) for _ in range(depths[0])))
        self.to_stride8 = _downsample(fine, middle)
        self.stage8 = nn.Sequential(*(ConvBlock(middle) for _ in range(depths[1])))
        self.to_stride16 = _downsample(middle, coarse)
        self.pos_embed = nn.Parameter(torch.zeros(1, coarse, position_grid, position_grid))
        nn.init.trunc_normal_(self.pos_embed, std=0.02)
        self.pos_conv = nn.Conv2d(coarse, coarse, kernel_size=3, padding=1, groups=coarse)
        self.blocks = nn.ModuleList(
            _start_as_identity(
                Block(coarse, num_heads, window_size=0 if i in global_attn_indexes else window_size)
            )
            for i in range(depths[2])
        )
        self.neck = build_neck(coarse, out_chans)
        self.skip4 = nn.Conv2d(fine, out_chans // 8, kernel_size=1)
        self.skip8 = nn.Conv2d(middle, out_chans // 4, kernel_size=1)

    def forward(self, x: Float[Tensor, "b 3 height width"]) -> ImageFeatures:
        """Return the embedding and the maps for the decoder.

        Args:
            x: Normalised, padded images in model space; sides are multiples of 16.
        """
        stride4 = self.stage4(self.stem(x))
        stride8 = self.stage8(self.to_stride8(stride4))
        grid = self.to_stride16(stride8)
        grid = grid + self._positions((grid.shape[2], grid.shape[3])) + self.pos_conv(grid)
        tokens = grid.permute(0, 2, 3, 1)
        for index, block in enumerate(self.blocks):
            tokens = self._drop(tokens, block(tokens), (index + 1) / len(self.blocks))
        embedding = self.neck(tokens.permute(0, 3, 1, 2))
        return ImageFeatures(embedding, (self.skip4(stride4), self.skip8(stride8)))

    def _drop(self, before: Tensor, after: Tensor, depth: float) -> Tensor:
        """Return the output of a block, in training sometimes its input instead.

        Source:
            Huang et al. 2016 (stochastic depth), arXiv:1603.09382, sections 3 and 4.
        """
        share = self.drop_path * depth
        if not self.training or share == 0.0:
            return after
        kept = torch.rand(len(before), 1, 1, 1, device=before.device) >= share
        return before + (after - before) * (kept.to(after) / (1 - share))

    def for_fixed_size(self) -> "HybridImageEncoder":
        """Return a copy that keeps its positions at the size of the input, for an export."""
        fixed = copy.deepcopy(self)
        grid = self.img_size // 16
        fixed.pos_embed = nn.Parameter(self._positions((grid, grid)).detach().clone())
        return fixed

    def _positions(self, size: tuple[int, int]) -> Float[Tensor, "1 c h w"]:
        return resample_grid(self.pos_embed, size)


class ConvBlock(nn.Module):
    """A depth-wise convolution and an MLP on the channels, residual."""

    def __init__(self, dim: int, mlp_ratio: int = 3) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(dim, dim, kernel_size=5, padding=2, groups=dim)
        self.norm = nn.LayerNorm(dim)
        self.mlp = MLPBlock(dim, mlp_ratio * dim)

    def forward(self, x: Float[Tensor, "b c h w"]) -> Float[Tensor, "b c h w"]:
        """Return the map after mixing neighbours, then channels."""
        mixed = self.depthwise(x).permute(0, 2, 3, 1)
        out: Tensor = x + self.mlp(self.norm(mixed)).permute(0, 3, 1, 2)
        return out


def _start_as_identity(block: Block) -> Block:
    # With the usual start every block adds noise to the stream, and training found it easiest
    # to drown that noise: the first block grew to fifty times the others, and five of eight
    # could be removed without a change of the loss.
    for layer in (block.attn.proj, block.mlp.lin2):
        nn.init.trunc_normal_(layer.weight, std=BLOCK_OUTPUT_STD)
        nn.init.zeros_(layer.bias)
    return block


def _downsample(narrow: int, wide: int) -> nn.Sequential:
    return nn.Sequential(LayerNorm2d(narrow), nn.Conv2d(narrow, wide, kernel_size=2, stride=2))
