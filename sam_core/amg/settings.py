"""What the caller of the automatic mask generator chooses, checked once."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sam_core.amg.found_mask import OUTPUT_MODES, OutputMode
from sam_core.amg.point_grids import build_layer_grids
from sam_core.errors import PromptError

Method: TypeAlias = Literal["fast", "plain"]
SuppressBy: TypeAlias = Literal["box", "mask"]


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The filters of a search, with the published names and defaults.

    Attributes:
        points_per_batch: Prompts that go through the decoder together.
        pred_iou_thresh: Masks whose predicted IoU is not above this go; 0 lets all pass.
        stability_score_thresh: Masks less stable than this go; 0 lets all pass.
        stability_score_offset: How far the two thresholds of the stability lie from the
            mask's own, in logits.
        box_nms_thresh: Of masks of one crop whose boxes overlap more, the best stays.
        crop_n_layers: Layers of zoomed crops.
        crop_nms_thresh: The same for masks of different crops; smaller crops win.
        crop_overlap_ratio: Overlap of crops, as a fraction of the image's shorter side.
        min_mask_region_area: Smaller holes and islands go, in pixels; 0 keeps them.
        output_mode: How records hold their masks.
        method: "plain" computes everything at image size, as published; "fast" filters at the
            decoder's resolution and enlarges what is left.
        suppress_by: Whether "box" or "mask" overlaps are suppressed; only "fast" knows the
            latter.
        most_masks: Of one crop at most this many are kept, best predicted IoU first; ``None``
            keeps all. Only "fast" knows it.
        ask_every_point: Whether "fast" asks points too that lie in a mask known already.
        ask_again: Whether "fast" answers each mask once more, by its point and its box.
    """

    points_per_batch: int = 64
    pred_iou_thresh: float = 0.88
    stability_score_thresh: float = 0.95
    stability_score_offset: float = 1.0
    box_nms_thresh: float = 0.7
    crop_n_layers: int = 0
    crop_nms_thresh: float = 0.7
    crop_overlap_ratio: float = 512 / 1500
    min_mask_region_area: int = 0
    output_mode: OutputMode = "binary_mask"
    method: Method = "fast"
    suppress_by: SuppressBy = "box"
    most_masks: int | None = None
    ask_every_point: bool = False
    ask_again: bool = False

    def __post_init__(self) -> None:
        if self.output_mode not in OUTPUT_MODES:
            raise PromptError(
                f"output_mode must be one of {', '.join(OUTPUT_MODES)}, got {self.output_mode!r}"
            )
        if self.method not in ("fast", "plain"):
            raise PromptError(f"method must be fast or plain, got {self.method!r}")
        if self.suppress_by not in ("box", "mask"):
            raise PromptError(f"suppress_by must be box or mask, got {self.suppress_by!r}")
        if self.method == "plain" and self.suppress_by == "mask":
            raise PromptError(
                "suppress_by must be box with the plain method, got mask; use the fast method"
            )
        if self.method == "plain" and self.ask_again:
            raise PromptError("ask_again needs the fast method, got plain")
        if self.most_masks is not None and self.most_masks < 1:
            raise PromptError(f"most_masks must be at least 1, got {self.most_masks}")
        if self.points_per_batch < 1:
            raise PromptError(f"points_per_batch must be at least 1, got {self.points_per_batch}")
        if self.crop_n_layers < 0:
            raise PromptError(f"crop_n_layers must be 0 or more, got {self.crop_n_layers}")


def choose_grids(
    points_per_side: int | None,
    point_grids: list[NDArray[np.float64]] | None,
    crop_n_layers: int,
    downscale: int,
) -> list[NDArray[np.float64]]:
    """Return the grid of the image and of each layer of crops.

    Args:
        points_per_side: Points per side on the whole image, or ``None`` with own grids.
        point_grids: Own grids, (n, 2) x, y as fractions, one per layer and the image.
        crop_n_layers: Layers of crops.
        downscale: How many times fewer points per side each layer has than the one before.

    Raises:
        PromptError: If not exactly one of the first two is given, or grids are missing.
    """
    if (points_per_side is None) == (point_grids is None):
        raise PromptError(
            "exactly one of points_per_side and point_grids must be given, got "
            + ("neither" if points_per_side is None else "both")
        )
    if points_per_side is not None:
        if points_per_side < 1 or downscale < 1:
            raise PromptError(
                "points_per_side and crop_n_points_downscale_factor must be at least 1, "
                f"got {points_per_side} and {downscale}"
            )
        return build_layer_grids(points_per_side, crop_n_layers, downscale)
    grids = point_grids or []
    if len(grids) <= crop_n_layers:
        raise PromptError(
            f"point_grids must hold a grid for the image and each of {crop_n_layers} layers of "
            f"crops, got {len(grids)}"
        )
    return grids
