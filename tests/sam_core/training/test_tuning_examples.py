"""Images and masks as a tuning takes them: at the decoder's resolution, broken ones left out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.data.records import decode_mask, read_image
from sam_core.errors import DatasetError
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.modeling import Sam
from sam_core.prompts import PointPrompt, PromptSet
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.image_under_test import encode_pixels
from sam_core.training.tuning_config import TuningConfig
from sam_core.training.tuning_examples import (
    TuningExample,
    as_examples,
    coverage,
    draw_batch,
    features_of,
)


def batches_of(images: int, masks: int) -> TuningConfig:
    return TuningConfig(images_per_step=images, masks_per_image=masks)


@pytest.fixture
def examples(disk_dataset: CocoMaskDataset) -> list[TuningExample]:
    return as_examples(disk_dataset)


def test_coverage_counts_pixels_of_each_cell_and_pads_below() -> None:
    mask = np.zeros((32, 64), dtype=bool)
    mask[:, :6] = True
    cells = coverage(mask, 64)
    assert cells.shape == (16, 16)
    assert cells[0, :3].tolist() == [1, 0.5, 0]
    assert not bool(cells[8:].any())


def test_coverage_follows_the_scale_of_the_image() -> None:
    mask = np.ones((100, 200), dtype=bool)
    cells = coverage(mask, 64)
    assert float(cells.sum()) == pytest.approx(8 * 16, rel=1e-3)


def test_every_image_with_masks_is_an_example(examples: list[TuningExample]) -> None:
    assert [example.record.image_id for example in examples] == [1, 2, 3, 4]
    assert len({example.key for example in examples}) == 4


def test_the_key_changes_with_the_file(examples: list[TuningExample]) -> None:
    before = examples[0].key
    path = examples[0].record.path
    path.write_bytes(path.read_bytes() + b" ")
    assert examples[0].key != before


def test_a_copy_of_an_image_has_its_key(tmp_path: Path, examples: list[TuningExample]) -> None:
    record = examples[0].record
    copy = tmp_path / "copy.png"
    copy.write_bytes(record.path.read_bytes())
    assert replace(examples[0], record=replace(record, path=copy)).key == examples[0].key


def test_a_part_has_a_size_a_key_and_features_of_its_own(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    whole, sam = examples[0], small_sam.eval().requires_grad_(False)
    part = replace(whole, part_xyxy=(2, 1, 12, 7))
    assert (part.size, whole.size) == ((6, 10), (whole.record.height, whole.record.width))
    assert part.key.startswith(whole.key)
    assert part.key != whole.key
    pixels = read_image(whole.record)
    np.testing.assert_array_equal(part.cut(pixels), pixels[1:7, 2:12])
    assert whole.cut(pixels) is pixels
    told = features_of(part, FeatureCache(tmp_path / "f", sam)).image_embeddings
    asked = encode_pixels(sam, pixels[1:7, 2:12]).image_embeddings
    assert torch.allclose(told, asked, atol=1e-2)


def test_masks_of_a_part_lie_in_it(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    whole = examples[0]
    mask = decode_mask(whole.record, whole.record.segmentations[0])
    left, top, right, bottom = (int(edge) for edge in tight_boxes_xyxy(mask))
    tight = replace(whole, part_xyxy=(left, top, right, bottom))
    cache = FeatureCache(tmp_path / "f", small_sam.eval().requires_grad_(False))
    batch = draw_batch([tight], cache, batches_of(1, 1), np.random.default_rng(0))
    assert torch.allclose(batch.masks[0, 0], coverage(tight.cut(mask), cache.sam.image_size))


def test_a_part_has_no_recorded_prompts(examples: list[TuningExample]) -> None:
    click = PromptSet((PointPrompt(3, 2, 1),))
    with pytest.raises(ValueError, match="prompts must be empty for a part"):
        replace(examples[0], prompts=(click,), part_xyxy=(0, 0, 4, 4))


def test_a_missing_file_is_reported(examples: list[TuningExample]) -> None:
    examples[0].record.path.unlink()
    with pytest.raises(DatasetError, match="image 1 must be an existing file"):
        _ = examples[0].key


def test_a_batch_repeats_masks_where_an_image_has_few(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    cache = FeatureCache(tmp_path / "features", small_sam)
    click = PromptSet((PointPrompt(30, 20, 1),))
    known = [replace(example, prompts=(click,)) for example in examples]
    batch = draw_batch(known, cache, batches_of(3, 2), np.random.default_rng(0))
    assert batch.masks.shape == (3, 2, 16, 16)
    assert torch.equal(batch.masks[:, 0], batch.masks[:, 1])
    assert batch.features.image_embeddings.shape[0] == 3
    assert [len(level) for level in batch.features.high_res_features] == [3, 3]
    assert len([prompt for prompt in batch.recorded if prompt is not None]) == 6
    rows = batch.centres[..., 1].floor().long().flatten()
    columns = batch.centres[..., 0].floor().long().flatten()
    assert bool((batch.masks.flatten(0, 1)[torch.arange(6), rows, columns] == 1).all())


def test_the_same_random_numbers_give_the_same_batch(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    cache = FeatureCache(tmp_path / "features", small_sam)
    first, second = (
        draw_batch(examples, cache, batches_of(2, 1), np.random.default_rng(5)).masks
        for _ in range(2)
    )
    assert torch.equal(first, second)


def test_a_mirrored_batch_is_mirrored_in_all_its_parts(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    cache = FeatureCache(tmp_path / "features", small_sam)
    click = PromptSet((PointPrompt(30, 20, 1),))
    known = [replace(examples[0], prompts=(click,))]
    plain, turned = (
        draw_batch(
            known, cache, replace(batches_of(1, 1), mirror_share=share), np.random.default_rng(0)
        )
        for share in (0.0, 1.0)
    )
    assert not torch.equal(plain.masks, turned.masks)
    assert torch.equal(plain.masks, turned.masks.flip(-1))  # the image is as wide as the input
    given, placed = (batch.recorded[0] for batch in (plain, turned))
    assert given is not None
    assert placed is not None
    assert torch.equal(given.mirrored(64).first[0], placed.first[0])
    features = [batch.features.image_embeddings for batch in (plain, turned)]
    assert torch.equal(features[0], features[1].flip(-1))


def test_small_sources_have_more_than_their_share(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    cache = FeatureCache(tmp_path / "features", small_sam)
    rare = replace(examples[0], record=replace(examples[0].record, source="rare"))
    many = [rare, *examples[1:2] * 15]
    config = replace(batches_of(60, 1), source_exponent=1.0)
    batch = draw_batch(many, cache, config, np.random.default_rng(0))
    first = features_of(rare, cache).image_embeddings
    share = (batch.features.image_embeddings == first).flatten(1).all(dim=1).float().mean()
    assert 0.3 < float(share) < 0.7


def test_another_image_takes_the_place_of_a_broken_one(
    tmp_path: Path,
    small_sam: Sam,
    examples: list[TuningExample],
    caplog: pytest.LogCaptureFixture,
) -> None:
    examples[0].record.path.write_bytes(b"no image")
    cache = FeatureCache(tmp_path / "features", small_sam)
    batch = draw_batch(examples[:2], cache, batches_of(4, 1), np.random.default_rng(0))
    assert len(batch.masks) == 4
    assert "left out: image 1 must be readable" in caplog.text


def test_nothing_usable_is_an_error(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    examples[0].record.path.write_bytes(b"no image")
    cache = FeatureCache(tmp_path / "features", small_sam)
    with pytest.raises(DatasetError, match="got 0 images in 20 draws"):
        draw_batch(examples[:1], cache, batches_of(1, 1), np.random.default_rng(0))


def test_a_mask_below_a_cell_is_none(
    tmp_path: Path, small_sam: Sam, examples: list[TuningExample]
) -> None:
    speck = np.zeros((48, 64), dtype=bool)
    assert not bool((coverage(speck, 64) >= 0.5).any())
    record = replace(examples[0].record, segmentations=([[1, 1, 2, 1, 2, 2, 1, 2]],))
    cache = FeatureCache(tmp_path / "features", small_sam)
    with pytest.raises(DatasetError, match="the log names what is wrong"):
        draw_batch([TuningExample(record)], cache, batches_of(1, 1), np.random.default_rng(0))


def test_features_are_kept(tmp_path: Path, small_sam: Sam, examples: list[TuningExample]) -> None:
    cache = FeatureCache(tmp_path / "features", small_sam)
    features_of(examples[0], cache)
    assert cache.has(examples[0].key)
