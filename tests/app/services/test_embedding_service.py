"""Embeddings: once per image and model, in the background, kept on disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save

from app.domain.embedding import Crop, EmbeddingPhase, EmbeddingState
from app.domain.image_record import ImageRecord, NewImage
from app.errors import ConflictError
from app.services.embedding_service import EmbeddingService
from app.services.encode_interruption import EncodeInterrupted
from app.services.image_versions import ImageVersions
from app.storage.embedding_cache import EmbeddingCache
from app.storage.file_store import FileStore
from tests.helpers.sample_images import encode, noise


@dataclass
class SlowModel:
    """A model that encodes only when the test lets it."""

    encoder_id: str = "0123456789abcdef"
    may_go: threading.Event = field(default_factory=threading.Event)
    has_begun: threading.Event = field(default_factory=threading.Event)
    calls: int = 0
    failure: Exception | None = None

    @property
    def current(self) -> SlowModel:
        return self

    def encode(
        self, pixels: np.ndarray, must_stop: Callable[[], bool], crop: Crop | None = None
    ) -> bytes:
        self.calls += 1
        self.has_begun.set()
        while not self.may_go.wait(0.005):
            if must_stop():
                raise EncodeInterrupted
        if self.failure is not None:
            raise self.failure
        return save({"image_embeddings": torch.from_numpy(pixels.copy())})


@dataclass
class Workshop:
    files: FileStore
    model: SlowModel
    service: EmbeddingService

    def add(self, seed: int) -> ImageRecord:
        content = encode(noise(8, 8, seed))
        sha256 = f"{seed:064x}"
        self.files.save(self.files.original_path(sha256), content)
        file = NewImage("a", 8, 8, sha256, 1, "image/png", "image/png", True)
        return ImageRecord(seed, file, "", 0)


@pytest.fixture
def make_workshop(tmp_path: Path) -> Iterator[Callable[[], Workshop]]:
    made: list[Workshop] = []

    def make() -> Workshop:
        files, model = FileStore(tmp_path), SlowModel()
        service = EmbeddingService(model, ImageVersions(files), EmbeddingCache(files, 10**9))  # type: ignore[arg-type]
        made.append(Workshop(files, model, service))
        return made[-1]

    yield make
    for workshop in made:
        workshop.model.may_go.set()
        workshop.service.close()


@pytest.fixture
def workshop(make_workshop: Callable[[], Workshop]) -> Workshop:
    return make_workshop()


def finish(workshop: Workshop, image: ImageRecord) -> EmbeddingState:
    """Let the model work and return the state in which it ends."""
    workshop.model.may_go.set()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        state = workshop.service.state(image)
        if state.phase in (EmbeddingPhase.READY, EmbeddingPhase.FAILED):
            return state
        time.sleep(0.005)
    raise AssertionError(f"the embedding must come to an end, got {state}")


def test_simultaneous_requests_encode_once(workshop: Workshop) -> None:
    image = workshop.add(1)
    with ThreadPoolExecutor(8) as executor:
        list(executor.map(workshop.service.request, [image] * 32))
    finish(workshop, image)
    assert workshop.model.calls == 1
    assert workshop.service.state(image).phase is EmbeddingPhase.READY


def test_states_tell_what_goes_on(workshop: Workshop) -> None:
    images = [workshop.add(seed) for seed in range(3)]
    assert workshop.service.state(images[0]).queue_position is None
    workshop.service.request(images[0])
    assert workshop.model.has_begun.wait(20)
    for image in images[1:]:
        workshop.service.request(image)
    states = [workshop.service.state(image) for image in images]
    assert [state.phase.value for state in states] == ["encoding", "waiting", "waiting"]
    assert [state.queue_position for state in states] == [None, 1, 2]
    assert [state.eta_s for state in states] == [None, None, None]


def test_what_somebody_waits_for_goes_before_what_is_expected(workshop: Workshop) -> None:
    running, expected, wanted = (workshop.add(seed) for seed in range(3))
    workshop.service.request(running)
    assert workshop.model.has_begun.wait(20)
    assert workshop.service.expect(expected).queue_position == 1
    assert workshop.service.request(wanted).queue_position == 1
    assert workshop.service.state(expected).queue_position == 2
    workshop.service.request(expected)
    workshop.service.release(wanted)
    assert workshop.service.state(wanted).queue_position == 2
    assert workshop.service.state(expected).queue_position == 1
    for image in (running, expected, wanted):
        assert finish(workshop, image).phase is EmbeddingPhase.READY
    assert workshop.model.calls == 3


def test_an_expected_encode_stops_for_one_that_is_wanted_and_is_done_after_it(
    workshop: Workshop,
) -> None:
    expected, wanted = workshop.add(1), workshop.add(2)
    workshop.service.expect(expected)
    assert workshop.model.has_begun.wait(20)
    workshop.service.request(wanted)
    deadline = time.monotonic() + 20
    while workshop.service.state(wanted).phase is not EmbeddingPhase.ENCODING:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    assert workshop.service.state(expected).queue_position == 1
    for image in (wanted, expected):
        assert finish(workshop, image).phase is EmbeddingPhase.READY
    assert workshop.model.calls == 3


def test_an_expected_encode_that_somebody_waits_for_by_now_goes_on(workshop: Workshop) -> None:
    expected, other = workshop.add(1), workshop.add(2)
    workshop.service.expect(expected)
    assert workshop.model.has_begun.wait(20)
    workshop.service.request(expected)
    workshop.service.request(other)
    assert workshop.service.state(expected).phase is EmbeddingPhase.ENCODING
    for image in (expected, other):
        assert finish(workshop, image).phase is EmbeddingPhase.READY
    assert workshop.model.calls == 2


def test_an_expectation_joins_what_is_there_or_runs(workshop: Workshop) -> None:
    image = workshop.add(1)
    workshop.service.expect(image)
    assert workshop.model.has_begun.wait(20)
    assert workshop.service.expect(image).phase is EmbeddingPhase.ENCODING
    finish(workshop, image)
    assert workshop.service.expect(image).phase is EmbeddingPhase.READY
    assert workshop.model.calls == 1


def test_what_failed_is_not_tried_again_before_somebody_wants_it(workshop: Workshop) -> None:
    image = workshop.add(1)
    workshop.model.failure = RuntimeError("no memory")
    workshop.service.request(image)
    finish(workshop, image)
    workshop.model.failure = None
    assert workshop.service.expect(image).phase is EmbeddingPhase.FAILED
    workshop.service.request(image)
    assert finish(workshop, image).phase is EmbeddingPhase.READY


def test_time_left_is_told_once_an_encode_was_measured(workshop: Workshop) -> None:
    first, second, third = (workshop.add(seed) for seed in range(3))
    workshop.service.request(first)
    assert finish(workshop, first).phase is EmbeddingPhase.READY
    workshop.model.may_go.clear()
    workshop.model.has_begun.clear()
    workshop.service.request(second)
    assert workshop.model.has_begun.wait(20)
    waiting = workshop.service.request(third)
    encoding = workshop.service.state(second)
    assert encoding.eta_s is not None
    assert waiting.eta_s is not None
    assert 0 <= encoding.eta_s <= waiting.eta_s


def test_what_is_ready_stays_ready_after_a_restart(
    make_workshop: Callable[[], Workshop],
) -> None:
    before = make_workshop()
    image = before.add(1)
    before.service.request(image)
    finish(before, image)
    after = make_workshop()
    assert after.service.request(image).phase is EmbeddingPhase.READY
    assert (
        after.service.file(image).path.read_bytes() == before.service.file(image).path.read_bytes()
    )
    assert after.model.calls == 0


def test_another_model_encodes_anew(make_workshop: Callable[[], Workshop]) -> None:
    first, second = make_workshop(), make_workshop()
    second.model.encoder_id = "fedcba9876543210"
    image = first.add(1)
    first.service.request(image)
    finish(first, image)
    assert second.service.state(image).phase is EmbeddingPhase.WAITING
    second.service.request(image)
    finish(second, image)
    assert second.model.calls == 1
    assert first.service.file(image).etag != second.service.file(image).etag


def test_a_failure_is_told_and_can_be_tried_again(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    image = workshop.add(1)
    workshop.model.failure = MemoryError("no memory left")
    workshop.service.request(image)
    error = finish(workshop, image).error
    assert error is not None
    assert error["code"] == "encoding_failed"
    assert "no memory left" in error["message"]
    assert "no memory left" in caplog.text
    with pytest.raises(ConflictError, match="got state 'failed'"):
        workshop.service.file(image)
    workshop.model.failure = None
    assert workshop.service.request(image).phase is not EmbeddingPhase.FAILED
    finish(workshop, image)
    assert workshop.service.state(image).phase is EmbeddingPhase.READY


def test_a_lost_original_is_the_reason_of_the_failure(workshop: Workshop) -> None:
    image = workshop.add(1)
    workshop.files.original_path(image.file.sha256).unlink()
    workshop.service.request(image)
    finish(workshop, image)
    error = workshop.service.state(image).error
    assert error is not None
    assert error["code"] == "original_missing"


def test_a_crash_while_writing_is_never_ready(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = workshop.add(1)

    def crash(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("os.fsync", crash)
    workshop.service.request(image)
    finish(workshop, image)
    assert workshop.service.state(image).phase is EmbeddingPhase.FAILED
    folder = workshop.files.embedding_path(workshop.service.key(image)).parent
    assert list(folder.iterdir()) == []


def test_a_damaged_file_is_never_ready_and_encoded_anew(workshop: Workshop) -> None:
    image = workshop.add(1)
    workshop.service.request(image)
    assert finish(workshop, image).phase is EmbeddingPhase.READY
    path = workshop.service.file(image).path
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    assert workshop.service.state(image).phase is EmbeddingPhase.WAITING
    with pytest.raises(ConflictError, match="must be ready"):
        workshop.service.file(image)
    workshop.service.request(image)
    assert finish(workshop, image).phase is EmbeddingPhase.READY
    assert path.read_bytes() == content


def test_a_part_of_an_image_is_encoded_beside_the_whole(workshop: Workshop) -> None:
    image, part = workshop.add(1), Crop(0, 0, 4, 4)
    workshop.model.may_go.set()
    workshop.service.request(image)
    workshop.service.request(image, part)
    deadline = time.monotonic() + 10
    while workshop.service.state(image, part).phase is not EmbeddingPhase.READY:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    whole, own = workshop.service.file(image), workshop.service.file(image, part)
    assert workshop.model.calls == 2
    assert whole.path != own.path
    assert whole.etag != own.etag
    assert workshop.service.state(image, Crop(0, 0, 4, 5)).phase is EmbeddingPhase.WAITING
