"""Self-attention on a grid of tokens, over the whole grid or in windows."""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional


class Attention(nn.Module):
    """Multi-head self-attention with decomposed relative positions.

    Source:
        Li et al. 2021 (MViTv2), arXiv:2112.01526, section 4.1: the bias of a pair of
        tokens is the query's product with one learnt vector for their vertical and one
        for their horizontal offset.

    Args:
        dim: Width of a token.
        num_heads: Number of heads; must divide ``dim``.
        qkv_bias: Whether queries, keys and values have a bias.
        use_rel_pos: Whether to learn relative positions.
        input_size: Rows and columns that the relative positions are learnt for.

    Raises:
        ValueError: If ``use_rel_pos`` is set without ``input_size``.
    """

    def __init__(
        self,
        dim: int,
        num_heads: int = 8,
        qkv_bias: bool = True,
        use_rel_pos: bool = False,
        input_size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__()
        self.num_heads = num_heads
        head_dim = dim // num_heads
        self.scale = head_dim**-0.5
        self.qkv = nn.Linear(dim, 3 * dim, bias=qkv_bias)
        self.proj = nn.Linear(dim, dim)
        self.use_rel_pos = use_rel_pos
        if use_rel_pos:
            if input_size is None:
                raise ValueError(
                    "input_size must be given when use_rel_pos is set, got None; "
                    "pass the rows and columns of the token grid"
                )
            self.rel_pos_h = nn.Parameter(torch.zeros(2 * input_size[0] - 1, head_dim))
            self.rel_pos_w = nn.Parameter(torch.zeros(2 * input_size[1] - 1, head_dim))

    def forward(self, x: Float[Tensor, "b h w c"]) -> Float[Tensor, "b h w c"]:
        """Return the tokens after each has looked at all others of its grid."""
        batch, height, width, channels = x.shape
        qkv = self.qkv(x).reshape(batch, height * width, 3, self.num_heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)  # each (b, heads, hw, c / heads)
        bias = self._relative_bias(q, (height, width)) if self.use_rel_pos else None
        attended = functional.scaled_dot_product_attention(
            q, k, v, attn_mask=bias, scale=self.scale
        )
        merged = attended.transpose(1, 2).reshape(batch, height, width, channels)
        out: Tensor = self.proj(merged)
        return out

    def _relative_bias(
        self, q: Float[Tensor, "b heads hw c"], size: tuple[int, int]
    ) -> Float[Tensor, "b heads hw hw"]:
        height, width = size
        offsets_h = relative_positions(height, self.rel_pos_h)
        offsets_w = relative_positions(width, self.rel_pos_w)
        grid = q.reshape(*q.shape[:2], height, width, -1)
        bias_h = torch.einsum("bnhwc,hkc->bnhwk", grid, offsets_h)
        bias_w = torch.einsum("bnhwc,wkc->bnhwk", grid, offsets_w)
        bias = bias_h[..., :, None] + bias_w[..., None, :]  # (b, heads, h, w, key h, key w)
        return bias.reshape(*q.shape[:2], height * width, height * width)


def relative_positions(
    length: int, rel_pos: Float[Tensor, "offsets c"]
) -> Float[Tensor, "length length c"]:
    """Return the vector of each (query, key) pair along one axis.

    Args:
        length: Number of positions on the axis.
        rel_pos: One vector per offset, from ``-(n - 1)`` to ``n - 1``. Another length is
            resampled linearly, so that a model runs at a size it was not trained at.
    """
    needed = 2 * length - 1
    if rel_pos.shape[0] != needed:
        resized = functional.interpolate(rel_pos.T[None], size=needed, mode="linear")
        rel_pos = resized[0].T
    position = torch.arange(length, device=rel_pos.device)
    return rel_pos[position[:, None] - position[None, :] + length - 1]


def window_partition(
    x: Float[Tensor, "b h w c"], window_size: int
) -> tuple[Float[Tensor, "windows size size c"], tuple[int, int]]:
    """Return square windows of the grid, and the padded size of the grid.

    The right and bottom are padded with zeros up to a multiple of ``window_size``.
    """
    batch, height, width, channels = x.shape
    pad_h = -height % window_size
    pad_w = -width % window_size
    if pad_h or pad_w:
        x = functional.pad(x, (0, 0, 0, pad_w, 0, pad_h))
    rows, columns = (height + pad_h) // window_size, (width + pad_w) // window_size
    tiled = x.reshape(batch, rows, window_size, columns, window_size, channels)
    windows = tiled.permute(0, 1, 3, 2, 4, 5).reshape(-1, window_size, window_size, channels)
    return windows, (height + pad_h, width + pad_w)


def window_unpartition(
    windows: Float[Tensor, "windows size size c"],
    window_size: int,
    pad_hw: tuple[int, int],
    hw: tuple[int, int],
) -> Float[Tensor, "b h w c"]:
    """Return the grid that :func:`window_partition` cut, without its padding."""
    rows, columns = pad_hw[0] // window_size, pad_hw[1] // window_size
    tiled = windows.reshape(-1, rows, columns, window_size, window_size, windows.shape[-1])
    grid = tiled.permute(0, 1, 3, 2, 4, 5).reshape(-1, *pad_hw, windows.shape[-1])
    return grid[:, : hw[0], : hw[1]]
