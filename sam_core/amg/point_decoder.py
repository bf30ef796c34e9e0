"""Ask the decoder about many single points of one image, doing what they share once."""

import torch
from torch import Tensor

from sam_core.export.fast_decoder import build_fast_decoder
from sam_core.export.shared_modules import share_modules
from sam_core.modeling import DensePromptEncoder, MaskDecoder, Sam, TwoWayTransformer
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.modeling.two_way_transformer import TwoWayAttentionBlock
from sam_core.prompts import FOREGROUND_LABEL, PADDING_LABEL

BATCH_BYTES = 50_000_000
"""What the values of one batch may take together. Beyond the processor's caches a larger
batch is not faster, it only needs more memory."""

_MAPS_KEPT = 6
_FLOAT_BYTES = 4


class PointDecoder:
    """Candidates for single points, at the decoder's own resolution.

    The published prompt encoder gives every point the same map, so the image enters the
    decoder once and not once per point. The published head tells a candidate's quality before
    its mask is drawn, so candidates that would be filtered out are not drawn.

    Args:
        sam: The model; its weights are shared.
        features: Of one image.
        least_iou: Points none of whose candidates has a predicted IoU above this give nothing.
    """

    def __init__(self, sam: Sam, features: ImageFeatures, least_iou: float) -> None:
        self._encoder = sam.prompt_encoder
        self._decoder = _share_first_layer(build_fast_decoder(sam.mask_decoder), sam.mask_decoder)
        self._features = features
        self._image_pe = sam.prompt_encoder.get_dense_pe()
        self._least_iou = least_iou
        self._knows_quality_first = not sam.mask_decoder.looks_at_masks

    @property
    def points_per_batch(self) -> int:
        """How many points fit into `BATCH_BYTES`."""
        channels = self._encoder.embed_dim
        rows, columns = self._encoder.image_embedding_size
        mask_rows, mask_columns = self._encoder.mask_input_size
        values = rows * columns * channels + mask_rows * mask_columns * channels // 8
        return max(2, BATCH_BYTES // (_MAPS_KEPT * values * _FLOAT_BYTES))

    @torch.no_grad()
    def decode(self, coords_model: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the three candidates of each point that may have a good one.

        Args:
            coords_model: (b, 2) x, y in pixel indices of model space.

        Returns:
            Which points these are (p,), low-resolution logits (p, 3, mask height, mask width)
            and predicted IoU (p, 3).
        """
        batch = len(coords_model)
        points = torch.stack([coords_model, torch.zeros_like(coords_model)], dim=1)
        labels = coords_model.new_tensor([FOREGROUND_LABEL, PADDING_LABEL]).expand(batch, 2)
        tokens, grid = self._decoder.attend(
            self._features.image_embeddings,
            self._image_pe,
            self._encoder.embed_tokens(points, labels),
            self._dense(points, labels),
        )
        chosen = torch.arange(batch, device=coords_model.device)
        if self._knows_quality_first:
            quality = self._decoder.iou_prediction_head(tokens[:, 0])[:, 1:]
            chosen = chosen[(quality > self._least_iou).any(dim=1)]
            if not len(chosen):
                shape = (0, quality.shape[1], *self._encoder.mask_input_size)
                return chosen, quality.new_zeros(shape), quality[chosen]
        high_res = self._features.high_res_features
        logits, predicted_iou = self._decoder.draw(tokens[chosen], grid[chosen], high_res)
        return chosen, logits[:, 1:], predicted_iou[:, 1:]

    def _dense(self, points: Tensor, labels: Tensor) -> Tensor:
        if not isinstance(self._encoder, DensePromptEncoder):
            points, labels = points[:1], labels[:1]
        no_mask = points.new_zeros(len(points), 1, *self._encoder.mask_input_size)
        return self._encoder.embed_dense(points, labels, no_mask, points.new_zeros(len(points)))


def _share_first_layer(fast: MaskDecoder, published: MaskDecoder) -> MaskDecoder:
    """Let the first look at the image keep its projections, which serve all points at once."""
    if isinstance(fast.transformer, TwoWayTransformer) and isinstance(
        published.transformer, TwoWayTransformer
    ):
        first, *others = fast.transformer.layers
        original = published.transformer.layers[0]
        assert isinstance(first, TwoWayAttentionBlock)
        assert isinstance(original, TwoWayAttentionBlock)
        shared = share_modules(first)
        shared.cross_attn_token_to_image = original.cross_attn_token_to_image
        transformer = share_modules(fast.transformer)
        transformer.layers = torch.nn.ModuleList([shared, *others])
        fast.transformer = transformer
    return fast
