"""Prompt tokens and an image embedding in, mask logits and their quality out."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.modeling.common import MLP, LayerNorm2d
from sam_core.modeling.quality_head import MaskQualityHead


class MaskDecoder(nn.Module):
    """Predict several candidate masks and how good each of them is.

    Token 0 answers unambiguous prompts; tokens 1 to 3 are the whole, part and sub-part
    candidates of an ambiguous one.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 3 and appendix A. Adding feature maps
        of stride 4 and 8 while up-scaling: Ravi et al. 2024 (SAM 2), arXiv:2408.00714,
        section 4.

    Args:
        transformer_dim: Width of tokens and image features.
        transformer: Maps image features, their positions and tokens to tokens and features.
        num_multimask_outputs: Candidates for an ambiguous prompt.
        activation: Activation between the up-scaling steps.
        iou_head_depth: Layers of the quality head.
        iou_head_hidden_dim: Hidden width of the quality head.
        looks_at_masks: Whether quality is told by :class:`MaskQualityHead`, from the masks
            themselves, instead of the published head, from a token.
    """

    def __init__(
        self,
        *,
        transformer_dim: int,
        transformer: nn.Module,
        num_multimask_outputs: int = 3,
        activation: type[nn.Module] = nn.GELU,
        iou_head_depth: int = 3,
        iou_head_hidden_dim: int = 256,
        looks_at_masks: bool = False,
    ) -> None:
        super().__init__()
        self.transformer_dim = transformer_dim
        self.transformer = transformer
        self.num_multimask_outputs = num_multimask_outputs
        self.num_mask_tokens = num_multimask_outputs + 1
        self.iou_token = nn.Embedding(1, transformer_dim)
        self.mask_tokens = nn.Embedding(self.num_mask_tokens, transformer_dim)
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(transformer_dim, transformer_dim // 4, kernel_size=2, stride=2),
            LayerNorm2d(transformer_dim // 4),
            activation(),
            nn.ConvTranspose2d(transformer_dim // 4, transformer_dim // 8, kernel_size=2, stride=2),
            activation(),
        )
        self.output_hypernetworks_mlps = nn.ModuleList(
            MLP(transformer_dim, transformer_dim, transformer_dim // 8, 3)
            for _ in range(self.num_mask_tokens)
        )
        self.iou_prediction_head: MLP | MaskQualityHead
        if looks_at_masks:
            self.iou_prediction_head = MaskQualityHead(transformer_dim, transformer_dim // 8)
        else:
            self.iou_prediction_head = MLP(
                transformer_dim, iou_head_hidden_dim, self.num_mask_tokens, iou_head_depth
            )

    def forward(
        self,
        image_embeddings: Float[Tensor, "images c h w"],
        image_pe: Float[Tensor, "1 c h w"],
        sparse_prompt_embeddings: Float[Tensor, "b n c"],
        dense_prompt_embeddings: Float[Tensor, "b c h w"],
        multimask_output: bool,
        high_res_features: tuple[Tensor, ...] = (),
    ) -> tuple[Float[Tensor, "b masks mask_h mask_w"], Float[Tensor, "b masks"]]:
        """Return low-resolution mask logits and predicted IoU.

        Args:
            image_embeddings: One embedding for all prompts, or one per prompt.
            image_pe: Positional encoding of the embedding's cells.
            sparse_prompt_embeddings: Tokens of points and boxes.
            dense_prompt_embeddings: Map of the mask prompt.
            multimask_output: True for the candidates of an ambiguous prompt, False for the
                one mask of token 0.
            high_res_features: The encoder's maps of stride 4 and 8, if it has any.
        """
        masks, iou_pred = self.predict_masks(
            image_embeddings,
            image_pe,
            sparse_prompt_embeddings,
            dense_prompt_embeddings,
            high_res_features,
        )
        chosen = slice(1, None) if multimask_output else slice(0, 1)
        return masks[:, chosen], iou_pred[:, chosen]

    def predict_masks(
        self,
        image_embeddings: Float[Tensor, "images c h w"],
        image_pe: Float[Tensor, "1 c h w"],
        sparse_prompt_embeddings: Float[Tensor, "b n c"],
        dense_prompt_embeddings: Float[Tensor, "b c h w"],
        high_res_features: tuple[Tensor, ...] = (),
    ) -> tuple[Float[Tensor, "b masks mask_h mask_w"], Float[Tensor, "b masks"]]:
        """Return logits and predicted IoU of all mask tokens, token 0 first."""
        batch, _, height, width = dense_prompt_embeddings.shape
        output_tokens = torch.cat([self.iou_token.weight, self.mask_tokens.weight])
        tokens = torch.cat([output_tokens.expand(batch, -1, -1), sparse_prompt_embeddings], dim=1)
        source = _one_per_prompt(image_embeddings, batch) + dense_prompt_embeddings
        tokens, features = self.transformer(source, image_pe.expand_as(source), tokens)
        grid = features.transpose(1, 2).reshape(batch, -1, height, width)
        upscaled = self._upscale(grid, high_res_features)
        weights = torch.stack(
            [
                head(tokens[:, 1 + index])
                for index, head in enumerate(self.output_hypernetworks_mlps)
            ],
            dim=1,
        )  # (b, masks, c / 8)
        masks = (weights @ upscaled.flatten(2)).reshape(batch, -1, *upscaled.shape[-2:])
        if isinstance(self.iou_prediction_head, MaskQualityHead):
            mask_tokens = tokens[:, 1 : 1 + self.num_mask_tokens]
            return masks, self.iou_prediction_head(tokens[:, 0], mask_tokens, grid, upscaled, masks)
        return masks, self.iou_prediction_head(tokens[:, 0])

    def _upscale(
        self, grid: Float[Tensor, "b c h w"], high_res_features: tuple[Tensor, ...]
    ) -> Float[Tensor, "b c_out mask_h mask_w"]:
        if not high_res_features:
            plain: Tensor = self.output_upscaling(grid)
            return plain
        stride4, stride8 = high_res_features
        to_stride8, norm, act1, to_stride4, act2 = self.output_upscaling
        middle = act1(norm(to_stride8(grid) + _one_per_prompt(stride8, grid.shape[0])))
        fine: Tensor = act2(to_stride4(middle) + _one_per_prompt(stride4, grid.shape[0]))
        return fine


def _one_per_prompt(
    features: Float[Tensor, "images c h w"], prompts: int
) -> Float[Tensor, "prompts c h w"]:
    # One image serves all prompts by broadcasting; in training each image has as many prompts.
    if features.shape[0] in (1, prompts):
        return features
    return features.repeat_interleave(prompts // features.shape[0], dim=0)
