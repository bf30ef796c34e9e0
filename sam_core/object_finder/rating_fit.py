"""Learn what found masks are worth, on images that the detector has not learnt from."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from pycocotools import mask as coco_mask
from torch.nn import functional

from sam_core.amg.object_rating import describe
from sam_core.amg.object_search import look_for_objects
from sam_core.automatic_mask_generator import SamAutomaticMaskGenerator
from sam_core.data.records import read_image
from sam_core.errors import DatasetError
from sam_core.masks.rle import encode_rle
from sam_core.masks.run_lengths import compress_runs
from sam_core.modeling import ObjectDetector, Sam
from sam_core.predictor import SamPredictor
from sam_core.training.detector_training import masks_of
from sam_core.training.evaluator import skip
from sam_core.training.tuning_examples import TuningExample

POINTS_PER_SIDE = 16
MOST_BY_POINTS = 300
LEAST_IOU = 0.5
"""A mask that comes less close to a true one than this is worth nothing."""
_RIDGE = 1e-4
_ITERATIONS = 200


class Found(NamedTuple):
    """What was found in an image."""

    known: NDArray[np.float64]
    """(n, known) of each mask."""
    ious: NDArray[np.float64]
    """(n,) IoU with the true mask that comes closest."""


def fit_rating(
    sam: Sam,
    detector: ObjectDetector,
    apart: Sequence[TuningExample],
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> NDArray[np.float64]:
    """Return the weights by which masks that points or the detector found are compared.

    Args:
        sam: In evaluation mode.
        detector: In evaluation mode.
        apart: Images with masks that the detector has not learnt from.
        on_progress: Gets the images done, and how many there are.

    Raises:
        DatasetError: If none of them can be used.
    """
    found = []
    for index, example in enumerate(apart):
        try:
            found.append(search(sam, detector, example))
        except DatasetError as error:
            skip(error)
        on_progress(index + 1, len(apart))
    found = [one for one in found if len(one.ious)]
    if not found:
        raise DatasetError(
            f"examples must have an image in which something is found, got {len(apart)} without"
        )
    return weights_of(found)


def search(sam: Sam, detector: ObjectDetector, example: TuningExample) -> Found:
    """Return what is found in an image, and how well it fits.

    Args:
        sam: In evaluation mode.
        detector: In evaluation mode.
        example: The image.

    Raises:
        DatasetError: If the image or one of its masks is broken.
    """
    truths = [as_code(encode_rle(mask)) for mask in masks_of(example)]
    pixels = read_image(example.record)
    generator = SamAutomaticMaskGenerator(
        sam,
        points_per_side=POINTS_PER_SIDE,
        pred_iou_thresh=0.0,
        stability_score_thresh=0.0,
        most_masks=MOST_BY_POINTS,
        ask_again=True,
    )
    by_points = [mask for mask in generator.find_masks(pixels) if mask.area]
    predictor = SamPredictor(sam)
    predictor.set_image(pixels)
    masks, boxes = look_for_objects(predictor, detector, pixels, by_points)
    codes = [as_code(compress_runs(mask.found.runs, mask.found.size)) for mask in masks]
    if not (codes and truths):
        return Found(np.zeros((0, 0)), np.zeros(0))
    ious = coco_mask.iou(codes, truths, [0] * len(truths))
    return Found(describe(masks, boxes), np.asarray(ious).max(axis=1))


def weights_of(found: Sequence[Found]) -> NDArray[np.float64]:
    """Return the weights that tell best what masks are worth, each image counting the same.

    Worth rises from 0 at an IoU of 0.5 to 1 at 1, as the average recall does; the fit is a
    logistic regression of that share.

    Args:
        found: Of some images, something in each.
    """
    known = torch.from_numpy(np.concatenate([one.known for one in found]))
    ious = torch.from_numpy(np.concatenate([one.ious for one in found]))
    share = ((ious - LEAST_IOU) / (1 - LEAST_IOU)).clamp(0, 1)
    counts = torch.tensor([len(one.ious) for one in found])
    each = (1 / counts.double()).repeat_interleave(counts) / len(found)
    weights = torch.zeros(known.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=_ITERATIONS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        told = functional.binary_cross_entropy_with_logits(known @ weights, share, each)
        value = told * len(share) + _RIDGE * weights.square().sum()
        torch.autograd.backward(value)
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    fitted: NDArray[np.float64] = weights.detach().numpy()
    return fitted


def as_code(code: object) -> dict[str, object]:
    """Return a mask's code as pycocotools takes it."""
    assert isinstance(code, dict)
    return {"size": code["size"], "counts": code["counts"].encode()}
