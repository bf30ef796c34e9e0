"""Scores of many masks as one report: per source, then the mean of the sources."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np

CLICK_COUNTS = (1, 2, 3, 5, 10, 20)
NOC_LIMIT = 20
NOC_THRESHOLDS = {"noc_85": 0.85, "noc_90": 0.90}
CANDIDATES = 3
OBEYED_CLICKS = 5
"""Background clicks count up to here: later ones fall on rims thinner than a logit cell."""

CLICK_NOISE = 1e-9
"""What rounding may take from a mean between two clicks that give the same masks."""

HEADINGS = {
    **{f"miou_{count}": f"{count} click{'s' * (count > 1)}" for count in CLICK_COUNTS},
    "noc_85": "NoC@85",
    "noc_90": "NoC@90",
    "miou_box": "box",
    "miou_best_of_3": "best of 3",
    "miou_single": "single token",
    **{f"miou_candidate_{number}": f"candidate {number}" for number in (1, 2, 3)},
    "iou_head_error": "IoU head error",
    "iou_head_error_all": "its error, all 3",
    "iou_head_error_box": "its error, box",
    "iou_head_error_corrected": "its error, later clicks",
    "iou_head_correlation": "its correlation",
    "background_obeyed": "background obeyed",
    "background_obeyed_all": "after any click",
}
"""Key of every score and its heading in the table. ``docs/evaluation.md`` explains them."""

Scores: TypeAlias = dict[str, float | None]
"""Scores by key; ``None`` where nothing could be measured, such as no background click."""


@dataclass(frozen=True)
class MaskScore:
    """What one mask of one image scored."""

    source: str
    image_id: int
    click_ious: tuple[float, ...]
    """IoU after 1, 2, ... clicks; the first is the candidate that the model ranks first."""
    box_iou: float
    single_iou: float
    """IoU of the single-mask token after one click."""
    candidate_ious: tuple[float, ...]
    """True IoU of each of the three candidates after one click."""
    predicted_ious: tuple[float, ...]
    """IoU that the model predicts for each of them."""
    background_obeyed: tuple[tuple[int, bool], ...] = ()
    """For each background click: the number of the click, from 2 on, and whether the clicked
    pixel is background afterwards."""
    predicted_box_iou: float | None = None
    """IoU that the model predicts for its answer to the box."""
    predicted_click_ious: tuple[float, ...] = ()
    """IoU that the model predicts after 2, 3, ... clicks, as far as there was an error left."""


@dataclass(frozen=True)
class EvaluationReport:
    """The scores of one model on one data set. Every source counts alike in the mean."""

    per_source: dict[str, Scores]
    mean: Scores
    click_curve: list[float]
    """Mean over the sources of the mIoU after 1, 2, ... clicks."""
    largest_fall: float
    """Largest loss of that curve from one click to the next; 0 if it never falls."""
    counts: dict[str, dict[str, int]]
    """Images and masks that were scored, by source."""
    images: int
    masks: int
    skipped: list[str]
    """Images and annotations that could not be scored, with file, id and reason."""
    skipped_entries: int
    """Broken entries of the annotation files that the data set itself left out."""
    image_size: int
    """Side of the model input, in pixels."""
    clicks: int

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON types."""
        return {**asdict(self), "never_falls": self.largest_fall == 0}


def build_report(
    scores: Sequence[MaskScore],
    skipped: Sequence[str],
    skipped_entries: int,
    image_size: int,
) -> EvaluationReport:
    """Return the report of masks that were all asked for the same number of clicks.

    Args:
        scores: One per mask, at least one.
        skipped: What could not be scored, one line each.
        skipped_entries: Entries that the data set itself left out.
        image_size: Side of the model input, in pixels.
    """
    groups = group_by_source(scores)
    rows = {source: _scores_of(group) for source, group in groups.items()}
    curves = [np.mean([score.click_ious for score in group], axis=0) for group in groups.values()]
    curve = np.mean(curves, axis=0)
    fall = float(max(0.0, *(curve[:-1] - curve[1:]), 0.0))
    return EvaluationReport(
        per_source=rows,
        mean=mean_of_rows(rows),
        click_curve=[float(value) for value in curve],
        largest_fall=fall if fall > CLICK_NOISE else 0.0,
        counts={
            source: {"images": len({score.image_id for score in group}), "masks": len(group)}
            for source, group in groups.items()
        },
        images=len({score.image_id for score in scores}),
        masks=len(scores),
        skipped=list(skipped),
        skipped_entries=skipped_entries,
        image_size=image_size,
        clicks=len(curve),
    )


def group_by_source(scores: Iterable[MaskScore]) -> dict[str, list[MaskScore]]:
    """Return the scores of each source, the sources in alphabetical order."""
    groups: dict[str, list[MaskScore]] = defaultdict(list)
    for score in scores:
        groups[score.source].append(score)
    return dict(sorted(groups.items()))


def mean_of_rows(rows: Mapping[str, Scores]) -> Scores:
    """Return the mean of every score over the rows that have it."""
    keys = dict.fromkeys(key for row in rows.values() for key in row)
    return {key: _mean([row.get(key) for row in rows.values()]) for key in keys}


def clicks_needed(click_ious: Sequence[float], threshold: float) -> int:
    """Return the number of clicks after which the IoU first reaches a threshold.

    Args:
        click_ious: IoU after 1, 2, ... clicks, as many as may be used.
        threshold: IoU that is enough.

    Returns:
        1 or more; a mask that never gets there counts all clicks.
    """
    reached = (count for count, iou in enumerate(click_ious, start=1) if iou >= threshold)
    return next(reached, len(click_ious))


def format_table(rows: Mapping[str, Scores], first_heading: str = "source") -> str:
    """Return rows of scores as a Markdown table; a hyphen says "not measured".

    Args:
        rows: Scores by the name of the row.
        first_heading: What the names of the rows are.
    """
    present = {key for row in rows.values() for key in row}
    keys = [key for key in HEADINGS if key in present]
    titles = [HEADINGS[key] for key in keys]
    lines = [f"| {first_heading} | {' | '.join(titles)} |", "|---|" + "---|" * len(keys)]
    for name, row in rows.items():
        cells = [_format_cell(key, row.get(key)) for key in keys]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _format_cell(key: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if key in NOC_THRESHOLDS else f"{value:.3f}"


def _scores_of(group: list[MaskScore]) -> Scores:
    clicks = np.array([score.click_ious for score in group])
    row: Scores = {
        f"miou_{count}": float(clicks[:, count - 1].mean())
        for count in CLICK_COUNTS
        if count <= clicks.shape[1]
    }
    if clicks.shape[1] >= NOC_LIMIT:
        for key, threshold in NOC_THRESHOLDS.items():
            needed = [clicks_needed(ious[:NOC_LIMIT], threshold) for ious in clicks.tolist()]
            row[key] = float(np.mean(needed))
    row["miou_box"] = float(np.mean([score.box_iou for score in group]))
    return row | _first_click_scores(group)


def _first_click_scores(group: list[MaskScore]) -> Scores:
    true = np.array([score.candidate_ious for score in group])
    predicted = np.array([score.predicted_ious for score in group])
    shown = predicted.argmax(axis=1, keepdims=True)
    error = np.abs(predicted - true)
    row: Scores = {
        "miou_best_of_3": float(true.max(axis=1).mean()),
        "miou_single": float(np.mean([score.single_iou for score in group])),
    }
    for number in range(CANDIDATES):
        row[f"miou_candidate_{number + 1}"] = float(true[:, number].mean())
    row["iou_head_error"] = float(np.take_along_axis(error, shown, axis=1).mean())
    row["iou_head_error_all"] = float(error.mean())
    row["iou_head_correlation"] = _correlation(predicted.ravel(), true.ravel())
    row["iou_head_error_box"] = _mean(
        abs(score.predicted_box_iou - score.box_iou)
        for score in group
        if score.predicted_box_iou is not None
    )
    row["iou_head_error_corrected"] = _mean(
        abs(predicted - true)
        for score in group
        for predicted, true in zip(score.predicted_click_ious, score.click_ious[1:], strict=False)
    )
    clicks = [click for score in group for click in score.background_obeyed]
    row["background_obeyed"] = _mean(flag for number, flag in clicks if number <= OBEYED_CLICKS)
    row["background_obeyed_all"] = _mean(flag for _, flag in clicks)
    return row


def _correlation(first: np.ndarray, second: np.ndarray) -> float | None:
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return None  # undefined where one of the two never changes
    return float(np.corrcoef(first, second)[0, 1])


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None
