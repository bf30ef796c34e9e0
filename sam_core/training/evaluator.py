"""Score a model as the literature does: simulated clicks and boxes on held-out images."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import torch
from PIL import Image
from scipy import ndimage

from sam_core.data import CocoMaskDataset
from sam_core.data.coco_dataset import ImageRecord, decode_mask, read_image
from sam_core.modeling import ImageFeatures, Sam
from sam_core.training.prompt_sampler import PointPrompts
from sam_core.training.train_step import predict
from sam_core.transforms import ResizeLongestSide, image_to_model_coords

Boolean = np.ndarray


@dataclass
class MaskScore:
    """What one mask of one image scored."""

    source: str
    click_ious: list[float]
    """IoU after 1, 2, ... clicks; the first is the model's own choice of three."""
    oracle_iou: float
    """Best of the three candidates after one click."""
    box_iou: float
    quality_error: float
    """Absolute error of the predicted IoU of the mask that one click shows."""
    background_obeyed: list[bool] = field(default_factory=list)
    """For each background click: is the clicked pixel background afterwards?"""


@dataclass(frozen=True)
class EvaluationReport:
    """Scores per source and their mean; every source counts alike."""

    per_source: dict[str, dict[str, float]]
    mean: dict[str, float]
    images: int
    masks: int
    image_size: int

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON types."""
        return asdict(self)


def evaluate(
    sam: Sam, dataset: CocoMaskDataset, max_clicks: int = 5, masks_per_image: int = 20
) -> EvaluationReport:
    """Return the scores of a model on a data set.

    The first click lies on the pixel that is deepest inside the object, each later one on
    the deepest pixel of the largest error component, and the logits are fed back. The masks
    are compared at image size. No click goes beside the image.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 7.1 and appendix D.1.

    Args:
        sam: Model in evaluation mode.
        dataset: Images with masks.
        max_clicks: Clicks per mask.
        masks_per_image: Masks of an image that are scored; of more, evenly spaced ones.
    """
    scores: list[MaskScore] = []
    for index in range(len(dataset)):
        scores.extend(_score_image(sam, dataset[index], max_clicks, masks_per_image))
    rows = _summarise(scores)
    mean = {key: float(np.mean([row[key] for row in rows.values()])) for key in _keys(rows)}
    return EvaluationReport(rows, mean, len(dataset), len(scores), sam.image_size)


def format_table(report: EvaluationReport) -> str:
    """Return the report as a Markdown table."""
    keys = list(report.mean)
    lines = [
        "| source | " + " | ".join(keys) + " |",
        "|---|" + "---|" * len(keys),
    ]
    for name, row in [*sorted(report.per_source.items()), ("**mean**", report.mean)]:
        lines.append(f"| {name} | " + " | ".join(f"{row[key]:.3f}" for key in keys) + " |")
    return "\n".join(lines)


@torch.no_grad()
def _score_image(
    sam: Sam, record: ImageRecord, max_clicks: int, masks_per_image: int
) -> list[MaskScore]:
    annotator = _ImageUnderTest(sam, read_image(record))
    count = len(record.segmentations)
    chosen = np.unique(np.linspace(0, count - 1, min(count, masks_per_image)).round().astype(int))
    masks = [decode_mask(record, record.segmentations[index]) for index in chosen]
    return [annotator.score(mask, record.source, max_clicks) for mask in masks if mask.any()]


class _ImageUnderTest:
    """One encoded image, asked for one mask after the other."""

    def __init__(self, sam: Sam, pixels: np.ndarray) -> None:
        self.sam = sam
        self.image_hw = (pixels.shape[0], pixels.shape[1])
        transform = ResizeLongestSide(sam.image_size)
        height, width = transform.get_preprocess_shape(*self.image_hw, sam.image_size)
        self.input_hw = (height, width)
        resized = Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR)
        tensor = torch.from_numpy(np.array(resized)).permute(2, 0, 1).float()
        self.features: ImageFeatures = sam.encode_image(sam.preprocess(tensor)[None])

    def score(self, truth: Boolean, source: str, max_clicks: int) -> MaskScore:
        box_mask = self._mask(self._ask(self._box(truth), None)[0][:, 0])
        logits, quality = self._ask(self._click(_deepest(truth), True, None), None)
        candidates = [self._mask(logits[:, token]) for token in (1, 2, 3)]
        ious = [_iou(mask, truth) for mask in candidates]
        best = int(quality[0, 1:].argmax())
        score = MaskScore(
            source=source,
            click_ious=[ious[best]],
            oracle_iou=max(ious),
            box_iou=_iou(box_mask, truth),
            quality_error=abs(float(quality[0, 1 + best]) - ious[best]),
        )
        prompts = self._click(_deepest(truth), True, None)
        self._continue(score, truth, prompts, logits[:, 1 + best], max_clicks)
        return score

    def _continue(
        self,
        score: MaskScore,
        truth: Boolean,
        prompts: PointPrompts,
        previous: torch.Tensor,
        max_clicks: int,
    ) -> None:
        for _ in range(max_clicks - 1):
            error = self._mask(previous) != truth
            if not error.any():
                score.click_ious.append(1.0)
                continue
            place = _deepest(_largest_component(error))
            is_foreground = bool(truth[place])
            prompts = self._click(place, is_foreground, prompts)
            previous = self._ask(prompts, previous)[0][:, 0]
            mask = self._mask(previous)
            score.click_ious.append(_iou(mask, truth))
            if not is_foreground:
                score.background_obeyed.append(not mask[place])

    def _ask(
        self, prompts: PointPrompts, previous: torch.Tensor | None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        return predict(self.sam, self.features, prompts, previous)

    def _click(
        self, place: tuple[int, int], is_foreground: bool, earlier: PointPrompts | None
    ) -> PointPrompts:
        row, column = place
        coords = self._to_model(np.array([[column + 0.5, row + 0.5]]))
        label = torch.tensor([[float(is_foreground)]])
        if earlier is not None:
            # The padding point stays last, as every caller of the decoder sends it.
            coords = torch.cat([earlier.coords[:, :-1], coords, earlier.coords[:, -1:]], dim=1)
            label = torch.cat([earlier.labels[:, :-1], label, earlier.labels[:, -1:]], dim=1)
            return PointPrompts(coords, label)
        padding = torch.zeros(1, 1, 2)
        return PointPrompts(
            torch.cat([coords, padding], dim=1), torch.cat([label, torch.tensor([[-1.0]])], dim=1)
        )

    def _box(self, truth: Boolean) -> PointPrompts:
        rows, columns = np.flatnonzero(truth.any(axis=1)), np.flatnonzero(truth.any(axis=0))
        corners = np.array(
            [[columns[0], rows[0]], [columns[-1] + 1, rows[-1] + 1]], dtype=np.float64
        )
        return PointPrompts(self._to_model(corners), torch.tensor([[2.0, 3.0]]))

    def _to_model(self, points_image: np.ndarray) -> torch.Tensor:
        coords = image_to_model_coords(points_image, self.image_hw, self.input_hw)
        return torch.as_tensor(coords, dtype=torch.float32)[None]

    def _mask(self, logits: torch.Tensor) -> Boolean:
        full = self.sam.postprocess_masks(logits[None], self.input_hw, self.image_hw)
        return np.asarray((full[0, 0] > self.sam.mask_threshold).numpy())


def _deepest(region: Boolean) -> tuple[int, int]:
    depth = ndimage.distance_transform_edt(np.pad(region, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    return int(row), int(column)


def _largest_component(region: Boolean) -> Boolean:
    labels, count = ndimage.label(region)
    if count == 1:
        return region
    sizes = np.bincount(labels.ravel())[1:]
    return np.asarray(labels == 1 + int(sizes.argmax()))


def _iou(mask: Boolean, truth: Boolean) -> float:
    union = int((mask | truth).sum())
    return float((mask & truth).sum() / union) if union else 1.0


def _summarise(scores: Iterable[MaskScore]) -> dict[str, dict[str, float]]:
    by_source: dict[str, list[MaskScore]] = defaultdict(list)
    for score in scores:
        by_source[score.source].append(score)
    return {source: _average(group) for source, group in by_source.items()}


def _average(group: list[MaskScore]) -> dict[str, float]:
    clicks = np.array([score.click_ious for score in group]).mean(axis=0)
    row = {f"{number} clicks": float(iou) for number, iou in enumerate(clicks, start=1)}
    row["best of 3"] = float(np.mean([score.oracle_iou for score in group]))
    row["box"] = float(np.mean([score.box_iou for score in group]))
    row["quality error"] = float(np.mean([score.quality_error for score in group]))
    obeyed = [flag for score in group for flag in score.background_obeyed]
    row["background obeyed"] = float(np.mean(obeyed)) if obeyed else 1.0
    return row


def _keys(rows: dict[str, dict[str, float]]) -> list[str]:
    return list(next(iter(rows.values()))) if rows else []
