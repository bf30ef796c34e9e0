"""Starting from weights: an encoder, a run, a file; and what does not fit."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from sam_core.build_sam import build_for_training
from sam_core.data import CocoMaskDataset
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
from sam_core.training.config import TrainingConfig
from sam_core.training.initial_weights import load_initial_weights
from sam_core.training.trainer import Trainer


@pytest.fixture
def other_sam() -> Sam:
    torch.manual_seed(1)
    return build_for_training("maskwright_s", 96)


def equal_parts(first: Sam, second: Sam) -> set[str]:
    """The parts of two models whose matrices are all equal."""
    other = second.state_dict()
    parts: dict[str, bool] = {}
    for key, value in first.state_dict().items():
        if value.ndim > 1:
            part = key.split(".")[0]
            parts[part] = parts.get(part, True) and torch.equal(value, other[key])
    return {part for part, is_equal in parts.items() if is_equal}


def test_a_pretraining_gives_the_encoder_alone(
    tmp_path: Path, small_sam: Sam, other_sam: Sam
) -> None:
    state = {"encoder": other_sam.image_encoder.state_dict(), "model_name": "maskwright_s"}
    torch.save(state, tmp_path / "checkpoint.pt")
    what = load_initial_weights(small_sam, tmp_path / "checkpoint.pt")
    assert what == "the encoder of a pre-training"
    assert equal_parts(small_sam, other_sam) == {"image_encoder"}


@pytest.mark.parametrize(
    "name", ["checkpoint.pt", "weights.safetensors", "weights.pth", "weights.pt"]
)
def test_a_run_or_a_weights_file_gives_the_whole_model(
    tmp_path: Path, small_sam: Sam, other_sam: Sam, name: str
) -> None:
    weights = other_sam.state_dict()
    if name.endswith("safetensors"):
        save_file(weights, tmp_path / name)
    else:
        torch.save({"average": weights} if name == "checkpoint.pt" else weights, tmp_path / name)
    load_initial_weights(small_sam, tmp_path / name)
    assert {"image_encoder", "mask_decoder"} <= equal_parts(small_sam, other_sam)


@pytest.mark.parametrize("part", ["encoder", "average"])
def test_keys_that_do_not_fit_are_named_and_nothing_changes(
    tmp_path: Path, small_sam: Sam, part: str
) -> None:
    plain = build_for_training("maskwright_vit_s", 64)
    module = plain.image_encoder if part == "encoder" else plain
    torch.save({part: module.state_dict()}, tmp_path / "checkpoint.pt")
    before = {key: value.clone() for key, value in small_sam.state_dict().items()}
    message = (
        r"of maskwright_s, got maskwright_vit_s: \d+ missing \(image_encoder\.pos_conv.*unknown"
    )
    with pytest.raises(CheckpointError, match=message):
        load_initial_weights(small_sam, tmp_path / "checkpoint.pt")
    assert all(torch.equal(before[key], value) for key, value in small_sam.state_dict().items())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "must be an existing file"),
        (b"no pickle", "must hold only tensors by key, got other Python objects or no checkpoint"),
        ([1, 2], "must hold tensors by key, got list"),
        ({"speed": 1}, "must hold tensors by key, got other values under speed"),
    ],
)
def test_other_files_are_refused(
    tmp_path: Path, small_sam: Sam, content: object, message: str
) -> None:
    path = tmp_path / "checkpoint.pt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        torch.save(content, path)
    with pytest.raises(CheckpointError, match=message):
        load_initial_weights(small_sam, path)


def test_a_run_starts_from_them_and_continues_without_them(
    tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig, other_sam: Sam
) -> None:
    path = tmp_path / "start.pth"
    torch.save(other_sam.state_dict(), path)
    config = replace(short_run, initial_weights=str(path))
    run = Trainer(config, disk_dataset, tmp_path / "run")
    assert {"image_encoder", "mask_decoder"} <= equal_parts(run.sam, other_sam)
    averaged = run.average.values["mask_decoder.iou_token.weight"]
    assert torch.equal(averaged, other_sam.mask_decoder.iou_token.weight)
    run.fit()
    path.unlink()
    resumed = Trainer(config, disk_dataset, tmp_path / "run")
    assert resumed.step == 3
