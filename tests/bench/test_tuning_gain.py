"""The benchmark of learning splits by name, and its annotator clicks as a person would."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import tuning_gain
from bench.tuning_gain import (
    MOST_CLICKS,
    GainOptions,
    annotate,
    clicks_needed,
    measure_gain,
    split_by_name,
)
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.tuning import TuningResult, tune
from sam_core.training.tuning_examples import TuningExample, as_examples
from tests.helpers.builders import tiny_sam
from tests.helpers.synthetic_scenes import write_scenes

OPTIONS = GainOptions(annotated=3, tested=2, masks_per_image=2, tested_masks=2, minutes=0.01)


@pytest.fixture
def examples(tmp_path: Path) -> list[TuningExample]:
    return as_examples(write_scenes(tmp_path, 6))


def test_what_is_tested_is_never_learnt_from(examples: list[TuningExample]) -> None:
    learn, test = split_by_name(examples, OPTIONS)
    again, _ = split_by_name(examples[::-1], OPTIONS)
    assert (len(learn), len(test)) == (3, 2)
    assert not {one.key for one in learn} & {one.key for one in test}
    assert [one.key for one in learn] == [one.key for one in again]


def test_the_annotator_begins_on_the_object(examples: list[TuningExample], tmp_path: Path) -> None:
    sam = tiny_sam().eval()
    taught = annotate(sam, examples[0], FeatureCache(tmp_path / "f", sam), OPTIONS)
    first = taught.prompts[0]
    assert first is not None
    assert first.points[0].label == 1
    assert len(taught.prompts) <= OPTIONS.masks_per_image


def test_clicks_are_counted_up_to_the_last_one(
    examples: list[TuningExample], tmp_path: Path
) -> None:
    sam = tiny_sam().eval()
    counts = clicks_needed(sam, examples[:1], FeatureCache(tmp_path / "f", sam), OPTIONS)
    assert np.isin(counts, range(1, MOST_CLICKS + 2)).all()


def test_the_measured_model_stays_as_it_is(examples: list[TuningExample]) -> None:
    sam = tiny_sam().eval().requires_grad_(False)
    before = {key: value.clone() for key, value in sam.state_dict().items()}
    said: list[str] = []
    numbers, tuned, learnt, tested, (clicks, _) = measure_gain(sam, examples, OPTIONS, said.append)
    assert all((value == before[key]).all() for key, value in sam.state_dict().items())
    assert (numbers["annotated_images"], numbers["tested_images"]) == (3, 2)
    assert (len(learnt), len(tested), len(clicks)) == (3, 2, numbers["tested_masks"])
    assert tuned is not sam
    assert numbers["good_by_clicks_before"][-1] == numbers["reached90_before"]
    assert said[0] == "annotating 3 images, testing on 2"


def test_the_rate_is_that_of_the_options(
    examples: list[TuningExample], monkeypatch: pytest.MonkeyPatch
) -> None:
    rates: list[float] = []

    def note(*arguments: Any, **options: Any) -> TuningResult:
        rates.append(arguments[3].learning_rate)
        return tune(*arguments, **options)

    monkeypatch.setattr(tuning_gain, "tune", note)
    measure_gain(tiny_sam().eval(), examples, replace(OPTIONS, rate=3e-4))
    assert rates == [3e-4]


def test_images_apart_are_tested_in_place_of_the_others(examples: list[TuningExample]) -> None:
    sam = tiny_sam().eval().requires_grad_(False)
    numbers = measure_gain(sam, examples[:5], OPTIONS, apart=examples[5:]).numbers
    assert (numbers["annotated_images"], numbers["tested_images"]) == (3, 1)
