"""Loading the model that the settings ask for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load

from app.config import AppConfig
from app.errors import StartUpError
from app.services.served_model import ServedModel, load_model
from sam_core.checkpoints import save_safetensors
from tests.helpers.sample_images import noise


def test_a_checkpoint_is_loaded_under_its_own_id(tiny_model: ServedModel, tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    save_safetensors(tiny_model.sam, path, model_name="tiny")
    loaded = load_model(AppConfig(model="tiny", checkpoint=path))
    again = load_model(AppConfig(model="tiny", checkpoint=path))
    assert loaded.name == "tiny"
    assert len(loaded.model_id) == 16
    assert loaded.model_id == again.model_id
    assert not any(parameter.requires_grad for parameter in loaded.sam.parameters())


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(StartUpError, match=r"--model must be one of .*vit_b.* got vit_x"):
        load_model(AppConfig(model="vit_x"))


def test_a_public_model_needs_a_checkpoint() -> None:
    with pytest.raises(StartUpError, match=r"--model vit_b needs its weights.*--checkpoint"):
        load_model(AppConfig(model="vit_b"))


def test_a_missing_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartUpError, match="must be an existing file"):
        load_model(AppConfig(model="tiny", checkpoint=tmp_path / "none.pth"))


def test_an_image_is_encoded_to_a_file_of_tensors(tiny_model: ServedModel) -> None:
    tensors = load(tiny_model.encode(np.asarray(noise())))
    assert list(tensors) == ["image_embeddings"]
    assert (tiny_model.mask_size, tiny_model.parameter_count > 0) == (16, True)
