"""The detector's file is read back as it was, or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from sam_core.amg import finder_file
from sam_core.amg.finder_file import (
    SHIPPED_FINDER,
    load_object_finder,
    save_object_finder,
    shipped_finder_id,
    shipped_object_finder,
)
from sam_core.amg.object_rating import KNOWN
from sam_core.build_sam import build_default
from sam_core.checkpoints import encoder_id
from sam_core.errors import CheckpointError
from sam_core.modeling import ImageFeatures, MaskRating, ObjectFinder
from sam_core.modeling.object_detector import detector_for

ENCODER = "0123456789abcdef"
FEATURES = ImageFeatures(torch.ones(1, 4, 2, 2), (torch.ones(1, 2, 8, 8), torch.ones(1, 3, 4, 4)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    detector = detector_for(4, (2, 3), width=8, levels=3).half().float().eval()
    finder = ObjectFinder(detector.requires_grad_(False), MaskRating(KNOWN, hidden=4))
    save_object_finder(finder, ENCODER, tmp_path / "objects.safetensors")
    return tmp_path / "objects.safetensors"


def test_a_detector_says_the_same_when_it_is_read(path: Path) -> None:
    finder = load_object_finder(path, ENCODER)
    torch.manual_seed(0)
    original = detector_for(4, (2, 3), width=8, levels=3).half().float().eval()
    rating = MaskRating(KNOWN, hidden=4)
    torch.testing.assert_close(finder.detector(FEATURES), original(FEATURES))
    known = torch.linspace(-1, 1, 3 * KNOWN).reshape(3, KNOWN)
    torch.testing.assert_close(finder.rating(known), rating(known))
    assert finder.detector.levels == 3
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_detector_of_another_encoder_is_refused(path: Path) -> None:
    with pytest.raises(CheckpointError, match="must be used with the encoder 0123456789abcdef"):
        load_object_finder(path, "fedcba9876543210")


def test_a_damaged_file_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(CheckpointError, match="must be a complete file"):
        load_object_finder(path, ENCODER)


@pytest.mark.parametrize("key", ["rating.mean", "detector.head.weight"])
def test_a_file_with_something_missing_is_refused(path: Path, key: str) -> None:
    tensors = load_file(path)
    del tensors[key]
    save_file(tensors, path, metadata={"encoder_id": ENCODER})
    with pytest.raises(CheckpointError, match="must be a complete file"):
        load_object_finder(path, ENCODER)


def test_a_rating_of_another_size_is_refused(path: Path) -> None:
    tensors = load_file(path) | MaskRating(3).state_dict(prefix="rating.")
    save_file(tensors, path, metadata={"encoder_id": ENCODER})
    with pytest.raises(CheckpointError, match="must rate by"):
        load_object_finder(path, ENCODER)


def test_a_rating_that_is_not_finite_is_refused(path: Path) -> None:
    tensors = load_file(path)
    tensors["rating.layers.0.bias"][0] = torch.nan
    save_file(tensors, path, metadata={"encoder_id": ENCODER})
    with pytest.raises(CheckpointError, match="finite weights"):
        load_object_finder(path, ENCODER)


def test_the_detector_that_ships_reads_the_model_that_ships_and_no_other() -> None:
    finder = shipped_object_finder(encoder_id(build_default()))
    assert finder is not None
    assert finder.detector.levels == 3
    assert SHIPPED_FINDER.stat().st_size < 2_000_000
    assert shipped_object_finder("fedcba9876543210") is None


def test_the_file_that_ships_is_named_by_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.fullmatch("[0-9a-f]{16}", shipped_finder_id())
    shipped_finder_id.cache_clear()
    monkeypatch.setattr(finder_file, "SHIPPED_FINDER", tmp_path / "none.safetensors")
    with pytest.raises(CheckpointError, match="must be a complete file"):
        shipped_finder_id()
