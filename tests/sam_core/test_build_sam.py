from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

import sam_core
from sam_core import sam_model_registry
from sam_core.build_sam import (
    SHIPPED_WEIGHTS,
    build_default,
    build_from_checkpoint,
    build_maskwright_s,
    build_tiny,
)
from sam_core.checkpoints import save_safetensors
from sam_core.errors import CheckpointError
from tests.helpers.builders import tiny_sam


def test_published_names_are_functions_of_the_package() -> None:
    assert sam_core.build_sam is sam_core.build_sam_vit_h
    assert sam_model_registry["default"] is sam_core.build_sam_vit_h


@pytest.mark.parametrize("name", sam_model_registry)
def test_every_model_has_the_sizes_that_its_parts_agree_on(name: str) -> None:
    with torch.device("meta"):
        sam = sam_model_registry[name](checkpoint=None)
    rows, columns = sam.prompt_encoder.image_embedding_size
    assert sam.image_size == sam.image_encoder.img_size == 16 * rows == 16 * columns
    assert sam.mask_decoder.transformer_dim == sam.prompt_encoder.embed_dim
    assert not sam.training


@pytest.mark.parametrize(("image_size", "grid"), [(256, 16), (512, 32)])
def test_our_model_is_built_for_the_size_that_training_asks_for(image_size: int, grid: int) -> None:
    sam = build_maskwright_s(image_size=image_size)
    with torch.no_grad():
        features = sam.encode_image(torch.zeros(1, 3, image_size, image_size))
    assert features.image_embeddings.shape == (1, 128, grid, grid)
    assert [level.shape for level in features.high_res_features] == [
        (1, 16, 4 * grid, 4 * grid),
        (1, 32, 2 * grid, 2 * grid),
    ]


def test_weights_of_our_model_fit_any_input_size() -> None:
    small, large = build_maskwright_s(image_size=256), build_maskwright_s(image_size=512)
    large.load_state_dict(small.state_dict())


def test_checkpoint_tells_its_own_model(tmp_path: Path) -> None:
    path = tmp_path / "named_like_another_model_vit_h.pth"
    sam = tiny_sam()
    torch.save(sam.state_dict(), path)
    name, built = build_from_checkpoint(path)
    assert name == "tiny"
    for key, value in built.state_dict().items():
        assert torch.equal(value, sam.state_dict()[key]), key


def test_builder_refuses_the_checkpoint_of_another_model(tmp_path: Path) -> None:
    path = tmp_path / "tiny.safetensors"
    save_safetensors(tiny_sam(), path, model_name="tiny")
    with pytest.raises(CheckpointError, match=r"tensors of maskwright_s, got tiny: .* missing"):
        build_maskwright_s(path)


def test_default_model_that_is_not_there_says_which_file_was_expected(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / SHIPPED_WEIGHTS.name
    # The name in the package is the published function, so the module is taken by its name.
    monkeypatch.setattr(sys.modules["sam_core.build_sam"], "SHIPPED_WEIGHTS", missing)
    with pytest.raises(CheckpointError, match=f"checkpoint {missing} must be an existing file"):
        build_default()


def test_default_model_ships_with_finite_weights() -> None:
    sam = build_default()
    assert sam.image_size == sam.image_encoder.img_size
    assert all(bool(value.isfinite().all()) for value in sam.state_dict().values())


def test_random_models_differ_and_tiny_has_a_windowed_and_a_global_block() -> None:
    first, second = build_tiny(), build_tiny()
    key = "image_encoder.patch_embed.proj.weight"
    assert not torch.equal(first.state_dict()[key], second.state_dict()[key])
    assert [block.window_size for block in first.image_encoder.blocks] == [3, 0]
