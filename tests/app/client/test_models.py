"""Models and tuning through the client."""

from __future__ import annotations

import pytest

from app.client import Client, ClientError, WorkFailedError
from app.context import AppContext
from app.domain.tuning import TuningPhase, TuningState
from app.services.tuning_service import TuningService
from tests.helpers.taught_store import teach
from tests.helpers.tuned_models import LESSON, tuned


def test_another_model_is_chosen_and_given_up_again(address: str, context: AppContext) -> None:
    models = Client(address).models
    base = models.served()
    assert (base.model_id, base.base_id, base.lesson) == (context.model.model_id, None, None)
    kept = context.models.keep(tuned(context.model.sam), "tiny-t1", LESSON).version
    chosen = models.use(kept.model_id)
    assert [one.is_served for one in chosen] == [False, True]
    served = models.served()
    assert (served.name, served.base_id, served.problem) == ("tiny-t1", base.model_id, None)
    assert served.lesson is not None
    assert served.lesson["mask_count"] == LESSON.mask_count
    models.use(base.model_id)
    assert models.served() == base
    with pytest.raises(ClientError, match="model_not_found"):
        models.use("nothing")


def test_a_run_is_started_watched_and_ended(
    address: str, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TuningService, "_spawn", lambda _: None)
    tuning = Client(address).tuning
    assert not tuning.lessons(1).is_enough
    with pytest.raises(ClientError, match="tuning_too_little"):
        tuning.start(1)
    teach(context.store)
    lessons = tuning.lessons(1)
    assert (lessons.is_enough, lessons.mask_count) == (True, 40)
    assert tuning.state().state == "none"
    started = tuning.start(1, minutes=2)
    assert (started.state, started.project_id, started.model_id) == ("starting", 1, None)
    # No process holds the folder: it looks like one that was killed.
    with pytest.raises(WorkFailedError, match="must end by itself"):
        tuning.wait(5)
    assert tuning.resume().state == "starting"
    tuning.cancel()
    assert tuning.wait(5).state == "cancelled"


def test_what_came_of_a_run_is_waited_for(address: str, context: AppContext) -> None:
    folder = context.tuning._folder
    with folder.lock():
        folder.begin(TuningState(phase=TuningPhase.DONE, project_id=1, model_id="abc"))
    assert Client(address).tuning.wait(5).model_id == "abc"
