"""Search one crop quickly: filter at the decoder's resolution, enlarge only what is left.

The filters are the published ones. What differs: boxes are read off the logits to a fraction
of a cell, stability is counted in cells first and in pixels where that is close to the
threshold, and points inside a mask that is known already can be left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.amg.crops import Crop, touches_inner_edge
from sam_core.amg.exact_masks import ExactMask, MaskEnlarger, Seed
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.in_order import in_order
from sam_core.amg.levels import explained_points, split_into_levels
from sam_core.amg.low_res import find_boxes, stability_scores
from sam_core.amg.point_decoder import PointDecoder
from sam_core.amg.settings import SearchSettings
from sam_core.amg.suppression import suppress_boxes, suppress_masks
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.predictor import SamPredictor

SURE_IOU = 0.7
"""Predicted IoU from which on a mask is believed to explain the other points in it."""

_UNSURE = 0.03
"""Distance of a stability counted in cells from the threshold within which pixels decide."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mask that passed the filters, not enlarged yet unless that was needed to decide."""

    seed: Seed
    exact: ExactMask | None
    logits: NDArray[np.float16] | None
    cells: NDArray[np.bool_]
    box_xyxy: NDArray[np.float64]
    predicted_iou: float
    point_xy: NDArray[np.float64]


class FastSearch:
    """Search one crop.

    Args:
        predictor: With the crop's pixels set.
        crop: Where the crop lies.
        image_size: Height, width of the whole image.
        settings: The filters.
        keep_logits: Whether masks are given with their logits.

    Raises:
        ImageNotSetError: If the predictor has no image.
    """

    def __init__(
        self,
        predictor: SamPredictor,
        crop: Crop,
        image_size: tuple[int, int],
        settings: SearchSettings,
        keep_logits: bool = True,
    ) -> None:
        left, top, right, bottom = crop.box_xyxy
        sam = predictor.model
        embedding = predictor.get_image_embedding()
        features = ImageFeatures(embedding, predictor.high_res_features)
        least_iou = settings.pred_iou_thresh if settings.pred_iou_thresh > 0 else -np.inf
        self._least_iou = least_iou
        self._crop, self._image_size, self._settings = crop, image_size, settings
        self._to_model = partial(
            predictor.transform.apply_coords, original_size=(bottom - top, right - left)
        )
        self._like = sam.pixel_mean
        self._threshold = sam.mask_threshold
        size = predictor.transform.get_preprocess_shape(bottom - top, right - left, sam.image_size)
        self._enlarger = MaskEnlarger(
            sam, size, crop.box_xyxy, image_size, settings.stability_score_offset
        )
        rows, _ = sam.prompt_encoder.mask_input_size
        self._cell = sam.image_size / rows  # in pixels of model space
        # Cells that only hold padding are no part of the image.
        used_rows, used_columns = (int(np.ceil(side / self._cell)) for side in size)
        self._used = (used_rows, used_columns)
        self._decoder = PointDecoder(sam, features, self._used, whole=keep_logits)
        self._keep_logits = keep_logits
        self._scale_xy = np.array([(right - left) / size[1], (bottom - top) / size[0]])

    def run(
        self,
        points_xy: NDArray[np.float64],
        grid: NDArray[np.float64],
        on_progress: Callable[[float], None],
    ) -> list[FoundMask]:
        """Return the masks of the crop, best first.

        Args:
            points_xy: (n, 2) in pixels of the crop.
            grid: The same points as fractions.
            on_progress: Gets the share of the points that are done or left out.
        """
        asked = np.zeros(len(points_xy), dtype=bool)
        done = np.zeros(len(points_xy), dtype=bool)
        cells = self._cells_of(points_xy)
        found: list[_Candidate] = []
        levels = [np.arange(len(grid))] if self._settings.ask_every_point else None
        for level in levels or split_into_levels(grid):
            sure = [mask for mask in found if mask.predicted_iou >= SURE_IOU]
            masks = np.array([mask.cells.ravel() for mask in sure], dtype=bool)
            explained = explained_points(masks, cells[asked], cells[level])
            done[level[explained]] = True
            waiting = level[~explained]
            per_batch = min(self._settings.points_per_batch, self._decoder.together)
            batches = [
                waiting[first : first + per_batch] for first in range(0, len(waiting), per_batch)
            ]
            for batch, answers in zip(
                batches, in_order(self._ask, [points_xy[batch] for batch in batches]), strict=True
            ):
                found += answers
                asked[batch] = done[batch] = True
                on_progress(float(done.mean()))
            found = self._suppress(found)
        return [mask for mask in in_order(self._finish, found) if mask is not None]

    def _cells_of(self, points_xy: NDArray[np.float64]) -> NDArray[np.intp]:
        column, row = (self._to_model(points_xy) / self._cell).astype(int).T
        rows, columns = self._used
        cells: NDArray[np.intp] = row.clip(0, rows - 1) * columns + column.clip(0, columns - 1)
        return cells

    def _ask(self, points_xy: NDArray[np.float64]) -> list[_Candidate]:
        return list(self._candidates(points_xy))

    def _candidates(self, points_xy: NDArray[np.float64]) -> Iterator[_Candidate]:
        settings = self._settings
        coords = torch.as_tensor(self._to_model(points_xy)).to(self._like)
        masks, quality, points = self._decoder.decode(coords, self._least_iou, self._may_be_stable)
        asked = points_xy[points.cpu().numpy()]
        rows, columns = self._used
        used = masks[:, :rows, :columns]
        stability = self._stability(used)
        boxes = find_boxes(used, self._threshold).double().cpu().numpy()
        generous = self._threshold - settings.stability_score_offset
        wide = find_boxes(used, generous).double().cpu().numpy()
        in_image = self._to_image(boxes)
        cut_off = touches_inner_edge(in_image, self._crop, self._image_size)
        halves = masks.half().cpu().numpy() if self._keep_logits else None
        cells = (used > self._threshold).cpu().numpy()
        for index in np.flatnonzero(~cut_off).tolist():
            seed = self._enlarger.cut(masks[index], wide[index])
            exact = None
            least = settings.stability_score_thresh
            if least > 0 and abs(float(stability[index]) - least) < _UNSURE:
                exact = self._enlarger.enlarge_stable(seed, least)
                if exact is None:
                    continue
            yield _Candidate(
                seed=seed,
                exact=exact,
                logits=None if halves is None else halves[index],
                cells=cells[index],
                box_xyxy=in_image[index],
                predicted_iou=float(quality[index]),
                point_xy=asked[index],
            )

    def _may_be_stable(self, used: Tensor) -> Tensor:
        return self._stability(used) >= self._settings.stability_score_thresh - _UNSURE

    def _stability(self, used: Tensor) -> Tensor:
        return stability_scores(used, self._threshold, self._settings.stability_score_offset)

    def _to_image(self, boxes_cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return boxes in image pixels; as published they end with their last pixel."""
        left, top, right, bottom = self._crop.box_xyxy
        corners = boxes_cells.reshape(-1, 2, 2) * self._cell * self._scale_xy
        corners = np.minimum(corners, [right - left, bottom - top]) + np.array([left, top])
        # The centres of the first and the last pixel inside.
        first, last = np.ceil(corners[:, 0] - 0.5), np.ceil(corners[:, 1] - 0.5) - 1
        return np.concatenate([first, np.maximum(first, last)], axis=1)

    def _suppress(self, found: list[_Candidate]) -> list[_Candidate]:
        scores = np.array([mask.predicted_iou for mask in found])
        threshold = self._settings.box_nms_thresh
        if self._settings.suppress_by == "mask":
            masks = np.array([mask.cells for mask in found], dtype=bool)
            kept = suppress_masks(masks.reshape(len(found), -1, 1), scores, threshold)
        else:
            boxes = np.array([mask.box_xyxy for mask in found]).reshape(-1, 4)
            kept = suppress_boxes(boxes, scores, threshold)
        return [found[index] for index in kept[: self._settings.most_masks]]

    def _finish(self, candidate: _Candidate) -> FoundMask | None:
        least = self._settings.stability_score_thresh
        exact = candidate.exact or self._enlarger.enlarge_stable(candidate.seed, least)
        if exact is None:
            return None
        left, top, _, _ = self._crop.box_xyxy
        x, y = candidate.point_xy + np.array([left, top])
        return FoundMask(
            runs=exact.runs,
            size=self._image_size,
            box_xyxy=exact.box_xyxy,
            predicted_iou=candidate.predicted_iou,
            stability_score=exact.stability_score,
            point_xy=(float(x), float(y)),
            crop_box_xyxy=self._crop.box_xyxy,
            logits=candidate.logits,
        )
