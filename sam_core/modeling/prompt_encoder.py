"""Clicks and boxes as tokens, masks as a map: the published prompt encoder."""

import torch
from jaxtyping import Float, Shaped
from torch import Tensor, nn

from sam_core.modeling.common import LayerNorm2d
from sam_core.modeling.positional_encoding import PositionEmbeddingRandom
from sam_core.prompts import BOX_BOTTOM_RIGHT_LABEL, BOX_TOP_LEFT_LABEL, PADDING_LABEL


class PromptEncoder(nn.Module):
    """Embed sparse prompts (points, boxes) and dense prompts (masks).

    Coordinates count pixel indices of model space: the encoder itself moves them to the
    pixel's centre by adding 0.5.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 3 and appendix A.

    Args:
        embed_dim: Width of the prompt tokens.
        image_embedding_size: Rows and columns of the image embedding.
        input_image_size: Height and width of the model input, in pixels.
        mask_in_chans: Hidden channels of the mask branch.
        activation: Activation of the mask branch.
        dense_in_chans: Channels of the map that enters the mask branch; 1 is the
            previous mask alone, as published.
    """

    def __init__(
        self,
        embed_dim: int,
        image_embedding_size: tuple[int, int],
        input_image_size: tuple[int, int],
        mask_in_chans: int,
        activation: type[nn.Module] = nn.GELU,
        dense_in_chans: int = 1,
    ) -> None:
        super().__init__()
        self.embed_dim = embed_dim
        self.input_image_size = input_image_size
        self.image_embedding_size = image_embedding_size
        self.pe_layer = PositionEmbeddingRandom(embed_dim // 2)
        self.num_point_embeddings = 4
        self.point_embeddings = nn.ModuleList(
            nn.Embedding(1, embed_dim) for _ in range(self.num_point_embeddings)
        )
        self.not_a_point_embed = nn.Embedding(1, embed_dim)
        self.mask_input_size = (4 * image_embedding_size[0], 4 * image_embedding_size[1])
        self.mask_downscaling = nn.Sequential(
            nn.Conv2d(dense_in_chans, mask_in_chans // 4, kernel_size=2, stride=2),
            LayerNorm2d(mask_in_chans // 4),
            activation(),
            nn.Conv2d(mask_in_chans // 4, mask_in_chans, kernel_size=2, stride=2),
            LayerNorm2d(mask_in_chans),
            activation(),
            nn.Conv2d(mask_in_chans, embed_dim, kernel_size=1),
        )
        self.no_mask_embed = nn.Embedding(1, embed_dim)

    def get_dense_pe(self) -> Float[Tensor, "1 c h w"]:
        """Return the positional encoding of every cell of the image embedding."""
        encoding: Tensor = self.pe_layer(self.image_embedding_size)
        return encoding.unsqueeze(0)

    def forward(
        self,
        points: tuple[Float[Tensor, "b n 2"], Shaped[Tensor, "b n"]] | None,
        boxes: Float[Tensor, "b 4"] | Float[Tensor, "b 1 4"] | None,
        masks: Float[Tensor, "b 1 mask_h mask_w"] | None,
    ) -> tuple[Float[Tensor, "b tokens c"], Float[Tensor, "b c h w"]]:
        """Return the sparse and the dense prompt embeddings.

        Args:
            points: Pixel indices x, y in model space, and their labels: 1 foreground,
                0 background, -1 padding.
            boxes: Corners x0, y0, x1, y1 in model space, one box per batch entry.
            masks: Low-resolution logits of an earlier mask.
        """
        batch = self._batch_size(points, boxes, masks)
        coords, labels = self._as_labelled_points(points, boxes, batch)
        has_mask = coords.new_full((batch,), 0.0 if masks is None else 1.0)
        if masks is None:
            masks = coords.new_zeros(batch, 1, *self.mask_input_size)
        return self.embed_tokens(coords, labels), self.embed_dense(coords, labels, masks, has_mask)

    def embed_tokens(
        self, coords: Float[Tensor, "b n 2"], labels: Float[Tensor, "b n"]
    ) -> Float[Tensor, "b n c"]:
        """Return one token per labelled point; box corners are points labelled 2 and 3."""
        position = self.pe_layer.forward_with_coords(coords + 0.5, self.input_image_size)
        kind = labels.unsqueeze(-1)
        tokens = torch.where(kind == PADDING_LABEL, self.not_a_point_embed.weight, position)
        for label, embedding in enumerate(self.point_embeddings.parameters()):
            tokens = tokens + torch.where(kind == label, embedding, 0.0)
        return tokens

    def embed_dense(
        self,
        coords: Float[Tensor, "b n 2"],
        labels: Float[Tensor, "b n"],
        mask_input: Float[Tensor, "b 1 mask_h mask_w"],
        has_mask: Float[Tensor, " b"],
    ) -> Float[Tensor, "b c h w"]:
        """Return the map that is added to the image embedding.

        Args:
            coords: Pixel indices in model space; not used here, but by encoders that draw
                the sparse prompts as well.
            labels: Labels of the points.
            mask_input: Low-resolution logits; ignored where ``has_mask`` is 0.
            has_mask: 1 where there is a mask prompt, else 0.
        """
        embedded = self.mask_downscaling(mask_input)
        absent = self.no_mask_embed.weight.reshape(1, -1, 1, 1)
        return torch.where(has_mask.reshape(-1, 1, 1, 1) > 0, embedded, absent)

    def hold_clicks(
        self,
        logits: Float[Tensor, "b masks mask_h mask_w"],
        coords: Float[Tensor, "b n 2"],
        labels: Float[Tensor, "b n"],
        has_mask: Float[Tensor, " b"],
    ) -> Float[Tensor, "b masks mask_h mask_w"]:
        """Return what the decoder drew, as it is: the published models make no promise.

        Args:
            logits: Masks at the decoder's resolution.
            coords: Pixel indices in model space; not used here, but by encoders that draw.
            labels: Labels of the points.
            has_mask: 1 where there is a mask prompt, else 0.
        """
        return logits

    def hold_prompts(
        self,
        logits: Float[Tensor, "b masks mask_h mask_w"],
        points: tuple[Float[Tensor, "b n 2"], Shaped[Tensor, "b n"]] | None,
        boxes: Float[Tensor, "b 4"] | Float[Tensor, "b 1 4"] | None,
        masks: Float[Tensor, "b 1 mask_h mask_w"] | None,
    ) -> Float[Tensor, "b masks mask_h mask_w"]:
        """Return :meth:`hold_clicks` for prompts as :meth:`forward` takes them."""
        batch = self._batch_size(points, boxes, masks)
        coords, labels = self._as_labelled_points(points, boxes, batch)
        has_mask = coords.new_full((batch,), 0.0 if masks is None else 1.0)
        return self.hold_clicks(logits, coords, labels, has_mask)

    def _batch_size(
        self,
        points: tuple[Tensor, Tensor] | None,
        boxes: Tensor | None,
        masks: Tensor | None,
    ) -> int:
        if points is not None:
            return points[0].shape[0]
        if boxes is not None:
            return boxes.shape[0]
        return 1 if masks is None else masks.shape[0]

    def _as_labelled_points(
        self,
        points: tuple[Tensor, Tensor] | None,
        boxes: Tensor | None,
        batch: int,
    ) -> tuple[Float[Tensor, "b n 2"], Float[Tensor, "b n"]]:
        like = self.not_a_point_embed.weight
        coords = [like.new_zeros(batch, 0, 2)]
        labels = [like.new_zeros(batch, 0)]
        if points is not None:
            coords.append(points[0].to(like))
            labels.append(points[1].to(like))
            if boxes is None:
                # The network always saw either a box or one padding point in training.
                coords.append(like.new_zeros(batch, 1, 2))
                labels.append(like.new_full((batch, 1), float(PADDING_LABEL)))
        if boxes is not None:
            coords.append(boxes.to(like).reshape(batch, 2, 2))
            corner_labels = like.new_tensor([BOX_TOP_LEFT_LABEL, BOX_BOTTOM_RIGHT_LABEL])
            labels.append(corner_labels.expand(batch, 2))
        return torch.cat(coords, dim=1), torch.cat(labels, dim=1)
