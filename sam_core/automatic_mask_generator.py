"""All masks of an image, without a person who points: the published generator's interface."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sam_core.amg.box_masks import ask_again
from sam_core.amg.crops import Crop, generate_crops
from sam_core.amg.fast_search import FastSearch
from sam_core.amg.found_mask import FoundMask, MaskRecord, OutputMode
from sam_core.amg.object_boxes import FoundBoxes
from sam_core.amg.object_rating import RatedMask, rate_masks
from sam_core.amg.object_search import best_of, look_for_objects
from sam_core.amg.plain_search import search_plainly
from sam_core.amg.regions import remove_small_regions
from sam_core.amg.settings import Method, SearchSettings, SuppressBy, choose_grids
from sam_core.amg.suppression import suppress_boxes
from sam_core.errors import PromptError
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.masks.run_lengths import mask_to_runs
from sam_core.modeling import Sam
from sam_core.modeling.object_detector import ObjectDetector, ObjectFinder
from sam_core.predictor import SamPredictor

_SEARCH = 0.75
"""Share of the time that the search takes where masks are asked for again."""
_POINTS = 0.55
"""Share of the time that points take where objects are looked for, too."""


def _ignore(_share: float) -> None:
    """Show no progress."""


class SamAutomaticMaskGenerator:
    """Ask a model about a grid of points and keep the masks that hold.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 5 and appendix B.

    Args:
        model: The model; it stays on its device.
        points_per_side: Points per side on the whole image, or ``None`` with ``point_grids``.
        points_per_batch: Prompts that go through the decoder together.
        pred_iou_thresh: Masks whose predicted IoU is not above this go; 0 lets all pass.
        stability_score_thresh: Masks less stable than this go; 0 lets all pass.
        stability_score_offset: Distance of the two thresholds that stability compares.
        box_nms_thresh: Of masks of one crop whose boxes overlap more, the best stays.
        crop_n_layers: Layers of zoomed crops; layer i has (2 ** i) ** 2 of them.
        crop_nms_thresh: Of masks of different crops whose boxes overlap more, that of the
            smallest crop stays.
        crop_overlap_ratio: Overlap of crops, as a fraction of the image's shorter side.
        crop_n_points_downscale_factor: How many times fewer points per side each layer has.
        point_grids: Own grids, (n, 2) x, y as fractions, for the image and each layer.
        min_mask_region_area: Smaller holes and islands go, in pixels; 0 keeps them.
        output_mode: ``binary_mask``, ``uncompressed_rle`` or ``coco_rle``.
        method: "fast" filters at the decoder's resolution and enlarges only what is left;
            "plain" computes everything at image size, as published.
        suppress_by: Whether boxes or masks may not overlap; "mask" needs the fast method.
        most_masks: How many masks of a crop the fast method keeps, best predicted IoU first;
            ``None`` keeps all.
        ask_every_point: Whether the fast method asks points too that lie in a mask known
            already. Without it parts of large things may be missed.
        ask_again: Whether the fast method answers each mask that it keeps once more, by its point
            and its box together: edges become better, and it takes about a third longer.
        finder: A detector whose objects are found, too, and masks looked at closer, by the fast
            method; records then come worthiest first, and ``most_masks`` counts all.
        least_worth: Masks that are worth less go, in (0, 1); only a ``finder`` tells it.

    Raises:
        PromptError: If the arguments do not fit together.
    """

    def __init__(
        self,
        model: Sam,
        points_per_side: int | None = 32,
        points_per_batch: int = 64,
        pred_iou_thresh: float = 0.88,
        stability_score_thresh: float = 0.95,
        stability_score_offset: float = 1.0,
        box_nms_thresh: float = 0.7,
        crop_n_layers: int = 0,
        crop_nms_thresh: float = 0.7,
        crop_overlap_ratio: float = 512 / 1500,
        crop_n_points_downscale_factor: int = 1,
        point_grids: list[NDArray[np.float64]] | None = None,
        min_mask_region_area: int = 0,
        output_mode: OutputMode = "binary_mask",
        *,
        method: Method = "fast",
        suppress_by: SuppressBy = "box",
        most_masks: int | None = None,
        ask_every_point: bool = False,
        ask_again: bool = False,
        finder: ObjectFinder | None = None,
        least_worth: float = 0.0,
    ) -> None:
        self.settings = SearchSettings(
            points_per_batch=points_per_batch,
            pred_iou_thresh=pred_iou_thresh,
            stability_score_thresh=stability_score_thresh,
            stability_score_offset=stability_score_offset,
            box_nms_thresh=box_nms_thresh,
            crop_n_layers=crop_n_layers,
            crop_nms_thresh=crop_nms_thresh,
            crop_overlap_ratio=crop_overlap_ratio,
            min_mask_region_area=min_mask_region_area,
            output_mode=output_mode,
            method=method,
            suppress_by=suppress_by,
            most_masks=most_masks,
            ask_every_point=ask_every_point,
            ask_again=ask_again,
        )
        self.point_grids = choose_grids(
            points_per_side, point_grids, crop_n_layers, crop_n_points_downscale_factor
        )
        if finder is not None and (method != "fast" or crop_n_layers > 0):
            raise PromptError(
                "finder needs the fast method and crop_n_layers 0, got "
                f"{method} and {crop_n_layers}; it looks at crops by itself"
            )
        self.finder = finder
        self.least_worth = least_worth
        self.predictor = SamPredictor(model)

    def generate(self, image: NDArray[np.uint8]) -> list[MaskRecord]:
        """Return a record for every mask of an image.

        Args:
            image: (height, width, 3), upright, RGB, 0 to 255.

        Raises:
            ImageError: If the array is not such an image.
        """
        found = self.find_masks(image, keep_logits=False)
        return [mask.to_record(self.settings.output_mode) for mask in found]

    def find_masks(
        self,
        image: NDArray[np.uint8],
        on_progress: Callable[[float], None] = _ignore,
        *,
        keep_logits: bool = True,
    ) -> list[FoundMask]:
        """Return the masks of an image before they become records.

        Args:
            image: (height, width, 3), upright, RGB, 0 to 255.
            on_progress: Gets the share that is done, 0 to 1, after every batch; an exception
                from it ends the search.
            keep_logits: Whether masks are wanted with their logits; without them the fast
                method draws no padding.

        Raises:
            ImageError: If the array is not such an image.
        """
        if self.finder is not None:
            return self._clean(self._find_with_objects(image, self.finder, on_progress))
        size = (image.shape[0], image.shape[1])
        crops = generate_crops(size, self.settings.crop_n_layers, self.settings.crop_overlap_ratio)
        found: list[FoundMask] = []
        for index, crop in enumerate(crops):

            def report(share: float, before: int = index) -> None:
                on_progress((before + share) / len(crops))

            found += self._search(image, crop, report, keep_logits)
        if len(crops) > 1:
            found = _prefer_small_crops(found, self.settings.crop_nms_thresh)
        return self._clean(found)

    def _clean(self, found: list[FoundMask]) -> list[FoundMask]:
        if self.settings.min_mask_region_area == 0:
            return found
        threshold = max(self.settings.box_nms_thresh, self.settings.crop_nms_thresh)
        return _without_small_regions(found, self.settings.min_mask_region_area, threshold)

    def find_candidates(
        self,
        image: NDArray[np.uint8],
        detector: ObjectDetector,
        on_progress: Callable[[float], None] = _ignore,
    ) -> tuple[list[RatedMask], FoundBoxes]:
        """Return all masks of points and of a detector's objects, and its boxes.

        Nothing is known yet of what a mask is worth, and none is left out.

        Args:
            image: (height, width, 3), upright, RGB, 0 to 255.
            detector: Finds the objects.
            on_progress: As for `find_masks`.

        Raises:
            ImageError: If the array is not such an image.
        """
        size = (image.shape[0], image.shape[1])
        whole = generate_crops(size, 0, self.settings.crop_overlap_ratio)[0]
        self.predictor.set_image(image)
        try:
            by_points = self._ask_points(
                image, whole, lambda share: on_progress(_POINTS * share), True
            )
            by_points = [mask for mask in by_points if mask.area]
            return look_for_objects(
                self.predictor,
                detector,
                image,
                by_points,
                lambda share: on_progress(_POINTS + (1 - _POINTS) * share),
            )
        finally:
            self.predictor.reset_image()

    def _find_with_objects(
        self, image: NDArray[np.uint8], finder: ObjectFinder, on_progress: Callable[[float], None]
    ) -> list[FoundMask]:
        settings = self.settings
        masks, boxes = self.find_candidates(image, finder.detector, on_progress)
        good = [
            mask
            for mask in rate_masks(masks, boxes, finder.rating)
            if mask.worth >= self.least_worth
            and mask.found.predicted_iou > settings.pred_iou_thresh
            and mask.found.stability_score >= settings.stability_score_thresh
        ]
        return best_of(good, settings.box_nms_thresh, settings.most_masks)

    def _search(
        self,
        image: NDArray[np.uint8],
        crop: Crop,
        on_progress: Callable[[float], None],
        keep_logits: bool,
    ) -> list[FoundMask]:
        left, top, right, bottom = crop.box_xyxy
        self.predictor.set_image(np.ascontiguousarray(image[top:bottom, left:right]))
        try:
            return self._ask_points(image, crop, on_progress, keep_logits)
        finally:
            self.predictor.reset_image()

    def _ask_points(
        self,
        image: NDArray[np.uint8],
        crop: Crop,
        on_progress: Callable[[float], None],
        keep_logits: bool,
    ) -> list[FoundMask]:
        """Return the masks of a crop that the predictor has."""
        left, top, right, bottom = crop.box_xyxy
        grid = self.point_grids[crop.layer]
        points_xy = grid * (right - left, bottom - top)
        size = (image.shape[0], image.shape[1])
        if self.settings.method == "plain":
            return search_plainly(self.predictor, points_xy, crop, size, self.settings, on_progress)
        search = FastSearch(self.predictor, crop, size, self.settings, keep_logits)
        if not self.settings.ask_again:
            return search.run(points_xy, grid, on_progress)
        first = search.run(points_xy, grid, lambda share: on_progress(_SEARCH * share))
        return ask_again(
            self.predictor, first, lambda share: on_progress(_SEARCH + (1 - _SEARCH) * share)
        )


def _prefer_small_crops(found: Sequence[FoundMask], threshold: float) -> list[FoundMask]:
    scores = [1 / Crop(mask.crop_box_xyxy, 0).area for mask in found]
    return [found[index] for index in suppress_boxes(_boxes(found), np.array(scores), threshold)]


def _without_small_regions(
    found: Sequence[FoundMask], least_area: int, threshold: float
) -> list[FoundMask]:
    """Return the masks without small regions; among doubles those that had none stay."""
    cleaned = [_without_specks(mask, least_area) for mask in found]
    scores = [1.0 if new is old else 0.0 for new, old in zip(cleaned, found, strict=True)]
    kept = suppress_boxes(_boxes(cleaned), np.array(scores), threshold)
    return [cleaned[index] for index in kept]


def _without_specks(mask: FoundMask, least_area: int) -> FoundMask:
    pixels, had_holes = remove_small_regions(mask.pixels, least_area, "holes")
    pixels, had_islands = remove_small_regions(pixels, least_area, "islands")
    if not (had_holes or had_islands):
        return mask
    left, top, right, bottom = (int(edge) for edge in tight_boxes_xyxy(pixels))
    box = (left, top, max(right - 1, 0), max(bottom - 1, 0))
    return replace(mask, runs=mask_to_runs(pixels), box_xyxy=box, logits=None)


def _boxes(found: Sequence[FoundMask]) -> NDArray[np.float64]:
    return np.array([mask.box_xyxy for mask in found], dtype=np.float64).reshape(-1, 4)
