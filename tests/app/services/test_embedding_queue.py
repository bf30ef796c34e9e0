"""The order of encodes: wanted before expected."""

from __future__ import annotations

import pytest

from app.domain.embedding import EmbeddingKey
from app.domain.image_record import ImageRecord, NewImage
from app.services.embedding_queue import EmbeddingQueue, EncodeJob


def job(number: int) -> EncodeJob:
    file = NewImage("a", 8, 8, f"{number:064x}", 1, "image/png", "image/png", True)
    model = None  # which one does not matter here
    return EncodeJob(ImageRecord(number, file, "", 0), model)  # type: ignore[arg-type]


def key(number: int) -> EmbeddingKey:
    return EmbeddingKey(f"{number:064x}", "model")


@pytest.fixture
def queue() -> EmbeddingQueue:
    return EmbeddingQueue()


def taken(queue: EmbeddingQueue) -> list[int]:
    """Take all images; return their numbers in order."""
    numbers = []
    while (entry := queue.take()) is not None:
        assert entry[0] == key(entry[1].image.id)
        numbers.append(entry[1].image.id)
    return numbers


def test_wanted_images_come_first_in_the_order_of_asking(queue: EmbeddingQueue) -> None:
    assert queue.expect(key(1), job(1))
    assert queue.want(key(2), job(2))
    assert queue.want(key(3), job(3))
    assert not queue.want(key(2), job(2))
    assert [queue.position(key(number)) for number in (1, 2, 3, 4)] == [3, 1, 2, None]
    assert taken(queue) == [2, 3, 1]


def test_the_newest_expectation_comes_before_older_ones(queue: EmbeddingQueue) -> None:
    for number in (1, 2, 3, 1):
        queue.expect(key(number), job(number))
    assert taken(queue) == [1, 3, 2]


def test_an_expected_image_that_is_wanted_moves_to_the_front(queue: EmbeddingQueue) -> None:
    queue.want(key(1), job(1))
    queue.expect(key(2), job(2))
    queue.expect(key(3), job(3))
    assert not queue.want(key(2), job(2))
    assert not queue.expect(key(2), job(2))
    assert taken(queue) == [1, 2, 3]


def test_an_image_steps_back_when_nobody_waits_for_it_any_more(queue: EmbeddingQueue) -> None:
    queue.want(key(1), job(1))
    queue.want(key(1), job(1))
    queue.want(key(2), job(2))
    queue.release(key(1))
    assert queue.position(key(1)) == 1
    queue.release(key(1))
    queue.release(key(1))
    queue.release(key(9))
    assert taken(queue) == [2, 1]


def test_the_oldest_of_very_many_expectations_are_dropped(queue: EmbeddingQueue) -> None:
    queue.want(key(0), job(0))
    for number in range(1, 101):
        queue.expect(key(number), job(number))
    assert len(queue) == 65
    assert queue.position(key(1)) is None
    assert taken(queue) == [0, *range(100, 36, -1)]
