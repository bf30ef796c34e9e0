"""Features of images on disk: made once, the encoder's own, never half."""

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from sam_core.errors import TrainingConfigError
from sam_core.modeling import Sam
from sam_core.training.feature_cache import FeatureCache, encoder_id
from sam_core.training.image_under_test import encode_pixels
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam

PIXELS = noise_image(30, 44)


@pytest.fixture
def sam() -> Sam:
    return tiny_hybrid_sam()


def never() -> NDArray[np.uint8]:
    raise AssertionError("the pixels must not be read again")


def test_features_are_those_of_the_encoder_in_half_precision(tmp_path: Path, sam: Sam) -> None:
    got = FeatureCache(tmp_path, sam).get("a", lambda: PIXELS)
    wanted = encode_pixels(sam, PIXELS)
    parts = zip(
        (got.image_embeddings, *got.high_res_features),
        (wanted.image_embeddings, *wanted.high_res_features),
        strict=True,
    )
    for part, exact in parts:
        torch.testing.assert_close(part, exact.half().float(), rtol=0, atol=0)


def test_features_are_made_once_also_for_another_process(tmp_path: Path, sam: Sam) -> None:
    first = FeatureCache(tmp_path, sam).get("a", lambda: PIXELS)
    again = FeatureCache(tmp_path, sam)
    assert again.has("a")
    assert not again.has("b")
    torch.testing.assert_close(again.get("a", never).image_embeddings, first.image_embeddings)


def test_models_with_one_map_are_kept_too(tmp_path: Path) -> None:
    features = FeatureCache(tmp_path, tiny_sam()).get("a", lambda: PIXELS)
    assert features.high_res_features == ()


def test_a_file_cut_short_is_made_again(tmp_path: Path, sam: Sam) -> None:
    cache = FeatureCache(tmp_path, sam)
    whole = cache.get("a", lambda: PIXELS).image_embeddings
    content = cache.path("a").read_bytes()
    cache.path("a").write_bytes(content[:-2])
    assert not cache.has("a")
    torch.testing.assert_close(cache.get("a", lambda: PIXELS).image_embeddings, whole)
    assert cache.path("a").read_bytes() == content


def test_another_encoder_has_a_folder_of_its_own(tmp_path: Path, sam: Sam) -> None:
    before = encoder_id(sam)
    with torch.no_grad():
        sam.mask_decoder.iou_token.weight += 1
    assert encoder_id(sam) == before
    FeatureCache(tmp_path, sam).get("a", lambda: PIXELS)
    with torch.no_grad():
        next(sam.image_encoder.parameters())[0] += 1
    assert not FeatureCache(tmp_path, sam).has("a")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, sam: Sam) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrainingConfigError, match="feature folder must be one that can be written"):
        FeatureCache(tmp_path / "file", sam)
