"""Tuning: only the decoder learns, the best is kept, and it can be stopped and continued."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.errors import DatasetError, TrainingConfigError
from sam_core.modeling import Sam
from sam_core.prompts import PointPrompt, PromptSet
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.held_out_check import HeldOutScores
from sam_core.training.packing import load_model
from sam_core.training.tuning import TuningProgress, TuningResult, tune
from sam_core.training.tuning_config import TuningConfig
from sam_core.training.tuning_examples import TuningExample, as_examples

SHORT = TuningConfig(
    steps=2,
    warmup_steps=1,
    iterations=(2,),
    images_per_step=2,
    masks_per_image=1,
    check_every=1,
    held_out_share=0.3,
    learning_rate=1e-3,
)


class Bench:
    """A model, examples and folders for one test."""

    def __init__(self, folder: Path, dataset: CocoMaskDataset, sam: Sam) -> None:
        self.folder, self.sam = folder, sam.eval()
        self.examples = as_examples(dataset)
        self.cache = FeatureCache(folder / "features", sam)
        self.seen: list[TuningProgress] = []

    def tune(
        self,
        config: TuningConfig = SHORT,
        stop_after: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> TuningResult:
        def stop() -> bool:
            return stop_after is not None and len(self.seen) >= stop_after

        return tune(
            self.sam,
            self.examples,
            self.cache,
            config,
            model_name="maskwright_s",
            output=self.folder / "run",
            on_progress=self.seen.append,
            should_stop=stop,
            clock=clock,
        )


@pytest.fixture
def bench(tmp_path: Path, disk_dataset: CocoMaskDataset, small_sam: Sam) -> Bench:
    return Bench(tmp_path, disk_dataset, small_sam)


def test_the_decoder_learns_and_the_encoder_stays(bench: Bench) -> None:
    before = {key: value.clone() for key, value in bench.sam.state_dict().items()}
    result = bench.tune(replace(SHORT, steps=12, check_every=12, learning_rate=3e-3))
    assert result.steps == 12
    assert result.ended == "done"
    state = torch.load(bench.folder / "run" / "checkpoint.pt", weights_only=True)
    learner = state["tuning"]["learner"]
    changed = {key for key, value in learner.items() if not torch.equal(value, before[key])}
    assert {key.split(".")[0] for key in changed} == {"prompt_encoder", "mask_decoder"}
    for key, value in bench.sam.image_encoder.state_dict().items():
        assert torch.equal(value, before[f"image_encoder.{key}"]), key


def test_what_is_not_better_is_not_kept(bench: Bench) -> None:
    before = {key: value.clone() for key, value in bench.sam.state_dict().items()}
    result = bench.tune(replace(SHORT, learning_rate=0.0))
    assert not result.is_better
    assert result.before == result.after
    for key, value in bench.sam.state_dict().items():
        assert torch.equal(value, before[key]), key


def test_the_result_has_its_share_of_the_start(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    better = iter(range(9, 0, -1))
    monkeypatch.setattr(
        "sam_core.training.tuning.check_held_out",
        lambda *_: HeldOutScores(next(better), 0, 0, 0, 0),
    )
    start = {key: value.clone() for key, value in bench.sam.state_dict().items()}
    result = bench.tune(replace(SHORT, start_share=0.75, learning_rate=3e-3))
    state = torch.load(bench.folder / "run" / "checkpoint.pt", weights_only=True)["tuning"]
    for key, value in result.weights.items():
        wanted = state["moving"][key] / 4 + start[key] * 3 / 4
        assert torch.allclose(value, wanted, atol=1e-6), key
    assert any(not torch.equal(value, start[key]) for key, value in result.weights.items())


def test_half_precision_is_for_the_computation_only(bench: Bench) -> None:
    name = "mask_decoder.mask_tokens.weight"
    start = bench.sam.state_dict()[name].clone()
    bench.tune(replace(SHORT, precision="bfloat16", learning_rate=3e-3))
    state = torch.load(bench.folder / "run" / "checkpoint.pt", weights_only=True)
    learnt = state["tuning"]["learner"][name]
    assert learnt.dtype == torch.float32
    assert not torch.equal(learnt, start)


def test_the_other_loss_teaches_something_else(bench: Bench) -> None:
    start = {key: value.clone() for key, value in bench.sam.state_dict().items()}
    learnt = []
    for normalised in (False, True):
        bench.sam.load_state_dict(start)
        bench.folder /= "other"
        bench.tune(replace(SHORT, normalised_focal=normalised))
        state = torch.load(bench.folder / "run" / "checkpoint.pt", weights_only=True)["tuning"]
        learnt.append(state["moving"]["mask_decoder.mask_tokens.weight"])
    assert not torch.equal(*learnt)


def test_no_better_result_for_long_ends_it(bench: Bench) -> None:
    result = bench.tune(replace(SHORT, learning_rate=0.0, steps=50, patience=3))
    assert (result.ended, result.steps) == ("patience", 3)


def test_progress_names_images_steps_and_checks(bench: Bench) -> None:
    bench.tune()
    encoded = [(p.done, p.total) for p in bench.seen if p.phase == "encode"]
    assert encoded == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [(p.done, p.total) for p in bench.seen if p.phase == "tune"] == [(1, 2), (2, 2)]
    checks = [p for p in bench.seen if p.phase == "check"]
    assert len(checks) == 2
    assert checks[0].scores is not None


@pytest.mark.parametrize("stop_after", [1, 5])
def test_it_stops_when_asked_and_saves(bench: Bench, stop_after: int) -> None:
    result = bench.tune(replace(SHORT, steps=50), stop_after)
    assert result.ended == "cancelled"
    assert result.steps <= 1
    assert load_model(bench.folder / "run" / "checkpoint.pt").image_size == 64


def test_a_stopped_tuning_goes_on_as_if_it_had_not_been(
    tmp_path: Path, disk_dataset: CocoMaskDataset, bench: Bench
) -> None:
    start = {key: value.clone() for key, value in bench.sam.state_dict().items()}
    whole = bench.tune(replace(SHORT, steps=4))
    state = torch.load(bench.folder / "run" / "checkpoint.pt", weights_only=True)
    bench.sam.load_state_dict(start)
    again = Bench(tmp_path / "again", disk_dataset, bench.sam)
    assert again.tune(replace(SHORT, steps=4), stop_after=8).steps == 2
    again.sam.load_state_dict(start)
    result = again.tune(replace(SHORT, steps=4))
    assert (result.steps, result.before) == (4, whole.before)
    other = torch.load(again.folder / "run" / "checkpoint.pt", weights_only=True)
    for key, value in state["tuning"]["learner"].items():
        torch.testing.assert_close(other["tuning"]["learner"][key], value, msg=key)


def test_the_result_is_in_the_checkpoint(bench: Bench) -> None:
    result = bench.tune()
    saved = load_model(bench.folder / "run" / "checkpoint.pt").state_dict()
    for key, value in result.weights.items():
        assert torch.equal(saved[key], value), key


def test_recorded_prompts_are_practised(bench: Bench) -> None:
    plain = bench.tune()
    learnt = torch.load(bench.folder / "run" / "checkpoint.pt", weights_only=True)["tuning"]
    bench.sam.load_state_dict({**bench.sam.state_dict(), **plain.weights})
    click = PromptSet((PointPrompt(2, 2, 1),))
    bench.examples = [TuningExample(example.record, (click,)) for example in bench.examples]
    bench.folder = bench.folder / "recorded"
    bench.tune()
    other = torch.load(bench.folder / "run" / "checkpoint.pt", weights_only=True)["tuning"]
    key = "mask_decoder.mask_tokens.weight"
    assert not torch.equal(learnt["learner"][key], other["learner"][key])


def test_the_clock_can_end_it(bench: Bench) -> None:
    result = bench.tune(replace(SHORT, steps=1000, time_limit_s=0.01, check_every=1000))
    assert 1 <= result.steps < 5
    assert result.ended == "done"


def test_the_limit_is_about_the_clock_that_is_given(bench: Bench) -> None:
    seconds = iter(range(0, 10_000, 10))
    config = replace(SHORT, steps=1000, time_limit_s=30.0, check_every=1000)
    result = bench.tune(config, clock=lambda: float(next(seconds)))
    assert (result.steps, result.ended) == (3, "done")


def test_a_folder_of_another_encoder_is_refused(bench: Bench) -> None:
    bench.tune()
    with torch.no_grad():
        next(bench.sam.image_encoder.parameters())[0] += 1
    with pytest.raises(TrainingConfigError, match="must belong to a tuning of the same encoder"):
        bench.tune()


def test_too_few_images_are_refused(bench: Bench) -> None:
    bench.examples = bench.examples[:1]
    with pytest.raises(DatasetError, match="must have two images with masks or more"):
        bench.tune()
