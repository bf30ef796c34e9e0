"""The decoder's attentions between the tokens of many prompts and the cells of one image.

There are fewer rows (heads times tokens) than channels, so the projections of the cells are
moved to the tokens: a score is a product of a cell with a row, and what the tokens give to a
cell is a mixture of rows. The result is that of the published order.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.modeling.two_way_transformer import Attention


def tokens_look_at_cells(
    attention: Attention,
    tokens: Float[Tensor, "b t c"],
    placed: Float[Tensor, "b cells c"],
    cells: Float[Tensor, "b cells c"],
) -> Float[Tensor, "b t c"]:
    """Return, per token, the cells weighted by their similarity.

    Args:
        attention: The published form.
        tokens: What looks.
        placed: The cells with their positions, which are compared.
        cells: The cells, which are taken.
    """
    # The bias of the keys is the same for all cells and drops out of the soft-max.
    rows = _rows_of(_split(attention.q_proj(tokens), attention), attention.k_proj)
    weights = torch.bmm(rows, placed.transpose(1, 2)).softmax(dim=-1)
    mixed = torch.bmm(weights, cells)
    mixed = mixed.reshape(len(tokens), attention.num_heads, -1, cells.shape[-1])
    values = mixed @ _per_head(attention.v_proj, attention).transpose(1, 2)
    joined = values.transpose(1, 2).flatten(2) + attention.v_proj.bias
    out: Tensor = attention.out_proj(joined)
    return out


def cells_look_at_tokens(
    attention: Attention,
    cells: Float[Tensor, "b cells c"],
    placed: Float[Tensor, "b cells c"],
    keys: Float[Tensor, "b t c"],
    values: Float[Tensor, "b t c"],
) -> Float[Tensor, "b cells c"]:
    """Return the cells with what they saw added.

    Args:
        attention: The published form.
        cells: What the answer is added to.
        placed: The cells with their positions, which are compared.
        keys: Tokens to be compared with.
        values: Tokens to be taken over.
    """
    split = _split(attention.k_proj(keys), attention)
    rows = _rows_of(split, attention.q_proj)
    bias = attention.q_proj.bias.reshape(attention.num_heads, -1, 1)
    everywhere = (split @ bias * _scale(attention)).flatten(1, 2)
    scores = torch.baddbmm(everywhere, rows, placed.transpose(1, 2))
    heads = scores.reshape(len(cells), attention.num_heads, -1, scores.shape[-1])
    weights = heads.softmax(dim=2).flatten(1, 2)
    outward = attention.out_proj.weight.T.reshape(attention.num_heads, -1, cells.shape[-1])
    given = (_split(attention.v_proj(values), attention) @ outward).flatten(1, 2)
    # Per head the weights of a cell add up to 1, so the rows can carry what is constant.
    given = given + attention.out_proj.bias / attention.num_heads
    return torch.baddbmm(cells, weights.transpose(1, 2), given)


def _rows_of(
    split: Float[Tensor, "b heads t d"], cell_layer: nn.Linear
) -> Float[Tensor, "b rows c"]:
    """Return what the cells are multiplied with to give the scores, one row per head and token."""
    heads, width = split.shape[1], split.shape[3]
    weight = cell_layer.weight.reshape(heads, width, -1)
    scaled: Tensor = split @ weight * float(width) ** -0.5
    return scaled.flatten(1, 2)


def _split(
    projected: Float[Tensor, "b t inner"], attention: Attention
) -> Float[Tensor, "b heads t d"]:
    split = projected.reshape(*projected.shape[:2], attention.num_heads, -1)
    return split.transpose(1, 2)


def _per_head(layer: nn.Linear, attention: Attention) -> Float[Tensor, "heads d c"]:
    return layer.weight.reshape(attention.num_heads, -1, layer.weight.shape[-1])


def _scale(attention: Attention) -> float:
    return float((attention.internal_dim // attention.num_heads) ** -0.5)
