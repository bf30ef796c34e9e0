"""The road over a cluster: what it refuses, and what it says of a process that ends."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from app.domain.proposal_run import Digest, Photograph, RunWish
from app.errors import StartUpError, UnavailableError
from app.services import cluster_road
from app.services.cluster_road import ClusterRoad, check_address
from app.services.served_model import ServedModel

PHOTOGRAPHS = [Photograph(number, "", Path()) for number in range(3)]


def answers_all(connection: Connection, log: str, *_: object) -> None:
    Path(log).write_text("what Ray says")
    connection.send(("done",))
    try:
        while True:
            _, photographs = connection.recv()
            for photograph in photographs:
                connection.send(("answer", Digest(photograph.number, "hash")))
            connection.send(("done",))
    except EOFError:
        return


def dies_after_one(connection: Connection, log: str, *_: object) -> None:
    Path(log).write_text("what Ray says")
    connection.send(("done",))
    connection.recv()
    connection.send(("answer", Digest(0, "hash")))
    os._exit(1)


def cannot_join(connection: Connection, _log: str, *_: object) -> None:
    connection.send(("failed", "cluster_unreachable", "the cluster must be there", "start it"))


Drive = Callable[..., None]


@pytest.fixture
def open_road(
    tiny_model: ServedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Drive], ClusterRoad]:
    def open_with(drive: Drive) -> ClusterRoad:
        monkeypatch.setattr(cluster_road, "_drive", drive)
        wish = RunWish(tiny_model.model_id)
        return ClusterRoad("local", 2, tiny_model, wish, tmp_path / "log")

    return open_with


def test_answers_come_over_and_the_log_goes_when_all_went_well(
    open_road: Callable[[Drive], ClusterRoad], tmp_path: Path
) -> None:
    with open_road(answers_all) as road:
        for _ in range(2):
            assert [one.number for one in road.digests(PHOTOGRAPHS)] == [0, 1, 2]
        assert (tmp_path / "log").exists()
    assert not (tmp_path / "log").exists()


def test_a_process_that_ends_is_said_and_its_log_stays(
    open_road: Callable[[Drive], ClusterRoad], tmp_path: Path
) -> None:
    found: list[Any] = []
    with (
        pytest.raises(UnavailableError, match="went away") as caught,
        open_road(dies_after_one) as road,
    ):
        found.extend(one.number for one in road.digests(PHOTOGRAPHS))
    assert caught.value.code == "cluster_lost"
    assert str(tmp_path / "log") in caught.value.hint
    assert (tmp_path / "log").exists()


def test_a_cluster_that_cannot_be_joined_is_said(
    open_road: Callable[[Drive], ClusterRoad],
) -> None:
    with pytest.raises(UnavailableError, match="must be there") as caught:
        open_road(cannot_join)
    assert caught.value.code == "cluster_unreachable"


@pytest.mark.parametrize("address", ["", "ray://host:10001", "host", ":1", "host:99999", "h:1x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(StartUpError, match="must be local, auto or HOST:PORT"):
        check_address(address)


def test_an_address_where_nobody_answers_is_refused() -> None:
    with pytest.raises(StartUpError, match=r"127\.0\.0\.1:9 does not answer"):
        check_address("127.0.0.1:9")


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_road, "find_spec", lambda _: None)
    with pytest.raises(StartUpError, match=r"pip install -r requirements-ray\.txt"):
        check_address("local")
