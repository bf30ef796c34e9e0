"""Ask the decoder about many single points of one image, doing what they share once."""

import torch
from torch import Tensor

from sam_core.export.image_constants import ImageConstants
from sam_core.export.prompt_decoder import PromptDecoder
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.prompts import FOREGROUND_LABEL, PADDING_LABEL


class PointDecoder:
    """Candidates for single points, at the decoder's own resolution.

    This is the decoder as it is exported: what depends on the image alone is computed once,
    and each point needs a quarter of the published multiplications. Points are answered one
    by one; together they would not be faster, as their values would not fit into the
    processor's caches.

    Args:
        sam: The model; its weights are shared.
        features: Of one image.
    """

    def __init__(self, sam: Sam, features: ImageFeatures) -> None:
        with torch.no_grad():
            maps = (features.image_embeddings, *features.high_res_features)
            constants = ImageConstants(sam).compute(*maps)
            self._decoder = PromptDecoder(sam, tuple(constants))
        self._constants = tuple(constants.values())
        like = features.image_embeddings
        self._labels = like.new_tensor([[FOREGROUND_LABEL, PADDING_LABEL]])
        self._no_mask = like.new_zeros(0, 1, *sam.prompt_encoder.mask_input_size)

    @torch.no_grad()
    def decode(self, coords_model: Tensor) -> tuple[Tensor, Tensor]:
        """Return the three candidates of each point.

        Args:
            coords_model: (b, 2) x, y in pixel indices of model space.

        Returns:
            Low-resolution logits (b, 3, mask height, mask width) and predicted IoU (b, 3).
        """
        answers = [self._answer(point) for point in coords_model]
        logits, predicted_iou = zip(*answers, strict=True)
        return torch.cat(logits)[:, 1:], torch.cat(predicted_iou)[:, 1:]

    def _answer(self, point: Tensor) -> tuple[Tensor, Tensor]:
        coords = torch.stack([point, torch.zeros_like(point)])[None]
        logits, predicted_iou, _ = self._decoder(
            *self._constants, coords, self._labels, self._no_mask
        )
        return logits, predicted_iou
