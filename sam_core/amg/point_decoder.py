"""Ask the decoder about many single points of one image, doing what they share once."""

import torch
from torch import Tensor

from sam_core.amg.batch_decoder import BatchDecoder, prompts_together
from sam_core.export.image_constants import ImageConstants
from sam_core.export.prompt_decoder import PromptDecoder
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.prompts import FOREGROUND_LABEL, PADDING_LABEL


class PointDecoder:
    """Candidates for single points, at the decoder's own resolution.

    A small decoder answers several points together, because its layers are so small that
    calling them takes longer than computing them. With a large one a single point fills the
    processor's caches; there points are answered one by one by the decoder as it is exported,
    which needs a quarter of the published multiplications.

    Args:
        sam: The model; its weights are shared.
        features: Of one image.

    Attributes:
        together: How many points are best answered in one call.
    """

    def __init__(self, sam: Sam, features: ImageFeatures) -> None:
        self.together = prompts_together(features)
        self._batch = BatchDecoder(sam, features) if self.together > 1 else None
        self._stream = None if self._batch else _StreamDecoder(sam, features)

    @torch.no_grad()
    def decode(self, coords_model: Tensor) -> tuple[Tensor, Tensor]:
        """Return the three candidates of each point.

        Args:
            coords_model: (b, 2) x, y in pixel indices of model space.

        Returns:
            Low-resolution logits (b, 3, mask height, mask width) and predicted IoU (b, 3).
        """
        if self._batch is not None:
            parts = torch.split(coords_model, self.together)
            answers = [self._batch.decode_points(part) for part in parts]
        else:
            assert self._stream is not None
            answers = [self._stream.decode(point) for point in coords_model]
        logits, predicted_iou = zip(*answers, strict=True)
        return torch.cat(logits), torch.cat(predicted_iou)


class _StreamDecoder:
    """The decoder as it is exported: what depends on the image alone is computed once."""

    def __init__(self, sam: Sam, features: ImageFeatures) -> None:
        with torch.no_grad():
            maps = (features.image_embeddings, *features.high_res_features)
            constants = ImageConstants(sam).compute(*maps)
            self._decoder = PromptDecoder(sam, tuple(constants))
        self._constants = tuple(constants.values())
        like = features.image_embeddings
        self._labels = like.new_tensor([[FOREGROUND_LABEL, PADDING_LABEL]])
        self._no_mask = like.new_zeros(0, 1, *sam.prompt_encoder.mask_input_size)

    def decode(self, point: Tensor) -> tuple[Tensor, Tensor]:
        coords = torch.stack([point, torch.zeros_like(point)])[None]
        logits, predicted_iou, _ = self._decoder(
            *self._constants, coords, self._labels, self._no_mask
        )
        return logits[:, 1:], predicted_iou[:, 1:]
