"""One run that tunes the decoder on accepted masks; it works in a process of its own."""

import copy
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.domain.model_version import CurvePoint, Lesson, Scores
from app.domain.tuning import HELD_OUT_SHARE, TuningPhase, TuningRequest, TuningState
from app.errors import AppError, ServerFaultError
from app.services.decoder_file import DecoderFile
from app.services.embedding_features import EmbeddingFeatures
from app.services.image_versions import ImageVersions
from app.services.model_service import ModelService
from app.services.served_model import ServedModel
from app.services.tuning_material import check_enough, collect, to_json
from app.storage.database import Database
from app.storage.embedding_cache import EmbeddingCache
from app.storage.file_store import FileStore
from app.storage.project_store import ProjectStore
from app.storage.tuning_folder import TuningFolder
from sam_core.amg.object_calibration import calibrate_objects
from sam_core.checkpoints import model_id
from sam_core.data.records import ImageRecord as SourceRecord
from sam_core.errors import DatasetError, SamCoreError
from sam_core.modeling import Sam
from sam_core.prompts import BoxPrompt, PointPrompt, PromptSet
from sam_core.training.detector_training import DetectorConfig, train_detector
from sam_core.training.held_out_check import HeldOutScores, split_examples
from sam_core.training.tuning import TuningProgress, TuningResult, tune
from sam_core.training.tuning_config import TuningConfig
from sam_core.training.tuning_examples import TuningExample

_logger = logging.getLogger(__name__)
_NICENESS = 10
_LEAST_PAUSE_S = 0.5
DETECTOR_SHARE = 0.25
"""Share of the time in which the model learns which objects are meant."""
LEAST_RIGHT = 0.3
"""Share of found objects that must be right on images kept apart; with less the model goes on
proposing by a grid of points."""

Watch = Callable[[TuningState], None]


@dataclass(frozen=True, slots=True)
class TuningParts:
    """What a run works with.

    Attributes:
        base: The model of the settings, which stays as it is.
        models: Keeps what comes of it.
        database: Has the masks.
        files: Has the images.
        cache: Has the embeddings.
        config: How it is tuned, the time aside.
        detector: How it learns which objects are meant, the time aside.
    """

    base: ServedModel
    models: ModelService
    database: Database
    files: FileStore
    cache: EmbeddingCache
    config: TuningConfig = field(
        default_factory=lambda: TuningConfig(held_out_share=HELD_OUT_SHARE)
    )
    detector: DetectorConfig = field(default_factory=DetectorConfig)


def begin_run(database: Database, folder: TuningFolder, request: TuningRequest) -> TuningState:
    """Note in the folder what shall be learnt; `TuningRun.go_on` does it.

    Raises:
        ConflictError: If another run is under way.
        NotFoundError: If there is no such project.
        UnprocessableError: If there is too little to learn from.
    """
    material = collect(database, request.project_id).count()
    check_enough(material)
    project = ProjectStore(database).find(request.project_id)
    assert project is not None, "collecting its masks would have failed"
    state = TuningState(
        phase=TuningPhase.STARTING,
        project_id=request.project_id,
        project_name=project.name,
        minutes=request.minutes,
        material=material,
    )
    with folder.lock():
        folder.begin(state)
    return state


def lower_priority() -> None:
    """Let every other program on this machine go first, where the system can do that."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


class TuningRun:
    """Does what the folder says, from its beginning or from where it was interrupted.

    Args:
        parts: What it works with.
        folder: Keeps how far it is.
        watch: Is told of every change.
        should_pause: With true the run saves and stops; it can go on later.
    """

    def __init__(
        self,
        parts: TuningParts,
        folder: TuningFolder,
        watch: Watch = lambda _state: None,
        should_pause: Callable[[], bool] = lambda: False,
    ) -> None:
        self._parts = parts
        self._folder = folder
        self._watch = watch
        self._should_pause = should_pause
        self._state = TuningState()
        self._began = self._written = 0.0

    def go_on(self) -> TuningState:
        """Tune until it is done, cancelled or paused, and return the state.

        Raises:
            ConflictError: If another run is under way.
        """
        with self._folder.lock():
            self._state = self._folder.own_state()
            self._began = time.monotonic() - self._spent()
            try:
                self._work()
            except (AppError, SamCoreError) as error:
                self._fail(error)
            except Exception as error:
                _logger.exception("tuning failed")
                self._fail(error)
            return self._state

    def _work(self) -> None:
        examples = [to_example(one) for one in self._examples()]
        tuned = _copy_decoder(self._parts.base.sam)
        hashes = {example.key: sha256 for example, sha256 in examples}
        taught = [example for example, _ in examples]
        features = EmbeddingFeatures(
            replace(self._parts.base, sam=tuned), self._parts.cache, hashes
        )
        seconds = 60 * self._state.minutes
        result = tune(
            tuned,
            taught,
            features,
            replace(self._parts.config, time_limit_s=(1 - DETECTOR_SHARE) * seconds),
            model_name=self._parts.base.name,
            output=self._folder.run_dir,
            on_progress=self._note,
            should_stop=self._should_stop,
        )
        is_over = result.ended != "cancelled"
        if is_over and result.is_better:
            is_over = self._learn_objects(tuned, taught, features, DETECTOR_SHARE * seconds)
        if self._folder.is_cancelled():
            self._end(replace(self._state, phase=TuningPhase.CANCELLED))
        elif is_over:
            self._finish(tuned, result)

    def _should_stop(self) -> bool:
        return self._should_pause() or self._folder.is_cancelled()

    def _learn_objects(
        self,
        tuned: Sam,
        taught: list[TuningExample],
        features: EmbeddingFeatures,
        seconds: float,
    ) -> bool:
        """Teach the model which objects are meant; return false if somebody asked to stop."""
        learn, apart = split_examples(taught, self._parts.config.held_out_share)
        try:
            is_over = train_detector(
                tuned,
                learn,
                features,
                replace(self._parts.detector, time_limit_s=seconds),
                on_progress=lambda done, total: self._change(
                    is_urgent=False, done=done, total=total
                ),
                should_stop=self._should_stop,
            )
            if not is_over:
                return False
            scores = calibrate_objects(tuned, apart, features)
        except DatasetError as error:
            _logger.warning("no objects were learnt: %s", error)
            tuned.object_detector = None
            return True
        _logger.info("objects on images kept apart: %s", scores)
        if scores.right < LEAST_RIGHT:
            tuned.object_detector = None
        return True

    def _examples(self) -> list[dict[str, Any]]:
        known = self._folder.read_examples()
        if known is not None:
            return known
        versions = ImageVersions(self._parts.files)
        material = collect(self._parts.database, self._state.project_id)
        check_enough(material.count())
        self._change(material=material.count())
        found = [to_json(item, str(versions.pixels(item.image).path)) for item in material.images]
        self._folder.write_examples(found)
        return found

    def _finish(self, tuned: Sam, result: TuningResult) -> None:
        if not result.is_better:
            self._end(replace(self._state, phase=TuningPhase.DONE))
            return
        assert result.before is not None, "a run that ended has looked at both"
        assert result.after is not None, "a run that ended has looked at both"
        assert self._state.material is not None, "a run that ended has counted"
        self._change(phase=TuningPhase.EXPORTING, done=0, total=0)
        material = self._state.material
        lesson = Lesson(
            project_name=self._state.project_name,
            image_count=material.image_count,
            mask_count=material.mask_count,
            held_out_image_count=material.held_out_image_count,
            held_out_mask_count=material.held_out_mask_count,
            seconds=round(time.monotonic() - self._began, 1),
            before=_scores(result.before),
            after=_scores(result.after),
            curve=self._state.curve,
        )
        name = self._parts.models.next_name()
        decoder = DecoderFile(ServedModel(tuned, name, model_id(tuned)), self._parts.files)
        try:
            decoder.get()
        finally:
            decoder.close()
        version = self._parts.models.keep(tuned, name, lesson)
        self._end(replace(self._state, phase=TuningPhase.DONE, model_id=version.version.model_id))

    def _note(self, progress: TuningProgress) -> None:
        changes: dict[str, Any] = {"done": progress.done, "total": progress.total}
        changes["phase"] = TuningPhase.TUNING
        is_encoded = progress.phase == "encode" and progress.done == progress.total
        if is_encoded:  # what follows, the first look at the images kept apart, tells nothing
            changes |= {"done": 0, "total": 0}
        elif progress.phase == "encode":
            changes["phase"] = TuningPhase.ENCODING
        is_new_point = progress.scores is not None and (
            progress.phase == "check" or not self._state.curve
        )
        if progress.scores is not None and is_new_point:
            scores = _scores(progress.scores)
            seconds = round(time.monotonic() - self._began, 1) if self._state.curve else 0.0
            changes["curve"] = (*self._state.curve, CurvePoint(seconds, scores))
            changes["before"] = self._state.before or scores
        self._change(is_urgent=is_new_point or is_encoded, **changes)

    def _change(self, *, is_urgent: bool = True, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self._watch(self._state)
        now = time.monotonic()
        if is_urgent or now - self._written > _LEAST_PAUSE_S:
            self._folder.write(self._state)
            self._written = now

    def _end(self, state: TuningState) -> None:
        self._state = state
        self._folder.write(state)
        self._folder.tidy()
        self._watch(state)

    def _fail(self, error: Exception) -> None:
        failure = error if isinstance(error, AppError) else _unexpected(error)
        self._end(replace(self._state, phase=TuningPhase.FAILED, error=failure.to_json()))

    def _spent(self) -> float:
        return self._state.curve[-1].seconds if self._state.curve else 0.0


def to_example(values: dict[str, Any]) -> tuple[TuningExample, str]:
    """Return an image to learn from, and the hash of its bytes."""
    record = SourceRecord(
        image_id=values["image_id"],
        path=Path(values["path"]),
        height=values["height"],
        width=values["width"],
        source="",
        segmentations=tuple(values["masks"]),
        annotation_ids=tuple(values["annotation_ids"]),
    )
    return TuningExample(record, tuple(map(_to_prompts, values["prompts"]))), values["sha256"]


def _to_prompts(values: dict[str, Any] | None) -> PromptSet | None:
    if values is None:
        return None
    points = tuple(PointPrompt(x, y, label) for x, y, label in values["points"])
    return PromptSet(points, None if values["box"] is None else BoxPrompt(*values["box"]))


def _scores(found: HeldOutScores) -> Scores:
    return Scores(round(found.clicks_to_90, 3), round(found.iou_1, 4))


def _copy_decoder(sam: Sam) -> Sam:
    encoder = {id(value): value for value in sam.image_encoder.state_dict(keep_vars=True).values()}
    return copy.deepcopy(sam, encoder)


def _unexpected(error: Exception) -> AppError:
    return ServerFaultError(
        "tuning_failed", f"tuning failed: {error}", "the log has the details; start it again"
    )
