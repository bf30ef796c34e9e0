"""What an image alone gives the decoder of single points: computed once."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from sam_core.export.decoder_parts import layers_of, transformer_of
from sam_core.export.image_constants import ImageConstants
from sam_core.export.stream_attention import heads_of_cells
from sam_core.modeling import Sam
from sam_core.modeling.two_way_transformer import Attention


class SeenCells(NamedTuple):
    """What tokens see when they look at the image."""

    keys: Float[Tensor, "heads d cells"]
    position_keys: Float[Tensor, "heads d cells"] | None
    """Where ``keys`` lacks the positions."""
    values: Float[Tensor, "heads cells d"]
    offset: Float[Tensor, " inner"]
    """What every cell gives, whatever is looked for."""


class LookingCells(NamedTuple):
    """What the image compares tokens with, and what its normalisation needs afterwards."""

    queries: Float[Tensor, "heads d cells"]
    position_queries: Float[Tensor, "heads d cells"] | None
    """Where ``queries`` lacks the positions."""
    row_offset: Float[Tensor, " c"]
    """A constant of the layer as the rows carry it: its weights add up to 1 per head."""
    squares: Float[Tensor, "1 cells"]
    """Squared length of the centred base."""
    outputs: tuple[Float[Tensor, "heads d cells"], ...]
    """Per layer so far, from the values of tokens to the products of its rows with the base."""
    offsets: tuple[Float[Tensor, "1 cells"], ...]
    """Per layer so far, what its `row_offset` gives the base, both ways round and in all heads."""


class StreamConstants(NamedTuple):
    """All constants of an image."""

    seen: tuple[SeenCells, ...]
    """Per layer, and those of the last attention."""
    looking: tuple[LookingCells, ...]
    """Per layer."""
    upscaled: Float[Tensor, "outputs cells"]
    """The base after the first layer of the up-scaling, centred per quadrant."""


@torch.no_grad()
def compute_constants(sam: Sam, embedding: Float[Tensor, "1 c h w"]) -> StreamConstants:
    """Return the constants of an image.

    Args:
        sam: A model whose prompts do not draw.
        embedding: Of the image.
    """
    constants = ImageConstants(sam).compute(embedding)
    transformer = transformer_of(sam.mask_decoder)
    positions = sam.prompt_encoder.get_dense_pe()[0].flatten(1)
    offset = torch.zeros_like(embedding[0, :, 0, 0])
    seen, looking = [], []
    for index, layer in enumerate(layers_of(transformer)):
        own = f"layer{index}_"
        placed = positions if index else None
        seen.append(_seen(layer.cross_attn_token_to_image, constants, own, placed, offset))
        looks = layer.cross_attn_image_to_token
        queries, at_positions = constants[f"{own}queries"], None
        everywhere = heads_of_cells(looks.q_proj(offset).unsqueeze(1), looks)
        if placed is None:
            queries = queries + everywhere
        else:
            at_positions = heads_of_cells(looks.q_proj.weight @ placed, looks) + everywhere
        both_ways = 2 * looks.num_heads
        looking.append(
            LookingCells(
                queries,
                at_positions,
                (looks.out_proj.bias + offset) / looks.num_heads,
                constants[f"{own}squares"],
                tuple(constants[f"{own}outputs{at}"] for at in range(index + 1)),
                tuple(constants[f"{own}offset{at}"] * both_ways for at in range(index + 1)),
            )
        )
        offset = layer.norm4.bias
    last = transformer.final_attn_token_to_image
    seen.append(_seen(last, constants, "final_", positions, offset))
    return StreamConstants(tuple(seen), tuple(looking), constants["upscaled"])


def _seen(
    attention: Attention,
    constants: dict[str, Tensor],
    prefix: str,
    positions: Float[Tensor, "c cells"] | None,
    offset: Float[Tensor, " c"],
) -> SeenCells:
    placed = None
    if positions is not None:
        placed = heads_of_cells(attention.k_proj.weight @ positions, attention)
    return SeenCells(
        constants[f"{prefix}keys"], placed, constants[f"{prefix}values"], attention.v_proj(offset)
    )
