"""A small head on an image's features that says where objects are."""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from sam_core.modeling.common import LayerNorm2d
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.modeling.mask_rating import MaskRating

CELL = 8
"""Model pixels per cell of what the detector says."""
FIRST_SHARE = 0.01
"""Share of cells that an untrained detector takes for centres, so that training starts calmly."""
LEVEL_SIDES = (32.0, 96.0)
"""Sides of boxes, in model pixels, that part the levels of a detector for things of all sizes."""
SAID = 5
"""Numbers that are said of a cell for each level: a log-odds and four edges."""
KNOWN = 3
"""Numbers that the expected IoU is told from: a constant, sureness, and the decoder's estimate."""


class Detections(NamedTuple):
    """What a detector says of every cell."""

    centres: Tensor
    """(b, levels, rows, columns) log-odds that the middle of an object of this level lies here."""
    edges: Tensor
    """(b, levels, 4, rows, columns) distances from the cell's centre to the left, top, right and
    bottom edge of the object of this level around it, in model pixels, positive."""


class ObjectDetector(nn.Module):
    """Say for every cell whether an object has its middle there, and how far its edges are.

    It knows no classes: an object is what people accepted in the images that it learnt from.
    Boxes go to the mask decoder as prompts.

    Source:
        An object-agnostic detector of boxes in a data engine: Kirillov et al. 2023,
        arXiv:2304.02643, section 4. Objects as centres and sizes: Zhou et al. 2019,
        arXiv:1904.07850; distances to the edges: Tian et al. 2019 (FCOS), arXiv:1904.01355.

    Args:
        embed_dim: Channels of the image embedding.
        fine_dim: Channels of the encoder's map of stride 8; 0 if it has none.
        width: Channels of the head.
        levels: Sizes of objects that are told apart, so that a cell may be the middle of a small
            and of a large one; 1 or one more than ``LEVEL_SIDES``.
    """

    calibration: Tensor

    def __init__(self, embed_dim: int, fine_dim: int, width: int = 64, levels: int = 1) -> None:
        super().__init__()
        self.levels = levels
        self.enlarge = nn.ConvTranspose2d(embed_dim, width, kernel_size=2, stride=2)
        self.fine = nn.Conv2d(fine_dim, width, kernel_size=1) if fine_dim else None
        self.body = nn.Sequential(
            LayerNorm2d(width),
            nn.GELU(),
            nn.Conv2d(width, width, kernel_size=3, padding=1),
            LayerNorm2d(width),
            nn.GELU(),
            nn.Conv2d(width, width, kernel_size=3, padding=1),
            LayerNorm2d(width),
            nn.GELU(),
        )
        self.head = nn.Conv2d(width, SAID * levels, kernel_size=1)
        with torch.no_grad():
            self.head.bias[::SAID] = torch.logit(torch.tensor(FIRST_SHARE))  # type: ignore[index]
        self.register_buffer("calibration", torch.tensor([0.0, 0.0, 1.0]))

    def forward(self, features: ImageFeatures) -> Detections:
        """Return what is said of every cell.

        Args:
            features: Of a batch of images, as the encoder gives them.
        """
        hidden = self.enlarge(features.image_embeddings)
        if self.fine is not None:
            hidden = hidden + self.fine(features.high_res_features[1])
        said = self.head(self.body(hidden)).unflatten(1, (self.levels, SAID))
        return Detections(said[:, :, 0], functional.softplus(said[:, :, 1:]) * CELL)

    def expected_iou(
        self, sureness: Float[Tensor, " n"], quality: Float[Tensor, " n"]
    ) -> Float[Tensor, " n"]:
        """Return which IoU masks of found boxes have on average, as seen on images kept apart.

        Args:
            sureness: How sure the detector is of each box, in [0, 1].
            quality: What the decoder predicts of each mask.
        """
        constant, by_sureness, by_quality = self.calibration
        told: Tensor = constant + by_sureness * sureness + by_quality * quality
        return told.clamp(0, 1)


class ObjectFinder(NamedTuple):
    """A detector that knows many kinds of objects, and what its finds are worth beside others."""

    detector: ObjectDetector
    rating: MaskRating
    """Tells it from what is known of a mask, ``sam_core.amg.object_rating.KNOWN`` numbers."""


def detector_for(
    embed_dim: int, high_res_dims: tuple[int, ...], width: int = 64, levels: int = 1
) -> ObjectDetector:
    """Return an untrained detector for features of an encoder.

    Args:
        embed_dim: Channels of the image embedding.
        high_res_dims: Channels of the maps of stride 4 and 8; empty if there are none.
        width: Channels of the head.
        levels: Sizes of objects that are told apart.
    """
    return ObjectDetector(embed_dim, high_res_dims[1] if high_res_dims else 0, width, levels)


def detector_like(state: Mapping[str, Tensor]) -> ObjectDetector:
    """Return an untrained detector of the sizes that weights have.

    Args:
        state: The weights of a detector by key.

    Raises:
        KeyError: If they are not those of a detector.
    """
    embed_dim, width = state["enlarge.weight"].shape[:2]
    fine_dim = state["fine.weight"].shape[1] if "fine.weight" in state else 0
    levels = state["head.weight"].shape[0] // SAID
    return ObjectDetector(embed_dim, fine_dim, width, levels)
