"""The evaluator: known answers for known decoders."""

import numpy as np
import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.modeling import Sam
from sam_core.training import evaluator
from sam_core.training.evaluator import evaluate, format_table
from tests.sam_core.training.conftest import IMAGES


def test_the_report_has_every_score_of_every_source(
    small_sam: Sam, disk_dataset: CocoMaskDataset
) -> None:
    report = evaluate(small_sam, disk_dataset, max_clicks=3)
    assert report.images == report.masks == IMAGES
    assert list(report.mean) == [
        "1 clicks",
        "2 clicks",
        "3 clicks",
        "best of 3",
        "box",
        "quality error",
        "background obeyed",
    ]
    assert all(0 <= value <= 1 for value in report.mean.values())
    assert report.mean["best of 3"] >= report.mean["1 clicks"]


def test_an_all_background_decoder_scores_nothing(
    small_sam: Sam, disk_dataset: CocoMaskDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.full((1, 4, 16, 16), -9.0), torch.full((1, 4), 0.25)

    monkeypatch.setattr(evaluator, "predict", nothing)
    report = evaluate(small_sam, disk_dataset, max_clicks=2)
    assert report.mean["box"] == report.mean["1 clicks"] == report.mean["2 clicks"] == 0
    assert report.mean["quality error"] == pytest.approx(0.25)


def test_an_all_foreground_decoder_scores_the_share_of_the_mask(
    small_sam: Sam, disk_dataset: CocoMaskDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(*_: object) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.full((1, 4, 16, 16), 9.0), torch.full((1, 4), 0.5)

    monkeypatch.setattr(evaluator, "predict", everything)
    report = evaluate(small_sam, disk_dataset, max_clicks=2)
    assert 0.1 < report.mean["1 clicks"] < 0.2  # a disk of radius 12 on 64 x 48 pixels
    assert report.mean["background obeyed"] == 0


def test_clicks_go_to_the_deepest_pixel_of_the_largest_error() -> None:
    error = np.zeros((20, 30), dtype=bool)
    error[2:4, 2:4] = True
    error[8:17, 10:19] = True
    component = evaluator._largest_component(error)
    assert evaluator._deepest(component) == (12, 14)
    assert not component[2:4, 2:4].any()


def test_the_table_ends_with_the_mean(small_sam: Sam, disk_dataset: CocoMaskDataset) -> None:
    lines = format_table(evaluate(small_sam, disk_dataset, max_clicks=1)).splitlines()
    assert lines[0].startswith("| source | 1 clicks |")
    assert lines[-1].startswith("| **mean** |")
