"""Ask the decoder about many single points of one image, doing what they share once."""

import torch
from jaxtyping import Float
from torch import Tensor

from sam_core.amg.batch_decoder import BatchDecoder, prompts_together
from sam_core.amg.stream_decoder import Answers, Judge, StreamDecoder
from sam_core.export.image_constants import ImageConstants
from sam_core.export.prompt_decoder import PromptDecoder
from sam_core.modeling import DensePromptEncoder, Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.prompts import FOREGROUND_LABEL, PADDING_LABEL

_TOGETHER = 8
"""Points of a large decoder: enough for the weights of its tokens to be read seldom. 15 MB."""


class PointDecoder:
    """Good candidates for single points, at the decoder's own resolution.

    A small decoder answers several points together, because its layers are so small that
    calling them takes longer than computing them. With a large one the cells of a single point
    fill the processor's caches; there only the tokens of a few points go through together, and
    what has quality is drawn. A large one whose prompts draw, or whose quality is told from the
    masks themselves, answers one by one as it is exported.

    Args:
        sam: The model; its weights are shared.
        features: Of one image.
        used: Rows and columns of the logits that are not padding alone.
        whole: Whether the padding of kept masks is wanted too; without it a large decoder of
            published parts leaves it 0.

    Attributes:
        together: How many points are best answered in one call.
    """

    def __init__(
        self, sam: Sam, features: ImageFeatures, used: tuple[int, int], *, whole: bool = True
    ) -> None:
        self._used = used
        self.together = prompts_together(features)
        self._decoder: BatchDecoder | _ExportedDecoder | StreamDecoder
        if self.together > 1:
            self._decoder = BatchDecoder(sam, features)
        elif is_published(sam, features):
            self.together = _TOGETHER
            self._decoder = StreamDecoder(sam, features.image_embeddings, used, whole=whole)
        else:
            self._decoder = _ExportedDecoder(sam, features)

    @torch.no_grad()
    def decode(
        self, coords_model: Float[Tensor, "b 2"], least_quality: float, judge: Judge
    ) -> Answers:
        """Return the candidates of points, three each, that are kept.

        Args:
            coords_model: x, y in pixel indices of model space.
            least_quality: Predicted IoU that they must be above.
            judge: Tells which of these are kept.
        """
        if isinstance(self._decoder, StreamDecoder):
            return self._decoder.decode(coords_model, least_quality, judge)
        if isinstance(self._decoder, BatchDecoder):
            logits, quality = self._decoder.decode_points(coords_model)
        else:
            answers = [self._decoder.decode(point) for point in coords_model]
            logits, quality = (torch.cat(values) for values in zip(*answers, strict=True))
        rows, columns = self._used
        good = quality > least_quality
        kept = good.masked_scatter(good, judge(logits[good][:, :rows, :columns]))
        return Answers(logits[kept], quality[kept], kept.nonzero()[:, 0])


def is_published(sam: Sam, features: ImageFeatures) -> bool:
    """Return whether a model's decoder has the published parts alone.

    Args:
        sam: The model.
        features: Of any image.
    """
    draws = isinstance(sam.prompt_encoder, DensePromptEncoder)
    looks = isinstance(sam.mask_decoder.iou_prediction_head, MaskQualityHead)
    return not (draws or looks or features.high_res_features)


class _ExportedDecoder:
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
