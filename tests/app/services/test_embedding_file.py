"""Embedding files: what is written is what is read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from app.domain.embedding import Crop
from app.errors import ServerFaultError
from app.services.embedding_file import format_embedding, is_complete, load_embedding
from app.services.served_model import ServedModel
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.predictor import SamPredictor
from tests.helpers.sample_images import noise


@pytest.fixture
def predictor(tiny_model: ServedModel) -> SamPredictor:
    predictor = SamPredictor(tiny_model.sam)
    predictor.set_image(np.asarray(noise(48, 32)))
    return predictor


def metadata_of(content: bytes) -> dict[str, str]:
    length = int.from_bytes(content[:8], "little")
    found: dict[str, str] = json.loads(content[8 : 8 + length])["__metadata__"]
    return found


def test_features_come_back_within_half_precision(predictor: SamPredictor, tmp_path: Path) -> None:
    path = tmp_path / "embedding"
    path.write_bytes(format_embedding(predictor, "0123456789abcdef"))
    found = load_embedding(path)
    expected = predictor.get_image_embedding()
    assert found.image_embeddings.dtype == torch.float32
    assert torch.equal(found.image_embeddings, expected.half().float())
    assert found.high_res_features == ()


def test_the_metadata_tells_the_browser_how_the_image_was_scaled(predictor: SamPredictor) -> None:
    assert metadata_of(format_embedding(predictor, "0123456789abcdef")) == {
        "encoder_id": "0123456789abcdef",
        "model_size": "64",
        "image_height": "32",
        "image_width": "48",
        "input_height": "43",
        "input_width": "64",
    }


def test_the_metadata_of_a_part_name_the_part_and_the_whole(predictor: SamPredictor) -> None:
    part = Crop(100, 50, 48, 32)
    assert metadata_of(format_embedding(predictor, "e", part, (300, 400))) == {
        "encoder_id": "e",
        "model_size": "64",
        "image_height": "300",
        "image_width": "400",
        "input_height": "43",
        "input_width": "64",
        "crop_x": "100",
        "crop_y": "50",
        "crop_width": "48",
        "crop_height": "32",
    }


def test_high_resolution_features_keep_their_names_and_order(
    predictor: SamPredictor, tmp_path: Path
) -> None:
    maps = (torch.ones(1, 4, 16, 16), torch.zeros(1, 8, 8, 8))
    predictor.high_res_features = maps
    path = tmp_path / "embedding"
    path.write_bytes(format_embedding(predictor, "m"))
    found: ImageFeatures = load_embedding(path)
    assert [tuple(level.shape) for level in found.high_res_features] == [
        (1, 4, 16, 16),
        (1, 8, 8, 8),
    ]
    assert torch.equal(found.high_res_features[0], maps[0])


def test_values_that_half_precision_cannot_hold_are_refused(predictor: SamPredictor) -> None:
    predictor.features = predictor.get_image_embedding() * 1e9
    with pytest.raises(ServerFaultError, match="image_embeddings must be finite"):
        format_embedding(predictor, "m")


def test_a_file_is_complete_until_a_byte_is_missing_or_too_many(
    predictor: SamPredictor, tmp_path: Path
) -> None:
    path = tmp_path / "embedding"
    content = format_embedding(predictor, "m")
    for bad in (content[:-1], content + b"x", content[:20], content[8:], b"\xff" * 100):
        path.write_bytes(bad)
        assert not is_complete(path)
    path.write_bytes(content)
    assert is_complete(path)


@pytest.mark.parametrize("content", [b"", b"\x08\0\0\0\0\0\0\0{}      ", b"nonsense" * 9])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "embedding"
    path.write_bytes(content)
    assert not is_complete(path)
    with pytest.raises(ServerFaultError, match="must be complete"):
        load_embedding(path)
