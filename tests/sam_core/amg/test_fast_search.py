"""The fast search finds what the plain one finds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sam_core import SamAutomaticMaskGenerator
from sam_core.amg import point_decoder
from sam_core.amg.found_mask import FoundMask
from sam_core.modeling import Sam
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam
from tests.helpers.synthetic_scenes import draw_scene

ALL_PASS: dict[str, Any] = {"pred_iou_thresh": 0, "stability_score_thresh": 0}


def find(sam: Sam, image: NDArray[np.uint8], **arguments: Any) -> list[FoundMask]:
    generator = SamAutomaticMaskGenerator(sam, **(ALL_PASS | arguments))
    return generator.find_masks(image)


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
@pytest.mark.parametrize("size", [(64, 64), (50, 90)])
def test_the_same_masks_are_found(build: Callable[[], Sam], size: tuple[int, int]) -> None:
    # Weights by formula enlarge rounding errors; see tests/parity.
    sam, image = build().double(), noise_image(*size)
    arguments = {"points_per_side": 5, "box_nms_thresh": 1.0}
    plain = find(sam, image, method="plain", **arguments)
    fast = find(sam, image, ask_every_point=True, **arguments)
    assert len(plain) == len(fast) == 75
    for mask, other in zip(plain, fast, strict=True):
        np.testing.assert_array_equal(mask.pixels, other.pixels)
        assert mask.box_xyxy == other.box_xyxy
        assert mask.stability_score == pytest.approx(other.stability_score)
        assert mask.predicted_iou == pytest.approx(other.predicted_iou)
        assert mask.point_xy == other.point_xy


def test_what_is_said_of_a_mask_is_exact() -> None:
    for mask in find(tiny_hybrid_sam(), noise_image(50, 90), points_per_side=4):
        rows, columns = np.nonzero(mask.pixels)
        if not rows.size:
            continue
        assert mask.box_xyxy == (columns.min(), rows.min(), columns.max(), rows.max())
        assert mask.area == rows.size
        assert mask.logits is not None
        assert mask.logits.shape == (16, 16)


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("size", [(50, 90), (90, 50), (64, 64)])
def test_masks_are_the_same_without_their_logits(
    large: bool, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        monkeypatch.setattr(point_decoder, "prompts_together", lambda _features: 1)
    generator = SamAutomaticMaskGenerator(tiny_sam(), points_per_side=4, **ALL_PASS)
    image = noise_image(*size)
    with_logits = generator.find_masks(image)
    without = generator.find_masks(image, keep_logits=False)
    assert len(with_logits) == len(without) > 0
    for mask, other in zip(with_logits, without, strict=True):
        assert mask.logits is not None
        assert other.logits is None
        assert mask.runs.tolist() == other.runs.tolist()


def test_masks_of_crops_are_found_at_their_place() -> None:
    found = find(tiny_hybrid_sam(), noise_image(120, 160), points_per_side=4, crop_n_layers=1)
    assert found
    for mask in found:
        left, top, right, bottom = mask.crop_box_xyxy
        assert not mask.pixels[:top].any()
        assert not mask.pixels[:, :left].any()
        assert not mask.pixels[bottom:].any()
        assert not mask.pixels[:, right:].any()


def test_stability_is_decided_in_pixels_where_it_is_close() -> None:
    sam, image = tiny_hybrid_sam(), noise_image(64, 64)
    everything = find(sam, image, points_per_side=5, box_nms_thresh=1.0)
    least = float(np.median([mask.stability_score for mask in everything]))
    stable = find(sam, image, points_per_side=5, box_nms_thresh=1.0, stability_score_thresh=least)
    assert 0 < len(stable) < len(everything)
    assert all(mask.stability_score >= least for mask in stable)


def test_masks_may_be_suppressed_by_their_pixels() -> None:
    sam, image = tiny_hybrid_sam(), noise_image(64, 64)
    for threshold in (0.3, 0.7):
        found = find(sam, image, points_per_side=4, suppress_by="mask", box_nms_thresh=threshold)
        cells = [np.asarray(mask.logits) > 0 for mask in found]
        overlaps = [(a & b).sum() / max((a | b).sum(), 1) for a, b in combinations(cells, 2)]
        assert max(overlaps, default=0) <= threshold


def test_only_the_best_masks_are_kept() -> None:
    sam, image = tiny_hybrid_sam(), noise_image(64, 64)
    everything = find(sam, image, points_per_side=5, box_nms_thresh=1.0)
    best = find(sam, image, points_per_side=5, box_nms_thresh=1.0, most_masks=6)
    assert [mask.predicted_iou for mask in best] == [mask.predicted_iou for mask in everything[:6]]


def test_progress_grows_to_one() -> None:
    shares: list[float] = []
    generator = SamAutomaticMaskGenerator(tiny_sam(), points_per_side=9, points_per_batch=10)
    generator.find_masks(noise_image(32, 32), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 8


def test_an_exception_from_the_progress_ends_the_search() -> None:
    class Stopped(Exception):
        pass

    def stop(_share: float) -> None:
        raise Stopped

    generator = SamAutomaticMaskGenerator(tiny_sam(), points_per_side=4)
    with pytest.raises(Stopped):
        generator.find_masks(noise_image(32, 32), stop)
    assert not generator.predictor.is_image_set


@pytest.mark.slow
def test_the_shipped_model_finds_an_object() -> None:
    from sam_core.build_sam import build_default  # noqa: PLC0415

    scene = draw_scene(0)
    generator = SamAutomaticMaskGenerator(build_default(), points_per_side=12, **ALL_PASS)
    found = generator.find_masks(scene.pixels)[:50]
    best = [
        max((found_.pixels & mask).sum() / (found_.pixels | mask).sum() for found_ in found)
        for mask in scene.masks
    ]
    assert max(best) > 0.7
