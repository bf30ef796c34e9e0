"""What masks of found objects are worth, learnt from images that were kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.amg.object_masks import objects_of
from sam_core.errors import DatasetError
from sam_core.modeling import Sam
from sam_core.predictor import SamPredictor
from sam_core.training.detector_training import masks_of
from sam_core.training.evaluator import skip
from sam_core.training.feature_cache import FeatureSource
from sam_core.training.simulated_clicks import Mask, intersection_over_union
from sam_core.training.tuning_examples import TuningExample, features_of

FOUND_IOU = 0.75


@dataclass(frozen=True)
class DetectorScores:
    """How a detector does on images that it has not learnt from."""

    found: float
    """Share of the true masks that an object comes to an IoU of 0.75 with."""
    right: float
    """Share of the objects that come to an IoU of 0.75 with a true mask, of as many of the surest
    as there are true masks."""


def calibrate_objects(
    sam: Sam, apart: Sequence[TuningExample], cache: FeatureSource
) -> DetectorScores:
    """Fit what is expected of found masks to what they are worth on images kept apart.

    Args:
        sam: In evaluation mode; its detector keeps what came of it.
        apart: Images that it has not learnt from; all their objects have masks.
        cache: Features by this model's encoder.

    Raises:
        DatasetError: If none of them can be used.
        ValueError: If the model has no detector.
    """
    detector = sam.object_detector
    if detector is None:
        raise ValueError("model must have a detector, got one without; train it first")
    known: list[tuple[float, float]] = []
    ious: list[float] = []
    truths = found = right = surest = 0
    predictor = SamPredictor(sam)
    for example in apart:
        try:
            masks, features = masks_of(example), features_of(example, cache)
        except DatasetError as error:
            skip(error)
            continue
        predictor.set_features(features, example.size)
        objects = objects_of(predictor)
        table = _ious([mask.pixels for _, mask in objects], masks)
        best = table.max(axis=1, initial=0)
        known += [(sureness, mask.predicted_iou) for sureness, mask in objects]
        ious += best.tolist()
        truths += len(masks)
        found += int((table.max(axis=0, initial=0) >= FOUND_IOU).sum())
        right += int((best[: len(masks)] >= FOUND_IOU).sum())
        surest += min(len(masks), len(objects))
    if not truths:
        raise DatasetError("images kept apart must have a mask that can be used, got none")
    if known:
        detector.calibration = _fit(np.array(known), np.array(ious)).to(detector.calibration)
    return DetectorScores(found / truths, right / max(surest, 1))


def _ious(found: Sequence[Mask], truths: Sequence[Mask]) -> NDArray[np.float64]:
    rows = [[intersection_over_union(one, truth) for truth in truths] for one in found]
    return np.array(rows, dtype=np.float64).reshape(len(found), len(truths))


def _fit(known: NDArray[np.float64], ious: NDArray[np.float64]) -> Tensor:
    """Return constant and slopes of the IoU over sureness and the decoder's own estimate."""
    inputs = np.column_stack([np.ones(len(known)), known])
    # A little ridge, so that a handful of objects does not give slopes without bounds.
    ridge = np.diag([1e-6, 0.1, 0.1])
    solved = np.linalg.solve(inputs.T @ inputs + ridge, inputs.T @ ious)
    return torch.tensor(solved, dtype=torch.float32)
