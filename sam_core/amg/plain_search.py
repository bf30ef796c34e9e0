"""Search one crop as published: every candidate at image size, then filter."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from sam_core.amg.crops import Crop, touches_inner_edge
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.low_res import stability_scores
from sam_core.amg.settings import SearchSettings
from sam_core.amg.suppression import suppress_boxes
from sam_core.masks.run_lengths import mask_to_runs
from sam_core.predictor import SamPredictor


def search_plainly(
    predictor: SamPredictor,
    points_xy: NDArray[np.float64],
    crop: Crop,
    image_size: tuple[int, int],
    settings: SearchSettings,
    on_progress: Callable[[float], None],
) -> list[FoundMask]:
    """Return the masks of one crop, best first.

    Args:
        predictor: With the crop's pixels set.
        points_xy: (n, 2) in pixels of the crop.
        crop: Where the crop lies.
        image_size: Height, width of the whole image.
        settings: The filters.
        on_progress: Gets the share of the points that are done.
    """
    found: list[FoundMask] = []
    for first in range(0, len(points_xy), settings.points_per_batch):
        batch = points_xy[first : first + settings.points_per_batch]
        found += _ask(predictor, batch, crop, image_size, settings)
        on_progress((first + len(batch)) / len(points_xy))
    return keep_best(found, settings.box_nms_thresh)


def keep_best(found: list[FoundMask], threshold: float) -> list[FoundMask]:
    """Return masks, best predicted IoU first, without those whose boxes overlap a better one."""
    boxes = np.array([mask.box_xyxy for mask in found], dtype=np.float64).reshape(-1, 4)
    scores = np.array([mask.predicted_iou for mask in found], dtype=np.float64)
    return [found[index] for index in suppress_boxes(boxes, scores, threshold)]


def _ask(
    predictor: SamPredictor,
    points_xy: NDArray[np.float64],
    crop: Crop,
    image_size: tuple[int, int],
    settings: SearchSettings,
) -> Iterator[FoundMask]:
    left, top, right, bottom = crop.box_xyxy
    coords = predictor.transform.apply_coords(points_xy, (bottom - top, right - left))
    logits, predicted_iou, _ = predictor.predict_torch(
        torch.as_tensor(coords, device=predictor.device)[:, None],
        torch.ones(len(points_xy), 1, device=predictor.device),
        multimask_output=True,
        return_logits=True,
    )
    candidates = logits.shape[1]
    masks, quality = logits.flatten(0, 1), predicted_iou.flatten()
    asked = np.repeat(points_xy + np.array([left, top]), candidates, axis=0)
    if settings.pred_iou_thresh > 0:
        passed = quality > settings.pred_iou_thresh
        masks, quality, asked = masks[passed], quality[passed], asked[passed.cpu().numpy()]
    threshold = predictor.model.mask_threshold
    stability = stability_scores(masks, threshold, settings.stability_score_offset)
    for index in range(len(masks)):
        if 0 < settings.stability_score_thresh > stability[index]:
            continue
        pixels = (masks[index] > threshold).cpu().numpy()
        box = _box_of(pixels, left, top)
        if touches_inner_edge(np.array([box], dtype=np.float64), crop, image_size)[0]:
            continue
        yield FoundMask(
            runs=mask_to_runs(_uncrop(pixels, crop, image_size)),
            size=image_size,
            box_xyxy=box,
            predicted_iou=float(quality[index]),
            stability_score=float(stability[index]),
            point_xy=(float(asked[index, 0]), float(asked[index, 1])),
            crop_box_xyxy=crop.box_xyxy,
        )


def _box_of(pixels: NDArray[np.bool_], left: int, top: int) -> tuple[int, int, int, int]:
    columns, rows = np.flatnonzero(pixels.any(axis=0)), np.flatnonzero(pixels.any(axis=1))
    if not columns.size:
        return (left, top, left, top)
    x, y = columns + left, rows + top
    return (int(x[0]), int(y[0]), int(x[-1]), int(y[-1]))


def _uncrop(
    pixels: NDArray[np.bool_], crop: Crop, image_size: tuple[int, int]
) -> NDArray[np.bool_]:
    if pixels.shape == image_size:
        return pixels
    left, top, right, bottom = crop.box_xyxy
    whole = np.zeros(image_size, dtype=np.bool_)
    whole[top:bottom, left:right] = pixels
    return whole
