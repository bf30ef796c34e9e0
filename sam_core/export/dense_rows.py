"""The dense prompt as rows of an image stream: its last layer acts on each cell alone."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.export.decoder_parts import mask_layers_of
from sam_core.modeling import DensePromptEncoder, PromptEncoder
from sam_core.modeling.dense_prompt_encoder import LOGIT_LIMIT, LOGIT_SCALE


class DenseRows(nn.Module):
    """Mask prompt, and drawn clicks if the model draws them, as a few rows with weights.

    The rows are the columns of the last convolution, and one more that puts the vector of
    an absent mask, which is part of the fixed base, out again where a mask is given. A mask
    prompt is a batch of one, its absence a batch of none: nothing is computed to be dropped.

    Args:
        prompt_encoder: Its weights are used, not copied.
    """

    def __init__(self, prompt_encoder: PromptEncoder) -> None:
        super().__init__()
        self.prompt_encoder = prompt_encoder
        self.is_drawn = isinstance(prompt_encoder, DensePromptEncoder)
        layers = mask_layers_of(prompt_encoder)
        self.first, self.others = layers.first, layers.others
        self.last_weight, self.last_bias = layers.last_weight, layers.last_bias

    def absent(self) -> Float[Tensor, " c"]:
        """Return what is added to every cell whenever no mask is given."""
        absent = self.prompt_encoder.no_mask_embed.weight[0]
        return absent + self.last_bias if self.is_drawn else absent.clone()

    def rows(self) -> Float[Tensor, "rows c"]:
        """Return all rows; the last stands for the mask's presence."""
        present = -self.prompt_encoder.no_mask_embed.weight
        present = present if self.is_drawn else present + self.last_bias
        return torch.cat([self.last_weight.flatten(1).T, present])

    def forward(
        self,
        coords: Float[Tensor, "1 n 2"],
        labels: Float[Tensor, "1 n"],
        mask_input: Float[Tensor, "given 1 mask_h mask_w"],
    ) -> tuple[Float[Tensor, "mixed cells"], Float[Tensor, "given 1 1"]]:
        """Return the weights of the rows that are mixed in, and a one for each mask given.

        Args:
            coords: Pixel indices x, y in model space.
            labels: Labels of the points.
            mask_input: Low-resolution logits of an earlier mask: one, or none.
        """
        given = torch.ones_like(mask_input[:, 0, :1, :1])
        if isinstance(self.prompt_encoder, DensePromptEncoder):
            previous = mask_input.clamp(-LOGIT_LIMIT, LOGIT_LIMIT).sum(dim=0, keepdim=True)
            drawn = self.prompt_encoder.draw(coords, labels)
            maps = self.first(torch.cat([previous * LOGIT_SCALE, drawn], dim=1))
            present = given.sum(dim=0, keepdim=True)
        else:
            maps, present = self.first(mask_input), given
        maps = self.others(maps)
        height, width = self.prompt_encoder.image_embedding_size
        presence = present.unsqueeze(-1).expand(-1, 1, height, width)
        return torch.cat([maps, presence], dim=1).reshape(-1, height * width), given

    def mixed_in(
        self, of_rows: Float[Tensor, "rows k"], given: Float[Tensor, "given 1 1"]
    ) -> Float[Tensor, "mixed k"]:
        """Return something that belongs to the rows for those that are mixed in.

        Args:
            of_rows: One line per row.
            given: From `forward`.
        """
        return of_rows if self.is_drawn else (given * of_rows).flatten(0, 1)
