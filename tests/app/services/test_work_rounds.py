"""Rounds: every photograph is answered once, whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.proposal_run import Digest, Photograph
from app.services.cluster_work import PlaceMissing
from app.services.work_rounds import NOBODY, ClusterUselessError, RoundEndedError, in_rounds

Give = Callable[[Sequence[Photograph], int], Iterator[Digest | PlaceMissing]]


def photographs(count: int) -> list[Photograph]:
    return [Photograph(number, f"{number}.jpg", Path(f"{number}.jpg")) for number in range(count)]


def answer(photograph: Photograph) -> Digest:
    return Digest(photograph.number, f"hash-{photograph.number}")


@given(st.lists(st.sets(st.integers(0, 11)), max_size=5))
def test_what_a_round_loses_is_given_out_again(losses: list[set[int]]) -> None:
    rounds = iter(losses)

    def give(left: Sequence[Photograph], _rows: int) -> Iterator[Digest]:
        lost = next(rounds, set()) if len(left) > 1 else set()
        keep = next(iter(left)).number  # a round that answers one is not in vain
        for one in left:
            if one.number not in lost - {keep}:
                yield answer(one)
                yield answer(one)

    found = list(in_rounds(photographs(12), give, Digest, 4))
    assert sorted(one.number for one in found) == list(range(12))
    assert not any(one.problem for one in found)


def test_a_round_that_ends_early_keeps_what_it_answered() -> None:
    asked: list[tuple[list[int], int]] = []

    def give(left: Sequence[Photograph], rows: int) -> Iterator[Digest]:
        asked.append(([one.number for one in left], rows))
        yield answer(left[0])
        if len(left) > 1:
            raise RoundEndedError("an object was lost")

    found = list(in_rounds(photographs(3), give, Digest, 4))
    assert [one.number for one in found] == [0, 1, 2]
    assert asked == [([0, 1, 2], 4), ([1, 2], 1), ([2], 1)]


def test_a_photograph_that_nobody_survives_is_a_problem_and_the_rest_is_done() -> None:
    tries = 0

    def give(left: Sequence[Photograph], _rows: int) -> Iterator[Digest]:
        nonlocal tries
        tries += any(one.number == 1 for one in left)
        return (answer(one) for one in left if one.number != 1)

    found = list(in_rounds(photographs(3), give, Digest, 4))
    assert found[-1] == Digest(1, problem=NOBODY)
    assert [one.number for one in found] == [0, 2, 1]
    assert tries == 4


def test_a_cluster_that_answers_nothing_is_said_with_its_reason() -> None:
    def give(_left: Sequence[Photograph], _rows: int) -> Iterator[Digest]:
        raise RoundEndedError("no module named torch")
        yield

    with pytest.raises(ClusterUselessError) as caught:
        list(in_rounds(photographs(2), give, Digest, 4))
    code, message, _ = caught.value.args
    assert code == "cluster_silent"
    assert message.endswith("3 times it lost all of 2 photographs: no module named torch")


def test_a_machine_that_sees_no_photographs_ends_the_work_at_once() -> None:
    def give(_left: Sequence[Photograph], _rows: int) -> Iterator[Digest | PlaceMissing]:
        yield PlaceMissing("node-7", "photos")

    with pytest.raises(ClusterUselessError, match="node-7 does not"):
        list(in_rounds(photographs(2), give, Digest, 4))


def test_nothing_to_do_asks_nobody() -> None:
    def give(_left: Sequence[Photograph], _rows: int) -> Iterator[Digest]:
        raise AssertionError("nobody must be asked")
        yield

    assert list(in_rounds([], give, Digest, 4)) == []
