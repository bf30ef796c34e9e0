"""A prompt encoder that also draws clicks and boxes into the dense prompt."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.modeling.held_clicks import hold_clicks
from sam_core.modeling.prompt_encoder import PromptEncoder
from sam_core.prompts import (
    BACKGROUND_LABEL,
    BOX_BOTTOM_RIGHT_LABEL,
    BOX_TOP_LEFT_LABEL,
    FOREGROUND_LABEL,
)

CLICK_RADII = (1 / 64, 1 / 8)
"""Standard deviations of a drawn click, as fractions of the model input's side."""

DRAWN_CHANNELS = 2 * len(CLICK_RADII) + 2
LOGIT_SCALE = 1 / 8
LOGIT_LIMIT = 20.0


class DensePromptEncoder(PromptEncoder):
    """Embed prompts as tokens and, pointwise, as a drawing beside the previous mask.

    A decoder trained on few images is slow to learn from Fourier features alone where a
    click or a box lies. Drawing them hands it that geometry: around each click a narrow and
    a wide Gaussian bump, foreground and background apart, and for a box its soft
    inside and its elliptical radius. The published sparse tokens stay as they are.

    Source:
        Disks as click maps: Sofiiuk et al. 2021 (RITM), arXiv:2102.06583, section 3; dense
        prompts added pointwise: Kirillov et al. 2023, arXiv:2304.02643, section 3.
    """

    def __init__(
        self,
        embed_dim: int,
        image_embedding_size: tuple[int, int],
        input_image_size: tuple[int, int],
        mask_in_chans: int,
    ) -> None:
        super().__init__(
            embed_dim=embed_dim,
            image_embedding_size=image_embedding_size,
            input_image_size=input_image_size,
            mask_in_chans=mask_in_chans,
            activation=nn.ReLU,
            dense_in_chans=1 + DRAWN_CHANNELS,
        )

    def embed_dense(
        self,
        coords: Float[Tensor, "b n 2"],
        labels: Float[Tensor, "b n"],
        mask_input: Float[Tensor, "b 1 mask_h mask_w"],
        has_mask: Float[Tensor, " b"],
    ) -> Float[Tensor, "b c h w"]:
        """Return the map that is added to the image embedding.

        Args:
            coords: Pixel indices x, y in model space.
            labels: Labels of the points, box corners included.
            mask_input: Low-resolution logits; ignored where ``has_mask`` is 0.
            has_mask: 1 where there is a mask prompt, else 0.
        """
        present = has_mask.reshape(-1, 1, 1, 1)
        previous = mask_input.clamp(-LOGIT_LIMIT, LOGIT_LIMIT) * (LOGIT_SCALE * present)
        drawing = torch.cat([previous, self.draw(coords, labels)], dim=1)
        embedded: Tensor = self.mask_downscaling(drawing)
        absent = self.no_mask_embed.weight.reshape(1, -1, 1, 1)
        return embedded + (1 - present) * absent

    def draw(
        self, coords: Float[Tensor, "b n 2"], labels: Float[Tensor, "b n"]
    ) -> Float[Tensor, "b drawn mask_h mask_w"]:
        """Return the prompts as maps at the resolution of the mask prompt, in [0, 1].

        The channels are: foreground narrow, foreground wide, background narrow,
        background wide, inside of the box, closeness to the middle of the box.
        """
        rows, columns = self.mask_input_size
        unit = self._unit(coords)
        x = (torch.arange(columns, device=coords.device, dtype=coords.dtype) + 0.5) / columns
        y = (torch.arange(rows, device=coords.device, dtype=coords.dtype) + 0.5) / rows
        bumps = [
            _draw_clicks(unit, (labels == label).to(unit), x, y, radius)
            for label in (FOREGROUND_LABEL, BACKGROUND_LABEL)
            for radius in CLICK_RADII
        ]
        return torch.stack([*bumps, *_draw_box(unit, labels, x, y)], dim=1)

    def hold_clicks(
        self,
        logits: Float[Tensor, "b masks mask_h mask_w"],
        coords: Float[Tensor, "b n 2"],
        labels: Float[Tensor, "b n"],
        has_mask: Float[Tensor, " b"],
    ) -> Float[Tensor, "b masks mask_h mask_w"]:
        """Return logits that are on the right side of 0 where a correction was clicked.

        Args:
            logits: Masks at the decoder's resolution.
            coords: Pixel indices in model space.
            labels: Labels of the points.
            has_mask: 1 where there is a mask prompt, else 0.
        """
        return hold_clicks(logits, self._unit(coords), labels, has_mask)

    def _unit(self, coords: Float[Tensor, "b n 2"]) -> Float[Tensor, "b n 2"]:
        height, width = self.input_image_size
        return (coords + 0.5) / coords.new_tensor([width, height])


def _draw_clicks(
    unit: Float[Tensor, "b n 2"],
    chosen: Float[Tensor, "b n"],
    x: Float[Tensor, " w"],
    y: Float[Tensor, " h"],
    radius: float,
) -> Float[Tensor, "b h w"]:
    falloff = -0.5 / radius**2
    across = (falloff * (unit[..., 0:1] - x) ** 2).exp()  # (b, n, w)
    down = (falloff * (unit[..., 1:2] - y) ** 2).exp() * chosen.unsqueeze(-1)  # (b, n, h)
    return (down.unsqueeze(-1) * across.unsqueeze(-2)).amax(dim=1)


def _draw_box(
    unit: Float[Tensor, "b n 2"],
    labels: Float[Tensor, "b n"],
    x: Float[Tensor, " w"],
    y: Float[Tensor, " h"],
) -> tuple[Float[Tensor, "b h w"], Float[Tensor, "b h w"]]:
    is_first = (labels == BOX_TOP_LEFT_LABEL).to(unit).unsqueeze(-1)
    is_last = (labels == BOX_BOTTOM_RIGHT_LABEL).to(unit).unsqueeze(-1)
    present = is_first.amax(dim=1).unsqueeze(-1)  # (b, 1, 1)
    first = (unit * is_first).sum(dim=1)
    last = (unit * is_last).sum(dim=1)
    centre = (0.5 * (first + last)).unsqueeze(-1)  # (b, 2, 1)
    half = (0.5 * (last - first)).clamp(min=0.5 / x.shape[0]).unsqueeze(-1)
    across = (x - centre[:, 0]) / half[:, 0]  # (b, w), -1 at the left edge and 1 at the right
    down = (y - centre[:, 1]) / half[:, 1]
    radius = across.abs().unsqueeze(1).maximum(down.abs().unsqueeze(2))
    inside = torch.sigmoid(8 * (1 - radius))
    ellipse = across.square().unsqueeze(1) + down.square().unsqueeze(2)
    return inside * present, torch.sigmoid(4 * (1 - ellipse)) * present
