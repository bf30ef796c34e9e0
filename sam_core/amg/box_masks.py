"""Boxes in, masks out: what a detector found becomes masks, many boxes of an image at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from sam_core.amg.batch_decoder import BatchDecoder, prompts_together
from sam_core.amg.exact_masks import MaskEnlarger
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.in_order import in_order
from sam_core.amg.low_res import find_boxes
from sam_core.errors import PromptError
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.predictor import SamPredictor
from sam_core.prompts import BOX_BOTTOM_RIGHT_LABEL, BOX_TOP_LEFT_LABEL, FOREGROUND_LABEL

STABILITY_OFFSET = 1.0
"""Distance of the two thresholds that stability compares, as in automatic masks."""


def masks_of_boxes(
    model: Sam,
    image: NDArray[np.uint8],
    boxes_xyxy: NDArray[np.float64],
    on_progress: Callable[[float], None] = lambda _: None,
) -> list[FoundMask]:
    """Return the mask of each box, in their order; a mask may be empty.

    Args:
        model: The model; it stays on its device.
        image: (height, width, 3), upright, RGB, 0 to 255.
        boxes_xyxy: (n, 4) left, top, right, bottom in pixels of the image.
        on_progress: Gets the share that is done, 0 to 1; an exception from it ends the work.

    Raises:
        ImageError: If the array is not such an image.
        PromptError: If a box is not finite or has no area.
    """
    boxes = _checked(boxes_xyxy)
    if not len(boxes):
        return []
    predictor = SamPredictor(model)
    predictor.set_image(image)
    return answer_boxes(predictor, boxes, on_progress)


def answer_boxes(
    predictor: SamPredictor,
    boxes: NDArray[np.float64],
    on_progress: Callable[[float], None] = lambda _: None,
) -> list[FoundMask]:
    """Return the mask of each box of an image that is encoded already; a mask may be empty.

    Args:
        predictor: Has the image.
        boxes: (n, 4) left, top, right, bottom in pixels of the image, with an area.
        on_progress: Gets the share that is done, 0 to 1; an exception from it ends the work.
    """
    assert predictor.original_size is not None, "an image was set"
    height, width = predictor.original_size
    whole = (0, 0, width, height)
    return answer_boxes_of_crop(predictor, boxes, whole, (height, width), on_progress)


def answer_boxes_of_crop(
    predictor: SamPredictor,
    boxes: NDArray[np.float64],
    crop_xyxy: tuple[int, int, int, int],
    image_size: tuple[int, int],
    on_progress: Callable[[float], None] = lambda _: None,
) -> list[FoundMask]:
    """Return the mask of each box of a crop that is encoded already; a mask may be empty.

    Args:
        predictor: Has the crop.
        boxes: (n, 4) left, top, right, bottom in pixels of the image, with an area in the crop.
        crop_xyxy: Edges of the crop.
        image_size: Height, width of the image.
        on_progress: Gets the share that is done, 0 to 1; an exception from it ends the work.
    """
    if not len(boxes):
        return []
    left, top, _, _ = crop_xyxy
    answer = _BoxAnswer(predictor, crop_xyxy, image_size)
    found = _in_parts(answer, boxes - np.array([left, top] * 2), on_progress)
    return [replace(mask, point_xy=_shifted(mask.point_xy, left, top)) for mask in found]


def _shifted(point_xy: tuple[float, float], left: int, top: int) -> tuple[float, float]:
    return (point_xy[0] + left, point_xy[1] + top)


def ask_again(
    predictor: SamPredictor,
    found: Sequence[FoundMask],
    on_progress: Callable[[float], None] = lambda _: None,
) -> list[FoundMask]:
    """Return masks that were found by points, answered once more: by the point and the mask's box.

    Two corners leave less open than a point alone, so edges become better. What is known of how
    good a mask is stays: its predicted IoU is told from the point. A mask that would become empty
    stays as it is.

    Args:
        predictor: Has the crop that they were found in.
        found: Masks of that crop.
        on_progress: Gets the share that is done, 0 to 1; an exception from it ends the work.
    """
    asked = [mask for mask in found if mask.area]
    if not asked:
        return list(found)
    first = asked[0]
    left, top, _, _ = first.crop_box_xyxy
    answer = _BoxAnswer(predictor, first.crop_box_xyxy, first.size)
    # A found mask's box ends with its last pixel.
    prompts = np.array([(*mask.box_xyxy, *mask.point_xy) for mask in asked], dtype=np.float64)
    prompts += np.array([0, 0, 1, 1, 0, 0]) - np.array([left, top] * 3)
    answers = iter(_in_parts(answer, prompts, on_progress))
    both = [(mask, next(answers) if mask.area else mask) for mask in found]
    return [
        replace(new, predicted_iou=old.predicted_iou, point_xy=old.point_xy) if new.area else old
        for old, new in both
    ]


def _in_parts(
    answer: "_BoxAnswer", prompts: NDArray[np.float64], on_progress: Callable[[float], None]
) -> list[FoundMask]:
    parts = np.array_split(prompts, max(1, -(-len(prompts) // answer.together)))
    found: list[FoundMask] = []
    for masks in in_order(answer, parts):
        found += masks
        on_progress(len(found) / len(prompts))
    return found


class _BoxAnswer:
    """Answers rows of four numbers, a box, or of six, a box and a point, in pixels of a crop."""

    def __init__(
        self,
        predictor: SamPredictor,
        crop_xyxy: tuple[int, int, int, int],
        image_size: tuple[int, int],
    ) -> None:
        left, top, right, bottom = crop_xyxy
        size = (bottom - top, right - left)
        sam = predictor.model
        features = ImageFeatures(predictor.get_image_embedding(), predictor.high_res_features)
        self.together = prompts_together(features)
        self._decoder = BatchDecoder(sam, features)
        self._size, self._transform, self._like = size, predictor.transform, sam.pixel_mean
        self._crop, self._image_size = crop_xyxy, image_size
        self._threshold = sam.mask_threshold
        scaled = predictor.transform.get_preprocess_shape(*size, sam.image_size)
        self._enlarger = MaskEnlarger(sam, scaled, crop_xyxy, image_size, STABILITY_OFFSET)
        cell = sam.image_size / sam.prompt_encoder.mask_input_size[0]
        self._used = tuple(int(np.ceil(side / cell)) for side in scaled)

    def __call__(self, prompts: NDArray[np.float64]) -> list[FoundMask]:
        pixels = prompts.reshape(len(prompts), -1, 2)
        coords = torch.as_tensor(self._transform.apply_coords(pixels, self._size)).to(self._like)
        labels = coords.new_tensor(
            [BOX_TOP_LEFT_LABEL, BOX_BOTTOM_RIGHT_LABEL, FOREGROUND_LABEL][: coords.shape[1]]
        )
        logits, quality = self._decoder.decode(coords, labels.expand(len(coords), -1))
        rows, columns = self._used
        used = logits[:, 0, :rows, :columns]
        generous = find_boxes(used, self._threshold - STABILITY_OFFSET).double().cpu().numpy()
        return [
            self._finish(box, logits[index, 0], float(quality[index, 0]), generous[index])
            for index, box in enumerate(prompts[:, :4])
        ]

    def _finish(
        self,
        box_xyxy: NDArray[np.float64],
        logits: torch.Tensor,
        predicted_iou: float,
        generous: NDArray[np.float64],
    ) -> FoundMask:
        exact = self._enlarger.enlarge(self._enlarger.cut(logits, generous))
        left, top, right, bottom = (float(edge) for edge in box_xyxy)
        return FoundMask(
            runs=exact.runs,
            size=self._image_size,
            box_xyxy=exact.box_xyxy,
            predicted_iou=predicted_iou,
            stability_score=exact.stability_score,
            point_xy=((left + right) / 2, (top + bottom) / 2),
            crop_box_xyxy=self._crop,
            logits=logits.half().cpu().numpy(),
        )


def _checked(boxes_xyxy: NDArray[np.float64]) -> NDArray[np.float64]:
    boxes = np.asarray(boxes_xyxy, dtype=np.float64)
    if boxes.size == 0:
        return boxes.reshape(0, 4)
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise PromptError(f"boxes must have the shape (n, 4), got {boxes.shape}")
    good = np.isfinite(boxes).all(axis=1) & (boxes[:, 2:] > boxes[:, :2]).all(axis=1)
    if not good.all():
        first = int(np.flatnonzero(~good)[0])
        raise PromptError(
            "boxes must be finite and have right > left and bottom > top, got "
            f"{boxes[first].tolist()} at {first}"
        )
    return boxes
