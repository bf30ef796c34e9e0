"""Proposals: one search per image and model, kept on disk, ended at any time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.image_record import ImageRecord, NewImage
from app.domain.prompts import LowResLogits
from app.domain.proposal import ProjectProposals, Proposal, ProposalPhase, ProposalState
from app.errors import ConflictError, NotFoundError
from app.services import proposal_service
from app.services.image_versions import ImageVersions
from app.services.proposal_service import ProposalService
from app.services.served_model import ServedModel
from app.storage.file_store import FileStore
from tests.helpers.sample_images import encode, noise

FOUND = Proposal(
    number=1,
    mask=CocoRle(8, 8, "0P2"),
    measures=MaskMeasures(64, (0, 0, 8, 8)),
    predicted_iou=0.9,
    stability_score=0.8,
    point_xy=(4.5, 4.0),
    parent=None,
    low_res_logits=LowResLogits(1, 2, b"\0\0\0\0"),
)


class Search:
    """A search that goes on only when the test lets it."""

    def __init__(self) -> None:
        self.has_begun, self.may_go = threading.Event(), threading.Event()
        self.calls = 0
        self.failure: Exception | None = None

    def __call__(
        self, _model: ServedModel, _pixels: np.ndarray, on_progress: Callable[[float], None]
    ) -> tuple[Proposal, ...]:
        self.calls += 1
        on_progress(0.5)
        self.has_begun.set()
        assert self.may_go.wait(20)
        if self.failure is not None:
            raise self.failure
        on_progress(0.75)
        return (FOUND,)


class Workshop:
    def __init__(self, folder: Path, model: ServedModel, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files, self.search = FileStore(folder), Search()
        monkeypatch.setattr(proposal_service, "search", self.search)
        self.service = ProposalService(model, ImageVersions(self.files), self.files)
        content, sha256 = encode(noise(8, 8, 1)), "1" * 64
        self.files.save(self.files.original_path(sha256), content)
        file = NewImage("a", 8, 8, sha256, 1, "image/png", "image/png", True)
        self.image = ImageRecord(1, file, "", 0)

    def wait_for(self, phase: ProposalPhase) -> ProposalState:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            state = self.service.state(self.image)
            if state.phase is phase:
                return state
            time.sleep(0.005)
        raise AssertionError(f"the proposals must become {phase}, got {state}")


@pytest.fixture
def make_workshop(
    tmp_path: Path, tiny_model: ServedModel, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Workshop]]:
    made: list[Workshop] = []

    def make() -> Workshop:
        made.append(Workshop(tmp_path, tiny_model, monkeypatch))
        return made[-1]

    yield make
    for workshop in made:
        workshop.search.may_go.set()
        workshop.service.close()


def test_a_search_tells_how_far_it_is_and_then_what_it_found(
    make_workshop: Callable[[], Workshop],
) -> None:
    workshop = make_workshop()
    assert workshop.service.state(workshop.image).phase is ProposalPhase.NONE
    workshop.service.request(workshop.image)
    assert workshop.search.has_begun.wait(20)
    running = workshop.service.state(workshop.image)
    assert (running.phase, running.share) == (ProposalPhase.RUNNING, 0.5)
    workshop.search.may_go.set()
    assert workshop.wait_for(ProposalPhase.DONE).proposals == (FOUND,)
    assert workshop.service.logits(workshop.image, 1) == FOUND.low_res_logits


def test_everybody_joins_the_same_search(make_workshop: Callable[[], Workshop]) -> None:
    workshop = make_workshop()
    workshop.search.may_go.set()
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda _: workshop.service.request(workshop.image), range(8)))
    workshop.wait_for(ProposalPhase.DONE)
    assert workshop.search.calls == 1


def test_what_was_found_is_there_after_a_restart(make_workshop: Callable[[], Workshop]) -> None:
    first = make_workshop()
    first.search.may_go.set()
    first.service.request(first.image)
    first.wait_for(ProposalPhase.DONE)
    second = make_workshop()
    assert second.service.request(second.image).proposals == (FOUND,)
    assert second.search.calls == 0


def test_a_search_can_be_ended_and_started_again(make_workshop: Callable[[], Workshop]) -> None:
    workshop = make_workshop()
    workshop.service.request(workshop.image)
    assert workshop.search.has_begun.wait(20)
    workshop.service.cancel(workshop.image)
    assert workshop.service.state(workshop.image).phase is ProposalPhase.NONE
    workshop.search.may_go.set()
    workshop.service._executor.submit(lambda: None).result(20)  # the ended one has left
    assert not workshop.files.proposals_path(workshop.service._key(workshop.image)).exists()
    workshop.service.request(workshop.image)
    assert workshop.wait_for(ProposalPhase.DONE).proposals == (FOUND,)


def test_what_was_found_can_be_forgotten(make_workshop: Callable[[], Workshop]) -> None:
    workshop = make_workshop()
    workshop.search.may_go.set()
    workshop.service.request(workshop.image)
    workshop.wait_for(ProposalPhase.DONE)
    workshop.service.cancel(workshop.image)
    assert workshop.service.state(workshop.image).phase is ProposalPhase.NONE


def test_a_failed_search_says_why_and_may_be_tried_again(
    make_workshop: Callable[[], Workshop],
) -> None:
    workshop = make_workshop()
    workshop.search.failure = RuntimeError("out of memory")
    workshop.search.may_go.set()
    workshop.service.request(workshop.image)
    error = workshop.wait_for(ProposalPhase.FAILED).error
    assert error is not None
    assert error["code"] == "proposing_failed"
    assert "out of memory" in error["message"]
    workshop.search.failure = None
    workshop.service.request(workshop.image)
    workshop.wait_for(ProposalPhase.DONE)


def test_a_damaged_file_counts_as_none(make_workshop: Callable[[], Workshop]) -> None:
    workshop = make_workshop()
    path = workshop.files.proposals_path(workshop.service._key(workshop.image))
    workshop.files.save(path, b'{"number": 1}\n')
    assert workshop.service.state(workshop.image).phase is ProposalPhase.NONE
    assert not path.exists()


def test_logits_of_an_unknown_proposal_are_refused(make_workshop: Callable[[], Workshop]) -> None:
    workshop = make_workshop()
    with pytest.raises(NotFoundError, match="got number 7"):
        workshop.service.logits(workshop.image, 7)


def test_boxes_wait_for_no_search(make_workshop: Callable[[], Workshop]) -> None:
    workshop = make_workshop()
    workshop.service.request(workshop.image)
    with pytest.raises(ConflictError, match="no search"):
        workshop.service.request_boxes(workshop.image, [(0, 0, 4, 4)])
    workshop.search.may_go.set()
    workshop.wait_for(ProposalPhase.DONE)
    workshop.service.request_boxes(workshop.image, [(0, 0, 4, 4)])
    assert workshop.wait_for(ProposalPhase.DONE).proposals != (FOUND,)


def test_searches_of_a_project_are_ended_and_go_on_later(
    make_workshop: Callable[[], Workshop],
) -> None:
    workshop = make_workshop()
    images = [workshop.image]
    assert workshop.service.request_all(images).waiting == 1
    assert workshop.search.has_begun.wait(20)
    workshop.service.cancel_all(images)
    assert workshop.service.state_of_all(images) == ProjectProposals(1, 0, 0, 0)
    workshop.search.may_go.set()
    deadline = time.monotonic() + 20
    while workshop.service.request_all(images).done == 0:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    assert workshop.service.state_of_all(images) == ProjectProposals(1, 1, 0, 0)
    workshop.service.cancel_all(images)
    assert workshop.service.state_of_all(images).done == 1


def test_failed_searches_of_a_project_are_counted_and_named(
    make_workshop: Callable[[], Workshop],
) -> None:
    workshop = make_workshop()
    workshop.search.failure = ValueError("broken")
    workshop.search.may_go.set()
    workshop.service.request_all([workshop.image])
    workshop.wait_for(ProposalPhase.FAILED)
    state = workshop.service.state_of_all([workshop.image])
    assert (state.total, state.done, state.waiting, state.failed) == (1, 0, 0, 1)
    (failure,) = state.failures
    assert (failure.image_id, failure.file_name) == (1, "a")
    assert failure.error["message"] == "searching masks of the image failed: broken"
