"""A run: what it keeps, what it does when it is ended in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch

from app.domain.tuning import TuningPhase, TuningRequest, TuningState
from app.errors import ConflictError, UnprocessableError
from app.services import decoder_file, tuning_run
from app.services.live_model import LiveModel
from app.services.model_service import ModelService
from app.services.served_model import ServedModel
from app.services.tuning_run import TuningParts, TuningRun, begin_run
from app.storage.embedding_cache import EmbeddingCache
from app.storage.model_store import ModelStore
from app.storage.store import Store, opened_store
from app.storage.tuning_folder import TuningFolder
from sam_core.amg.object_calibration import DetectorScores
from sam_core.checkpoints import model_id
from sam_core.data.records import read_image
from sam_core.errors import DatasetError
from sam_core.export.onnx_decoder import CONTRACT
from sam_core.modeling import Sam
from sam_core.training.detector_training import DetectorConfig
from sam_core.training.held_out_check import HeldOutScores
from sam_core.training.tuning import TuningProgress, TuningResult
from sam_core.training.tuning_config import TuningConfig
from tests.helpers.app_fixtures import write_graph
from tests.helpers.taught_store import teach

WORSE, BETTER = HeldOutScores(6, 0.5, 0.8, 0.6, 0.1), HeldOutScores(3, 0.7, 0.9, 0.8, 0.1)


class Workplace:
    """A store with masks, the tiny model, and a folder for the run."""

    def __init__(self, store: Store, base: ServedModel) -> None:
        self.store = store
        self.models = ModelService(LiveModel(base), ModelStore(store.database), store.files)
        self.folder = TuningFolder(store.files.tuning_dir)
        self.parts = TuningParts(
            base, self.models, store.database, store.files, EmbeddingCache(store.files, 10**9)
        )

    def begin(self, minutes: float = 1.0) -> TuningState:
        return begin_run(self.store.database, self.folder, TuningRequest(1, minutes))

    def run(self, should_pause: Callable[[], bool] = lambda: False) -> TuningState:
        return TuningRun(self.parts, self.folder, should_pause=should_pause).go_on()


@pytest.fixture
def place(tmp_path: Path, tiny_model: ServedModel) -> Iterator[Workplace]:
    with opened_store(tmp_path, "") as store:
        teach(store)
        yield Workplace(store, tiny_model)


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the slow export by a small file of the same id."""
    made: list[str] = []

    def export(sam: Sam, path: Path, *, model_name: str) -> None:
        write_graph(path, model_id=model_id(sam), contract=CONTRACT)
        made.append(model_name)

    monkeypatch.setattr(decoder_file, "export_decoder", export)
    return made


def replace_tune(monkeypatch: pytest.MonkeyPatch, after: HeldOutScores) -> list[dict[str, Any]]:
    """Put a quick learner in the place of the real one; return what it was given."""
    calls: list[dict[str, Any]] = []

    def tune(sam: Sam, examples: Any, cache: Any, config: Any, **more: Any) -> TuningResult:
        calls.append({"examples": examples, "config": config, **more})
        for example in examples:
            cache.get(example.key, partial(read_image, example.record))
        more["on_progress"](TuningProgress("encode", len(examples), len(examples)))
        for step in range(3):
            more["on_progress"](TuningProgress("tune", step, 3, WORSE))
            if more["should_stop"]():
                return TuningResult({}, WORSE, WORSE, step, "cancelled")
        more["on_progress"](TuningProgress("check", 3, 3, after))
        sam.mask_decoder.iou_token.weight.data += 0.1
        return TuningResult({}, WORSE, after, 3, "done")

    monkeypatch.setattr(tuning_run, "tune", tune)
    return calls


def test_what_is_better_is_kept_as_a_version_with_its_decoder(
    place: Workplace, exports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = replace_tune(monkeypatch, BETTER)
    began = place.begin()
    assert (began.phase, began.project_name) == (TuningPhase.STARTING, "First project")
    state = place.run()
    assert state == place.folder.read()
    assert (state.phase, exports) == (TuningPhase.DONE, ["tiny-t1"])
    (_, version) = place.models.list_choices()
    assert (version.model_id, version.is_served) == (state.model_id, False)
    assert version.version is not None
    lesson = version.version.version.lesson
    assert (lesson.before.clicks_to_90, lesson.after.clicks_to_90) == (6, 3)
    assert [point.scores.clicks_to_90 for point in lesson.curve] == [6, 3]
    assert (lesson.image_count, lesson.mask_count, lesson.held_out_image_count) == (8, 40, 2)
    (call,) = calls
    assert (call["config"].time_limit_s, call["config"].held_out_share) == (45.0, 0.2)
    assert len(call["examples"]) == 10
    assert call["examples"][0].prompts[0].points[0].label == 1
    assert place.folder.read_examples() is None
    # The embeddings that were missing serve the browser too.
    assert len(list(place.store.files.embeddings())) == 10


@pytest.mark.parametrize(("right", "is_kept"), [(0.9, True), (0.1, False)])
def test_what_it_learnt_to_find_belongs_to_the_version_if_it_is_right(
    place: Workplace,
    exports: list[str],
    monkeypatch: pytest.MonkeyPatch,
    right: float,
    is_kept: bool,
) -> None:
    replace_tune(monkeypatch, BETTER)
    monkeypatch.setattr(place, "parts", replace(place.parts, detector=DetectorConfig(steps=2)))
    found = DetectorScores(found=0.5, right=right)
    monkeypatch.setattr(tuning_run, "calibrate_objects", lambda *_: found)
    place.begin()
    state = place.run()
    assert state.model_id is not None
    sam = place.models.use(state.model_id).sam
    assert (sam.object_detector is not None) == is_kept
    assert model_id(sam) == state.model_id
    assert len(exports) == 1


def test_it_can_be_cancelled_while_it_learns_what_objects_are(
    place: Workplace, exports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_tune(monkeypatch, BETTER)

    def cancel(*_: Any, should_stop: Callable[[], bool], **__: Any) -> bool:
        assert not should_stop()
        place.folder.ask_to_cancel()
        return not should_stop()

    monkeypatch.setattr(tuning_run, "train_detector", cancel)
    place.begin()
    assert place.run().phase is TuningPhase.CANCELLED
    assert exports == []
    assert len(place.models.list_choices()) == 1


def test_images_without_objects_to_learn_leave_the_decoder(
    place: Workplace, exports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_tune(monkeypatch, BETTER)

    def refuse(*_: Any, **__: Any) -> bool:
        raise DatasetError("nothing")

    monkeypatch.setattr(tuning_run, "train_detector", refuse)
    place.begin()
    state = place.run()
    assert (state.phase, len(exports)) == (TuningPhase.DONE, 1)
    assert state.model_id is not None
    assert place.models.use(state.model_id).sam.object_detector is None


def test_the_shipped_weights_are_never_touched(
    place: Workplace, exports: list[str], monkeypatch: pytest.MonkeyPatch, tiny_model: ServedModel
) -> None:
    replace_tune(monkeypatch, BETTER)
    place.begin()
    place.run()
    assert model_id(tiny_model.sam) == tiny_model.model_id
    assert len(exports) == 1


def test_nothing_is_kept_when_nothing_is_better(
    place: Workplace, exports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_tune(monkeypatch, WORSE)
    place.begin()
    state = place.run()
    assert (state.phase, state.model_id, exports) == (TuningPhase.DONE, None, [])
    assert len(place.models.list_choices()) == 1


def test_a_cancelled_run_leaves_nothing(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_tune(monkeypatch, BETTER)
    place.begin()
    place.folder.ask_to_cancel()
    assert place.run().phase is TuningPhase.CANCELLED
    assert place.folder.read().phase is TuningPhase.CANCELLED
    assert len(place.models.list_choices()) == 1


def test_an_ended_process_leaves_a_run_that_goes_on_with_the_same_masks(
    place: Workplace, exports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = replace_tune(monkeypatch, BETTER)
    place.begin()
    place.run(should_pause=lambda: True)
    assert place.folder.read().phase is TuningPhase.INTERRUPTED
    teach(place.store, images=12)  # more work was done meanwhile
    state = place.run()
    assert (state.phase, len(exports)) == (TuningPhase.DONE, 1)
    assert [len(call["examples"]) for call in calls] == [10, 10]
    assert calls[0]["output"] == calls[1]["output"]


def test_too_little_begins_no_run(tmp_path: Path, tiny_model: ServedModel) -> None:
    with opened_store(tmp_path, "") as store:
        teach(store, images=2)
        place = Workplace(store, tiny_model)
        with pytest.raises(UnprocessableError):
            place.begin()
        assert place.folder.read() == TuningState()


def test_a_second_run_is_refused(place: Workplace) -> None:
    place.begin()
    with place.folder.lock():
        with pytest.raises(ConflictError, match="one run at a time"):
            place.begin()
        with pytest.raises(ConflictError, match="one run at a time"):
            place.run()


def test_a_failure_is_said_and_ends_the_run(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatasetError("examples must have masks that can be used")

    monkeypatch.setattr(tuning_run, "tune", fail)
    place.begin()
    state = place.run()
    assert (state.phase, state.error is not None) == (TuningPhase.FAILED, True)
    assert "examples must have masks" in (state.error or {})["message"]


def test_the_real_learner_takes_what_it_is_given(place: Workplace, exports: list[str]) -> None:
    torch.manual_seed(0)
    config = TuningConfig(steps=2, check_every=1, checked_images=2, held_out_share=0.2)
    place.parts = TuningParts(
        *(place.parts.base, place.parts.models, place.parts.database),
        *(place.parts.files, place.parts.cache, config),
    )
    place.begin(minutes=0.01)
    state = place.run()
    assert (state.phase, state.error) == (TuningPhase.DONE, None)
    assert state.before is not None
    assert len(exports) == (state.model_id is not None)
