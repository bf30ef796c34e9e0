"""The published image encoder: a plain vision transformer with windowed attention."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.modeling.common import LayerNorm2d, MLPBlock
from sam_core.modeling.window_attention import Attention, window_partition, window_unpartition


class ImageEncoderViT(nn.Module):
    """Turn a padded image into one embedding vector per 16 x 16 patch.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 3 and appendix A; the backbone is
        ViTDet's (Li et al. 2022, arXiv:2203.16527): windows with a few global blocks.

    Args:
        img_size: Side of the square model input, in pixels.
        patch_size: Side of a patch, in pixels.
        in_chans: Colour channels.
        embed_dim: Width of a token.
        depth: Number of transformer blocks.
        num_heads: Heads per block.
        mlp_ratio: Hidden width of a block's MLP, as a multiple of ``embed_dim``.
        out_chans: Channels of the embedding.
        qkv_bias: Whether queries, keys and values have a bias.
        norm_layer: Normalisation of a token.
        act_layer: Activation in a block's MLP.
        use_abs_pos: Whether each patch position has a learnt vector.
        use_rel_pos: Whether blocks learn relative positions.
        window_size: Side of an attention window, in tokens; 0 makes all blocks global.
        global_attn_indexes: Blocks that attend over the whole grid.
    """

    def __init__(
        self,
        img_size: int = 1024,
        patch_size: int = 16,
        in_chans: int = 3,
        embed_dim: int = 768,
        depth: int = 12,
        num_heads: int = 12,
        mlp_ratio: float = 4.0,
        out_chans: int = 256,
        qkv_bias: bool = True,
        norm_layer: Callable[[int], nn.Module] = nn.LayerNorm,
        act_layer: type[nn.Module] = nn.GELU,
        use_abs_pos: bool = True,
        use_rel_pos: bool = False,
        window_size: int = 0,
        global_attn_indexes: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self.img_size = img_size
        grid = img_size // patch_size
        self.patch_embed = PatchEmbed(patch_size, in_chans, embed_dim)
        self.pos_embed: nn.Parameter | None = None
        if use_abs_pos:
            self.pos_embed = nn.Parameter(torch.zeros(1, grid, grid, embed_dim))
        self.blocks = nn.ModuleList(
            Block(
                dim=embed_dim,
                num_heads=num_heads,
                mlp_ratio=mlp_ratio,
                qkv_bias=qkv_bias,
                norm_layer=norm_layer,
                act_layer=act_layer,
                use_rel_pos=use_rel_pos,
                window_size=0 if index in global_attn_indexes else window_size,
                input_size=(grid, grid),
            )
            for index in range(depth)
        )
        self.neck = build_neck(embed_dim, out_chans)

    def forward(self, x: Float[Tensor, "b 3 s s"]) -> Float[Tensor, "b c h w"]:
        """Return the embedding of normalised, padded images in model space."""
        tokens = self.patch_embed(x)
        if self.pos_embed is not None:
            tokens = tokens + self.pos_embed
        for block in self.blocks:
            tokens = block(tokens)
        out: Tensor = self.neck(tokens.permute(0, 3, 1, 2))
        return out


def build_neck(embed_dim: int, out_chans: int) -> nn.Sequential:
    """Return the two convolutions that bring tokens to the decoder's width."""
    return nn.Sequential(
        nn.Conv2d(embed_dim, out_chans, kernel_size=1, bias=False),
        LayerNorm2d(out_chans),
        nn.Conv2d(out_chans, out_chans, kernel_size=3, padding=1, bias=False),
        LayerNorm2d(out_chans),
    )


class Block(nn.Module):
    """A transformer block whose attention is global or limited to windows."""

    def __init__(
        self,
        dim: int,
        num_heads: int,
        mlp_ratio: float = 4.0,
        qkv_bias: bool = True,
        norm_layer: Callable[[int], nn.Module] = nn.LayerNorm,
        act_layer: type[nn.Module] = nn.GELU,
        use_rel_pos: bool = False,
        window_size: int = 0,
        input_size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__()
        self.norm1 = norm_layer(dim)
        self.attn = Attention(
            dim,
            num_heads=num_heads,
            qkv_bias=qkv_bias,
            use_rel_pos=use_rel_pos,
            input_size=input_size if window_size == 0 else (window_size, window_size),
        )
        self.norm2 = norm_layer(dim)
        self.mlp = MLPBlock(embedding_dim=dim, mlp_dim=int(dim * mlp_ratio), act=act_layer)
        self.window_size = window_size

    def forward(self, x: Float[Tensor, "b h w c"]) -> Float[Tensor, "b h w c"]:
        """Return the tokens after attention and MLP, both residual."""
        x = x + self._attend(self.norm1(x))
        out: Tensor = x + self.mlp(self.norm2(x))
        return out

    def _attend(self, x: Float[Tensor, "b h w c"]) -> Float[Tensor, "b h w c"]:
        if self.window_size == 0:
            whole: Tensor = self.attn(x)
            return whole
        size = (x.shape[1], x.shape[2])
        windows, padded = window_partition(x, self.window_size)
        return window_unpartition(self.attn(windows), self.window_size, padded, size)


class PatchEmbed(nn.Module):
    """Cut the image into patches and project each to a token."""

    def __init__(self, patch_size: int = 16, in_chans: int = 3, embed_dim: int = 768) -> None:
        super().__init__()
        self.proj = nn.Conv2d(in_chans, embed_dim, kernel_size=patch_size, stride=patch_size)

    def forward(self, x: Float[Tensor, "b c height width"]) -> Float[Tensor, "b h w d"]:
        """Return one token per patch, channels last."""
        out: Tensor = self.proj(x)
        return out.permute(0, 2, 3, 1)
