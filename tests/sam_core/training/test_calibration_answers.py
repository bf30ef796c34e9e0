"""Answers for a calibration: clicks, boxes and corrections, told apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_core.build_sam import build_maskwright_s
from sam_core.data import CocoMaskDataset
from sam_core.errors import DatasetError
from sam_core.modeling import Sam
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.training.calibration_answers import CORRECTIONS, answer_everything, any_click


def model() -> tuple[Sam, MaskQualityHead]:
    torch.manual_seed(0)
    sam = build_maskwright_s(image_size=64)
    head = sam.mask_decoder.iou_prediction_head
    assert isinstance(head, MaskQualityHead)
    return sam, head


def test_all_kinds_of_prompt_are_asked(disk_dataset: CocoMaskDataset) -> None:
    sam, head = model()
    answered = answer_everything(sam, head, disk_dataset, 30)
    prompts = len(answered.ious)
    assert 3 * len(disk_dataset) <= prompts <= (3 + CORRECTIONS) * len(disk_dataset)
    assert answered.is_click.sum() == 2 * len(disk_dataset)
    assert answered.described.shape[:2] == answered.facts.shape[:2] == (prompts, 4)
    assert answered.agreement.shape == (prompts, 4, 4)
    assert answered.image.unique().tolist() == list(range(len(disk_dataset)))
    assert not head.layers._forward_pre_hooks
    assert not head.second_look._forward_pre_hooks


def test_a_limit_chooses_evenly_spaced_masks_of_an_image(
    tmp_path: Path, disk_dataset: CocoMaskDataset
) -> None:
    sam, head = model()
    document = json.loads((tmp_path / "disks.json").read_text())
    for number in (11, 12):
        document["annotations"].append(document["annotations"][0] | {"id": number})
    (tmp_path / "three.json").write_text(json.dumps(document))
    dataset = CocoMaskDataset(tmp_path, tmp_path / "three.json")
    answers = [answer_everything(sam, head, dataset, most) for most in (1, 2, 30)]
    assert [int(answered.is_click.sum()) for answered in answers] == [8, 10, 12]


def test_some_of_the_prompts_may_be_taken(disk_dataset: CocoMaskDataset) -> None:
    answered = answer_everything(*model(), disk_dataset, 1)
    clicks = answered.of(answered.is_click)
    assert bool(clicks.is_click.all())
    assert torch.equal(clicks.ious, answered.ious[answered.is_click])
    assert len(clicks.described) == len(clicks.facts) == len(clicks.image) == len(clicks.ious)


def test_a_data_set_without_masks_is_refused_and_nothing_watches_on(
    tmp_path: Path, disk_dataset: CocoMaskDataset
) -> None:
    document = json.loads((tmp_path / "disks.json").read_text())
    (tmp_path / "none.json").write_text(json.dumps(document | {"annotations": []}))
    sam, head = model()
    with pytest.raises(DatasetError, match="must have a mask that can be clicked on"):
        answer_everything(sam, head, CocoMaskDataset(tmp_path, tmp_path / "none.json"), 1)
    assert not head.layers._forward_pre_hooks


def test_any_click_lies_inside() -> None:
    truth = np.zeros((9, 9), dtype=bool)
    truth[4, 2] = truth[7, 8] = True
    rng = np.random.default_rng(0)
    places = {any_click(truth, rng)[:2] for _ in range(40)}
    assert places == {(4, 2), (7, 8)}
