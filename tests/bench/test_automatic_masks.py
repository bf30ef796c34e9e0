"""The benchmark of automatic masks compares by overlap and reads real photographs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.automatic_masks import (
    EncodedImage,
    closest,
    current_bytes,
    measure_recall,
    peak_bytes,
    share_found,
    usual_filters,
)
from sam_core.masks.rle import encode_rle
from sam_core.modeling.hybrid_encoder import ImageFeatures
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam
from tests.helpers.synthetic_scenes import write_scenes


def record(rows: int) -> dict[str, Any]:
    mask = np.zeros((10, 10), dtype=bool)
    mask[:rows] = True
    return {"segmentation": encode_rle(mask)}


def test_the_closest_record_counts() -> None:
    overlaps = closest([record(4)["segmentation"]], [record(1), record(5)])
    assert overlaps.tolist() == [0.8]
    assert closest([record(4)["segmentation"]], []).tolist() == [0.0]


def test_nearly_equal_records_are_the_same() -> None:
    assert share_found([record(4), record(10)], [record(4), record(5)]) == 0.5
    assert share_found([], [record(4)]) == 1.0


def test_usual_filters_let_some_candidates_pass() -> None:
    # Of one seed: features of some others make masks that no offset changes, all of them stable.
    features = torch.randn(1, 32, 4, 4, generator=torch.Generator().manual_seed(0))
    filters = usual_filters(tiny_sam(), ImageFeatures(features, ()))
    assert np.isfinite(filters).all()
    assert 0 <= filters.stability_score_thresh < 1


def test_a_predictor_with_features_takes_any_image() -> None:
    predictor = EncodedImage(tiny_sam(), ImageFeatures(torch.randn(1, 32, 4, 4), ()))
    predictor.set_image(np.zeros((20, 30, 3), dtype=np.uint8))
    assert predictor.original_size == (20, 30)


def test_recall_is_between_none_and_all(tmp_path: Path) -> None:
    numbers = measure_recall(tiny_hybrid_sam(), write_scenes(tmp_path, count=2), limit=1)
    assert numbers["ar_photographs"] == 1
    assert 0 <= numbers["ar_val"] <= 1
    assert numbers["masks_per_image"] > 0


def test_the_peak_is_no_less_than_what_there_is() -> None:
    assert peak_bytes() >= current_bytes() * 0.9
