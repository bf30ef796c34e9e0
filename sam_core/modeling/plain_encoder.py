"""A plain vision transformer without windows, small enough to train from scratch."""

from functools import partial

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from sam_core.modeling.common import resample_grid
from sam_core.modeling.image_encoder import Block, PatchEmbed, build_neck


class PlainImageEncoder(nn.Module):
    """Embed an image with one linear layer per patch and attention over all patches.

    It has no convolution that says that neighbours belong together, so it needs a
    self-supervised start; in return it can leave masked patches out altogether, which makes
    that start cheap.

    Source:
        Dosovitskiy et al. 2021 (ViT), arXiv:2010.11929, without the class token, because no
        one asks for a single vector per image; the neck is SAM's.

    Args:
        img_size: Side of the square model input, in pixels, a multiple of 16.
        embed_dim: Width of a token.
        depth: Number of blocks.
        num_heads: Heads per block.
        out_chans: Channels of the embedding.
        position_grid: Side of the learnt grid of positions; it is resampled to the size of
            the input, so that weights do not depend on ``img_size``.
    """

    def __init__(
        self,
        img_size: int = 512,
        embed_dim: int = 192,
        depth: int = 10,
        num_heads: int = 6,
        out_chans: int = 128,
        position_grid: int = 32,
    ) -> None:
        super().__init__()
        self.img_size = img_size
        self.patch_embed = PatchEmbed(16, 3, embed_dim)
        self.pos_embed = nn.Parameter(torch.zeros(1, embed_dim, position_grid, position_grid))
        nn.init.trunc_normal_(self.pos_embed, std=0.02)
        norm_layer = partial(nn.LayerNorm, eps=1e-6)
        self.blocks = nn.ModuleList(
            Block(embed_dim, num_heads, norm_layer=norm_layer) for _ in range(depth)
        )
        self.neck = build_neck(embed_dim, out_chans)

    def forward(self, x: Float[Tensor, "b 3 height width"]) -> Float[Tensor, "b c h w"]:
        """Return the embedding of normalised, padded images in model space."""
        tokens = self._with_positions(x)
        for block in self.blocks:
            tokens = block(tokens)
        out: Tensor = self.neck(tokens.permute(0, 3, 1, 2))
        return out

    def encode_visible(
        self, x: Float[Tensor, "b 3 height width"], visible: Int[Tensor, "b n"]
    ) -> Float[Tensor, "b n c"]:
        """Return the tokens of some patches, computed as if the others did not exist.

        Args:
            x: Normalised images.
            visible: Numbers of the patches of each image, row by row.
        """
        tokens = self._with_positions(x).flatten(1, 2)
        index = visible.unsqueeze(-1).expand(-1, -1, tokens.shape[-1])
        seen = tokens.gather(1, index).unsqueeze(1)  # (b, 1, n, c): attention takes a grid
        for block in self.blocks:
            seen = block(seen)
        return seen.squeeze(1)

    def _with_positions(self, x: Float[Tensor, "b 3 height width"]) -> Float[Tensor, "b h w c"]:
        tokens: Tensor = self.patch_embed(x)
        positions = resample_grid(self.pos_embed, (tokens.shape[1], tokens.shape[2]))
        return tokens + positions.permute(0, 2, 3, 1)
