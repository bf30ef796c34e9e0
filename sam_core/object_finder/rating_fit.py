"""Learn what found masks are worth, from images whose true masks are known."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from pycocotools import mask as coco_mask
from torch.nn import functional

from sam_core.amg.object_rating import describe
from sam_core.automatic_mask_generator import SamAutomaticMaskGenerator
from sam_core.data.records import read_image
from sam_core.errors import DatasetError
from sam_core.masks.rle import encode_rle
from sam_core.masks.run_lengths import compress_runs
from sam_core.modeling import MaskRating, ObjectDetector, Sam
from sam_core.training.detector_training import masks_of
from sam_core.training.evaluator import skip
from sam_core.training.schedules import warmup_stable_decay
from sam_core.training.tuning_examples import TuningExample

POINTS_PER_SIDE = 16
MOST_BY_POINTS = 300
LEAST_IOU = 0.5
"""A mask that comes less close to a true one than this is worth nothing."""
NEXT_SHARE = 0.7
"""What the next best mask of a true one is worth beside the one before: a list shall not be
filled with masks of the same thing."""
STEPS = 2500
MASKS_PER_STEP = 1024
PEAK_RATE = 2e-3
WEIGHT_DECAY = 0.1
WARMUP_STEPS = 50
LEAST_SPREAD = 1e-4


class Found(NamedTuple):
    """What was found in an image."""

    known: NDArray[np.float64]
    """(n, known) of each mask."""
    ious: NDArray[np.float64]
    """(n, truths) IoU of each mask with each true one."""


def fit_rating(
    sam: Sam,
    detector: ObjectDetector,
    examples: Sequence[TuningExample],
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> MaskRating:
    """Return what compares masks that points or the detector found.

    Args:
        sam: In evaluation mode.
        detector: In evaluation mode.
        examples: Images with masks; of those that the detector has learnt from not too many,
            as it is surer of them than of others.
        on_progress: Gets the images done, and how many there are.

    Raises:
        DatasetError: If none of them can be used.
    """
    found = []
    for index, example in enumerate(examples):
        try:
            found.append(search(sam, detector, example))
        except DatasetError as error:
            skip(error)
        on_progress(index + 1, len(examples))
    found = [one for one in found if len(one.ious)]
    if not found:
        raise DatasetError(
            f"examples must have an image in which something is found, got {len(examples)} without"
        )
    return rating_of(found)


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
    masks, boxes = generator.find_candidates(pixels, detector)
    codes = [as_code(compress_runs(mask.found.runs, mask.found.size)) for mask in masks]
    if not (codes and truths):
        return Found(np.zeros((0, 0)), np.zeros((0, len(truths))))
    ious = coco_mask.iou(codes, truths, [0] * len(truths))
    return Found(describe(masks, boxes), np.asarray(ious))


def rating_of(found: Sequence[Found]) -> MaskRating:
    """Return what tells best what masks are worth, each true mask counting the same.

    Worth is learnt by the cross-entropy; what it is, :func:`worth_of` says.

    Args:
        found: Of some images, something in each.
    """
    torch.manual_seed(0)
    known = torch.from_numpy(np.concatenate([one.known for one in found])).float()
    worth = torch.from_numpy(np.concatenate([worth_of(one.ious) for one in found])).float()
    counts = [one.ious.shape for one in found]
    each = torch.cat([torch.full((masks,), truths / masks) for masks, truths in counts])
    each /= each.mean()
    rating = MaskRating(known.shape[1])
    rating.mean.copy_(known.mean(dim=0))
    rating.spread.copy_(known.std(dim=0) + LEAST_SPREAD)
    optimizer = torch.optim.AdamW(rating.parameters(), PEAK_RATE, weight_decay=WEIGHT_DECAY)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = PEAK_RATE * warmup_stable_decay(step, STEPS, WARMUP_STEPS, 1.0)
        drawn = torch.randint(len(known), (MASKS_PER_STEP,))
        told = rating(known[drawn])
        loss = functional.binary_cross_entropy_with_logits(told, worth[drawn], each[drawn])
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimizer.step()
    return rating.eval().requires_grad_(False)


def worth_of(ious: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each mask of an image is worth, (n,), in [0, 1].

    For the mask that comes closest to a true one it rises from 0 at an IoU of 0.5 to 1 at 1, as
    the average recall does; for the next ones it falls by their place.

    Args:
        ious: (n, truths) IoU of each mask with each true one, of one of them at least.
    """
    share = np.clip((ious - LEAST_IOU) / (1 - LEAST_IOU), 0, 1)
    place = np.argsort(np.argsort(-ious, axis=0, kind="stable"), axis=0)
    worth: NDArray[np.float64] = (share * NEXT_SHARE**place).max(axis=1)
    return worth


def as_code(code: object) -> dict[str, object]:
    """Return a mask's code as pycocotools takes it."""
    assert isinstance(code, dict)
    return {"size": code["size"], "counts": code["counts"].encode()}
