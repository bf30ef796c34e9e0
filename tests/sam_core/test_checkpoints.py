from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from sam_core.build_sam import build_maskwright_s
from sam_core.checkpoints import (
    detect_model_name,
    encoder_id,
    load_weights,
    model_id,
    read_image_size,
    read_state_dict,
    save_safetensors,
)
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam


@pytest.fixture
def sam() -> Sam:
    return tiny_sam()


def state_of(sam: Sam) -> dict[str, Tensor]:
    return {key: value.clone() for key, value in sam.state_dict().items()}


def test_published_file_is_loaded_exactly(sam: Sam, tmp_path: Path) -> None:
    expected = state_of(sam)
    torch.save(expected, tmp_path / "model.pth")
    for value in sam.state_dict().values():
        value.zero_()
    load_weights(sam, tmp_path / "model.pth")
    assert all(torch.equal(value, expected[key]) for key, value in sam.state_dict().items())


def test_file_is_told_by_its_contents_and_not_by_its_name(sam: Sam, tmp_path: Path) -> None:
    torch.save(state_of(sam), tmp_path / "pickle.safetensors")
    save_file(state_of(sam), tmp_path / "safetensors.pth")
    first = read_state_dict(tmp_path / "pickle.safetensors")
    second = read_state_dict(tmp_path / "safetensors.pth")
    assert first.keys() == second.keys() == sam.state_dict().keys()


def test_weights_wrapped_by_a_training_program_are_unwrapped(sam: Sam, tmp_path: Path) -> None:
    torch.save({"model": state_of(sam), "epoch": 3}, tmp_path / "model.pth")
    assert read_state_dict(tmp_path / "model.pth").keys() == sam.state_dict().keys()


def test_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "absent.pth"
    with pytest.raises(CheckpointError, match=f"{re.escape(str(path))} must be an existing file"):
        read_state_dict(path)


@pytest.mark.parametrize("kept", [0, 5, 1000, 100_000])
@pytest.mark.parametrize("kind", ["pth", "safetensors"])
def test_truncated_file_is_refused(sam: Sam, tmp_path: Path, kind: str, kept: int) -> None:
    path = tmp_path / f"model.{kind}"
    if kind == "pth":
        torch.save(state_of(sam), path)
    else:
        save_file(state_of(sam), path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CheckpointError, match=re.escape(f"checkpoint {path} must")):
        load_weights(sam, path)


def test_truncation_says_how_much_is_there_and_what_to_do(sam: Sam, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    save_file(state_of(sam), path)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(CheckpointError, match=r"got 1000 bytes that cannot be read .*download it"):
        load_weights(sam, path)


@pytest.mark.parametrize("content", [b"<html>404</html>", b"\x89PNG\r\n\x1a\n" * 9, b"\x80\x02N."])
def test_file_that_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.pth"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=re.escape(f"checkpoint {path} must")):
        read_state_dict(path)


def test_pickled_module_is_never_loaded(sam: Sam, tmp_path: Path) -> None:
    torch.save(sam, tmp_path / "module.pth")
    with pytest.raises(CheckpointError, match="can run code and are never loaded"):
        read_state_dict(tmp_path / "module.pth")


@pytest.mark.parametrize("content", [[1, 2], {}, {"epoch": 3, "loss": 0.5}])
def test_tensors_by_key_are_expected(tmp_path: Path, content: object) -> None:
    torch.save(content, tmp_path / "model.pth")
    with pytest.raises(CheckpointError, match="must hold tensors by key, got"):
        read_state_dict(tmp_path / "model.pth")


@pytest.mark.parametrize(
    ("key", "model"),
    [
        ("mask_decoder.hf_token.weight", "HQ-SAM"),
        ("image_encoder.norm_head.weight", "MobileSAM or TinySAM"),
        ("prompt_encoder.bbox_top_left_embeddings.weight", "EfficientSAM"),
        ("image_encoder.trunk.patch_embed.proj.weight", "SAM 2"),
    ],
)
def test_known_foreign_model_is_named(sam: Sam, tmp_path: Path, key: str, model: str) -> None:
    torch.save({key: torch.zeros(2)}, tmp_path / "model.pth")
    for read in (lambda path: load_weights(sam, path), detect_model_name):
        with pytest.raises(CheckpointError, match=rf"got {model} .*cannot be loaded yet"):
            read(tmp_path / "model.pth")


def test_other_network_is_refused_with_its_first_keys(tmp_path: Path) -> None:
    torch.save({"conv1.weight": torch.zeros(2), "fc.bias": torch.zeros(2)}, tmp_path / "m.pth")
    expected = r"got 2 tensors of another layout \(conv1.weight, fc.bias\)"
    with pytest.raises(CheckpointError, match=expected):
        detect_model_name(tmp_path / "m.pth")


def test_differences_are_counted_and_shown_and_nothing_is_loaded(sam: Sam, tmp_path: Path) -> None:
    state = state_of(sam)
    del state["image_encoder.pos_embed"]
    state["surplus"] = torch.zeros(1)
    state["mask_decoder.iou_token.weight"] = torch.zeros(1, 31)
    torch.save(state, tmp_path / "model.pth")
    before = state_of(sam)
    with pytest.raises(CheckpointError) as caught:
        load_weights(sam, tmp_path / "model.pth")
    message = str(caught.value)
    assert "must hold the 174 tensors of tiny, got tiny" in message
    assert "1 missing (image_encoder.pos_embed)" in message
    assert "1 unknown (surplus)" in message
    assert "1 of another shape (mask_decoder.iou_token.weight: expected (1, 32), got" in message
    assert all(torch.equal(value, before[key]) for key, value in sam.state_dict().items())


@pytest.mark.parametrize(
    ("key", "shape", "name"),
    [
        ("image_encoder.blocks.0.norm1.weight", 768, "vit_b"),
        ("image_encoder.blocks.0.norm1.weight", 1024, "vit_l"),
        ("image_encoder.blocks.0.norm1.weight", 1280, "vit_h"),
        ("image_encoder.stem.0.weight", 24, "maskwright_s"),
    ],
)
def test_model_is_told_by_keys_and_widths(tmp_path: Path, key: str, shape: int, name: str) -> None:
    torch.save({key: torch.zeros(shape)}, tmp_path / "model.pth")
    assert detect_model_name(tmp_path / "model.pth") == name


def test_saved_half_precision_comes_back_rounded_once(sam: Sam, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    save_safetensors(sam, path, model_name="tiny")
    first = state_of(sam)
    load_weights(sam, path)
    second = state_of(sam)
    for key, value in first.items():
        assert torch.equal(second[key], value.half().float())
        assert second[key].dtype == torch.float32
    save_safetensors(sam, path, model_name="tiny")
    load_weights(sam, path)
    assert all(torch.equal(value, second[key]) for key, value in sam.state_dict().items())


def test_saved_file_names_its_model_and_leaves_no_other_file(sam: Sam, tmp_path: Path) -> None:
    save_safetensors(sam, tmp_path / "model.safetensors", model_name="tiny")
    with safe_open(tmp_path / "model.safetensors", "pt") as file:
        assert file.metadata()["model_name"] == "tiny"
    assert [path.name for path in tmp_path.iterdir()] == ["model.safetensors"]


@pytest.mark.parametrize("value", [70000.0, float("nan")])
def test_weight_that_half_precision_cannot_hold_is_refused(
    sam: Sam, tmp_path: Path, value: float
) -> None:
    sam.state_dict()["mask_decoder.iou_token.weight"][0, 0] = value
    with pytest.raises(CheckpointError, match=r"mask_decoder\.iou_token\.weight must be finite"):
        save_safetensors(sam, tmp_path / "model.safetensors", model_name="tiny")
    assert not list(tmp_path.iterdir())


def test_model_id_is_stable_and_depends_on_every_weight(sam: Sam) -> None:
    first = model_id(sam)
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert model_id(tiny_sam()) == first
    sam.state_dict()["mask_decoder.iou_token.weight"][0, 0] += 1e-3
    assert model_id(sam) != first


def test_model_id_depends_on_the_preprocessing(sam: Sam) -> None:
    first = model_id(sam)
    sam.pixel_mean += 1
    assert model_id(sam) != first


def test_model_id_tells_architectures_apart() -> None:
    assert model_id(tiny_sam()) != model_id(tiny_hybrid_sam())


def test_input_size_is_kept_with_the_weights(tmp_path: Path) -> None:
    sam = build_maskwright_s(image_size=64)
    save_safetensors(sam, tmp_path / "small.safetensors", model_name="maskwright_s")
    assert read_image_size(tmp_path / "small.safetensors") == 64
    assert build_maskwright_s(tmp_path / "small.safetensors").image_size == 64


def test_file_that_does_not_say_its_input_size_gives_none(sam: Sam, tmp_path: Path) -> None:
    torch.save(state_of(sam), tmp_path / "published.pth")
    save_file(state_of(sam), tmp_path / "bare.safetensors")
    (tmp_path / "damaged.safetensors").write_bytes(b"\x10" + bytes(7) + b"{ and no more")
    for name in ("published.pth", "bare.safetensors", "damaged.safetensors", "absent.pth"):
        assert read_image_size(tmp_path / name) is None


@pytest.mark.parametrize("part", ["prompt_encoder", "mask_decoder"])
def test_models_that_differ_in_the_decoder_share_an_encoder_id(sam: Sam, part: str) -> None:
    first = encoder_id(sam)
    next(getattr(sam, part).parameters()).data.view(-1)[0] += 1
    assert encoder_id(sam) == first


def test_encoder_id_depends_on_the_encoder_and_the_preprocessing(sam: Sam) -> None:
    first = encoder_id(sam)
    sam.pixel_mean += 1
    second = encoder_id(sam)
    next(sam.image_encoder.parameters()).data.view(-1)[0] += 1
    assert len({first, second, encoder_id(sam)}) == 3
