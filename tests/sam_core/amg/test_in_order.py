"""Answers come in the order of the values, however many threads there are."""

from __future__ import annotations

from threading import Barrier, Event, get_ident

import pytest
import torch

from sam_core.amg.in_order import in_order


@pytest.mark.parametrize("threads", [1, 3])
def test_answers_come_in_order(threads: int) -> None:
    torch.set_num_threads(threads)
    assert list(in_order(lambda value: value**2, range(20))) == [value**2 for value in range(20)]


def test_threads_work_side_by_side_with_one_thread_of_torch_each() -> None:
    torch.set_num_threads(2)
    both_here = Barrier(2, timeout=30)

    def work(_value: int) -> tuple[int, int]:
        both_here.wait()
        return get_ident(), torch.get_num_threads()

    (one, first), (other, second) = in_order(work, range(2))
    assert one != other
    assert first == second == 1
    assert torch.get_num_threads() == 2


def test_what_has_not_begun_is_dropped_when_the_caller_stops() -> None:
    torch.set_num_threads(2)
    begun: list[int] = []
    never = Event()

    def work(value: int) -> None:
        begun.append(value)
        if value:
            never.wait(timeout=0.05)

    answers = in_order(work, range(10_000))
    next(answers)
    answers.close()
    assert len(begun) < 100


def test_a_failure_reaches_the_caller() -> None:
    torch.set_num_threads(2)

    def fail(value: int) -> int:
        raise ValueError(f"no {value}")

    with pytest.raises(ValueError, match="no 0"):
        list(in_order(fail, range(4)))
