"""What an annotator spends when masks are offered, in cases small enough to count by hand."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from bench import engine_stages
from bench.engine_stages import (
    MOST_CLICKS,
    Cost,
    Offer,
    Seen,
    choose_threshold,
    cost_of_clicks,
    cost_with_offers,
    look,
    measure_engine,
)
from bench.tuning_gain import GainOptions, clicks_needed
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.tuning_examples import as_examples
from tests.helpers.builders import tiny_sam
from tests.helpers.synthetic_scenes import write_scenes

LOGITS = np.zeros((2, 2), dtype=np.float16)


def seen(*offers: tuple[float, int, float], truths: int = 3) -> Seen:
    masks = [np.ones((4, 4), dtype=bool)] * truths
    return Seen(cast(ImageUnderTest, None), masks, [Offer(*offer, LOGITS) for offer in offers])


def test_a_clicked_mask_costs_its_clicks_and_one_key() -> None:
    cost = cost_of_clicks(np.array([2.0, 5.0, MOST_CLICKS + 1]))
    assert cost == Cost(3 + 6 + MOST_CLICKS, 2)
    assert cost.per_mask == 14.5


def test_good_offers_cost_one_key_together_and_wrong_ones_one_each() -> None:
    counts = np.array([4.0, 4.0, 4.0])
    offers = seen((0.9, 0, 0.95), (0.8, 1, 0.3), (0.7, 0, 0.93), (0.2, 2, 0.99))
    cost, shown = cost_with_offers(offers, counts, 0.5)
    assert shown == 3
    # One key takes the first, two reject the others, and two masks are clicked.
    assert cost == Cost(1 + 2 + 5 + 5, 3)


def test_an_offer_that_is_nearly_good_is_opened_and_corrected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corrected: list[Offer] = []

    def correct(_: Seen, offers: list[Offer]) -> np.ndarray:
        corrected.extend(offers)
        return np.array([3.0])

    monkeypatch.setattr(engine_stages, "_clicks_to_correct", correct)
    cost, _ = cost_with_offers(seen((0.9, 1, 0.8), (0.8, 0, 0.95)), np.array([4.0, 9.0, 4.0]), 0.5)
    assert [offer.truth for offer in corrected] == [1]
    # One key takes both, one opens, three clicks and one key correct; the third is clicked.
    assert cost == Cost(1 + 1 + 3 + 1 + 5, 3)


def test_without_offers_it_is_clicked_and_no_key_takes_nothing() -> None:
    cost, shown = cost_with_offers(seen((0.1, 0, 0.95)), np.array([4.0, 4.0, 4.0]), 0.5)
    assert (cost, shown) == (Cost(15, 3), 0)


def test_the_threshold_is_where_offers_save_the_most() -> None:
    one = seen((0.9, 0, 0.95), (0.8, 1, 0.3), (0.7, 2, 0.92), (0.6, 1, 0.2), (0.5, 0, 0.9))
    assert choose_threshold([one], clicks=4) == 0.7
    assert choose_threshold([seen((0.9, 0, 0.1))], clicks=4) == np.inf
    assert choose_threshold([seen()], clicks=4) == np.inf


def test_the_real_annotator_gets_through_real_offers(tmp_path: Path) -> None:
    examples = as_examples(write_scenes(tmp_path, 3))
    sam = tiny_sam().eval().requires_grad_(False)
    cache = FeatureCache(tmp_path / "f", sam)
    counts = clicks_needed(sam, examples[1:], cache, GainOptions(tested_masks=2))
    assert len(look(sam, examples[1], 2).truths) == 2
    numbers = measure_engine(sam, examples[:1], examples[1:], (counts, counts), 2)
    first = cost_of_clicks(counts)
    assert numbers["interactions_stage1"] == round(first.per_mask, 2)
    assert numbers["offers_shown"] >= 0
