"""One encoded image that answers the prompts of an evaluation."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.modeling import ImageFeatures, Sam
from sam_core.prompts import (
    BACKGROUND_LABEL,
    BOX_BOTTOM_RIGHT_LABEL,
    BOX_TOP_LEFT_LABEL,
    FOREGROUND_LABEL,
    PADDING_LABEL,
)
from sam_core.training.prompt_sampler import PointPrompts
from sam_core.training.simulated_clicks import Click, Mask
from sam_core.training.train_step import predict
from sam_core.transforms import ResizeLongestSide, image_to_model_coords


class Answer(NamedTuple):
    """What all mask tokens say: token 0 is the single mask, 1 to 3 are the candidates."""

    logits: Tensor
    """(4, mask_h, mask_w)"""
    predicted_ious: Tensor
    """(4,)"""


@torch.no_grad()
def encode_pixels(sam: Sam, pixels: NDArray[np.uint8]) -> ImageFeatures:
    """Return what a model keeps of one image, (height, width, 3) RGB, upright."""
    resized = ResizeLongestSide(sam.image_size).apply_image(pixels)
    tensor = torch.from_numpy(resized).to(sam.device).permute(2, 0, 1).float()
    return sam.encode_image(sam.preprocess(tensor)[None])


class Answers(NamedTuple):
    """What all mask tokens say to the prompts of several masks."""

    logits: Tensor
    """(b, 4, mask_h, mask_w)"""
    predicted_ious: Tensor
    """(b, 4)"""


class ImageUnderTest:
    """An image that is encoded once and asked for one mask after the other.

    Args:
        sam: Model in evaluation mode, of any registered kind and input size.
        pixels: (height, width, 3) RGB, upright.
        features: What the encoder made of these pixels, if that is known already.
    """

    def __init__(
        self, sam: Sam, pixels: NDArray[np.uint8], features: ImageFeatures | None = None
    ) -> None:
        self.sam = sam
        self.image_hw = (pixels.shape[0], pixels.shape[1])
        self.input_hw = ResizeLongestSide.get_preprocess_shape(*self.image_hw, sam.image_size)
        self.features = encode_pixels(sam, pixels) if features is None else features

    def answer_box(self, box_xyxy: NDArray[np.integer]) -> Answer:
        """Return the answer to a box given by pixel edges of the image."""
        logits, predicted_ious = self.answer_boxes([box_xyxy])
        return Answer(logits[0], predicted_ious[0])

    def answer_boxes(self, boxes_xyxy: Sequence[NDArray[np.integer]]) -> Answers:
        """Return the answers to boxes given by pixel edges of the image, one mask each."""
        corners = np.array(boxes_xyxy).reshape(-1, 2)
        coords = self._to_model(corners).reshape(-1, 2, 2)
        labels = coords.new_tensor([BOX_TOP_LEFT_LABEL, BOX_BOTTOM_RIGHT_LABEL])
        prompts = PointPrompts(coords, labels.expand(len(coords), 2))
        return Answers(*predict(self.sam, self.features, prompts, None))

    def answer_clicks(self, clicks: Sequence[Click], previous: Tensor | None) -> Answer:
        """Return the answer to all clicks so far, with the logits (mask_h, mask_w) before them."""
        logits, predicted_ious = self.answer_together(
            [clicks], None if previous is None else previous[None]
        )
        return Answer(logits[0], predicted_ious[0])

    def answer_together(
        self, clicks: Sequence[Sequence[Click]], previous: Tensor | None
    ) -> Answers:
        """Return the answers for several masks that all have had equally many clicks.

        Args:
            clicks: All clicks of each of the b masks so far.
            previous: (b, mask_h, mask_w) logits before the last of them; ``None`` at first.
        """
        places = np.array([[(one.column + 0.5, one.row + 0.5) for one in own] for own in clicks])
        coords = self._to_model(places.reshape(-1, 2)).reshape(places.shape)
        # Without a box a padding point comes last, as every caller of the decoder sends it.
        coords = torch.cat([coords, coords.new_zeros(len(clicks), 1, 2)], dim=1)
        labels = [
            [FOREGROUND_LABEL if one.is_foreground else BACKGROUND_LABEL for one in own]
            for own in clicks
        ]
        sent = coords.new_tensor([[*own, PADDING_LABEL] for own in labels])
        return Answers(*predict(self.sam, self.features, PointPrompts(coords, sent), previous))

    def to_mask(self, logits: Tensor) -> Mask:
        """Return the mask at image size of logits (mask_h, mask_w)."""
        full = self.sam.postprocess_masks(logits[None, None], self.input_hw, self.image_hw)
        return np.asarray((full[0, 0] > self.sam.mask_threshold).cpu().numpy())

    def _to_model(self, points_image: NDArray[np.integer] | NDArray[np.floating]) -> Tensor:
        coords = image_to_model_coords(points_image, self.image_hw, self.input_hw)
        return torch.as_tensor(coords, dtype=torch.float32, device=self.sam.device)
