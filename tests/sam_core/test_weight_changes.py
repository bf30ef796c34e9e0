"""Tuned weights are kept apart from their base and give the same model again."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from sam_core.checkpoints import encoder_id, model_id
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
from sam_core.modeling.object_detector import detector_for
from sam_core.weight_changes import save_changes, with_changes
from tests.helpers.builders import tiny_sam

CHANGED = "mask_decoder.iou_token.weight"


def tuned_from(base: Sam) -> Sam:
    tuned = copy.deepcopy(base)
    tuned.mask_decoder.iou_token.weight.data += 0.1  # no multiple of what half precision holds
    return tuned


def test_a_tuned_model_comes_back_with_its_id(tmp_path: Path) -> None:
    base = tiny_sam()
    tuned = tuned_from(base)
    assert save_changes(base, tuned, tmp_path / "tuned") == 1
    assert list(load_file(tmp_path / "tuned")) == [CHANGED]
    again = with_changes(base, tmp_path / "tuned")
    assert model_id(again) == model_id(tuned) != model_id(base)
    assert encoder_id(again) == encoder_id(base)


def test_the_base_stays_and_shares_what_does_not_differ(tmp_path: Path) -> None:
    base = tiny_sam()
    before = model_id(base)
    save_changes(base, tuned_from(base), tmp_path / "tuned")
    tuned = with_changes(base, tmp_path / "tuned")
    assert model_id(base) == before
    others = [key for key in base.state_dict() if key != CHANGED]
    assert all(
        tuned.state_dict()[key].data_ptr() == base.state_dict()[key].data_ptr() for key in others
    )
    assert tuned.training == base.training


def test_a_model_that_learnt_nothing_is_no_version(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="must differ from its base"):
        save_changes(tiny_sam(), tiny_sam(), tmp_path / "tuned")


def test_diverged_weights_are_refused(tmp_path: Path) -> None:
    base = tiny_sam()
    tuned = tuned_from(base)
    tuned.mask_decoder.iou_token.weight.data[0, 0] = torch.nan
    with pytest.raises(CheckpointError, match="must be finite"):
        save_changes(base, tuned, tmp_path / "tuned")
    assert list(tmp_path.iterdir()) == []


def test_another_base_is_refused(tmp_path: Path) -> None:
    base = tiny_sam()
    save_changes(base, tuned_from(base), tmp_path / "tuned")
    base.prompt_encoder.no_mask_embed.weight.data += 1
    with pytest.raises(CheckpointError, match="that they were made from"):
        with_changes(base, tmp_path / "tuned")


def test_a_damaged_or_missing_file_is_refused(tmp_path: Path) -> None:
    base = tiny_sam()
    save_changes(base, tuned_from(base), tmp_path / "tuned")
    content = (tmp_path / "tuned").read_bytes()
    (tmp_path / "tuned").write_bytes(content[:-20])
    for name in ("tuned", "none"):
        with pytest.raises(CheckpointError, match="must be a complete file"):
            with_changes(base, tmp_path / name)


def test_changed_values_are_noticed(tmp_path: Path) -> None:
    base = tiny_sam()
    save_changes(base, tuned_from(base), tmp_path / "tuned")
    content = bytearray((tmp_path / "tuned").read_bytes())
    content[-1] ^= 1
    (tmp_path / "tuned").write_bytes(content)
    with pytest.raises(CheckpointError, match="the file was changed"):
        with_changes(base, tmp_path / "tuned")


@pytest.mark.parametrize("fine", [(), (4, 8)])
def test_a_detector_comes_and_goes_with_the_version(tmp_path: Path, fine: tuple[int, ...]) -> None:
    base = tiny_sam()
    tuned = tuned_from(base)
    without = model_id(tuned)
    tuned.object_detector = detector_for(32, fine)
    save_changes(base, tuned, tmp_path / "tuned")
    again = with_changes(base, tmp_path / "tuned")
    assert model_id(again) == model_id(tuned) != without
    assert again.object_detector is not None
    assert not again.object_detector.training
    assert base.object_detector is None
    assert encoder_id(again) == encoder_id(base)
