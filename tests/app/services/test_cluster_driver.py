"""Runs on a real cluster: workers, machines and all of it are killed in the middle.

The cluster and what speaks to it are other processes: Ray's own warnings are not ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.proposal_run import Photograph, RunWish
from app.errors import UnavailableError
from app.services.cluster_road import ClusterRoad
from app.services.proposal_run import PROPOSING, STATE_SUFFIX, photographs_of_folder, run_proposals
from app.services.proposal_work import LocalRoad
from app.services.served_model import ServedModel
from scripts.local_cluster import LocalCluster, running_cluster
from tests.helpers.sample_images import jpeg

COUNT = 40

# A cluster is reached at the machine's own address, whichever that is.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.enable_socket]


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    with running_cluster(2) as started:
        yield started


@pytest.fixture
def photographs(tmp_path: Path) -> list[Photograph]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:02}.jpg").write_bytes(jpeg(seed=number))
    (folder / "broken.jpg").write_bytes(b"no photograph")
    (folder / "copy.jpg").write_bytes(jpeg(seed=7))
    return photographs_of_folder(folder)


@pytest.fixture
def wish(tiny_model: ServedModel) -> RunWish:
    return RunWish(tiny_model.model_id, points_per_side=16, most_masks=20)


def test_killed_workers_lose_nothing_and_double_nothing(
    cluster: LocalCluster,
    photographs: list[Photograph],
    tiny_model: ServedModel,
    wish: RunWish,
    tmp_path: Path,
) -> None:
    here, out = tmp_path / "here.json", tmp_path / "coco.json"
    expected = run_proposals(LocalRoad(tiny_model, wish), photographs, wish, here, lambda *_: None)
    killed: list[int] = []

    def kill(stage: str, done: int, _total: int) -> None:
        if (stage, done) == (PROPOSING, 5):
            cluster.kill_process(0)
            killed.append(done)
        if (stage, done) == (PROPOSING, 15):
            cluster.kill_machine(1)
            killed.append(done)

    with ClusterRoad(cluster.address, 2, tiny_model, wish, tmp_path / "log") as road:
        report = run_proposals(road, photographs, wish, out, kill)
    assert killed == [5, 15]
    assert report == expected
    assert out.read_bytes() == here.read_bytes()
    assert not (tmp_path / "log").exists()


def test_a_cluster_that_goes_away_is_said_and_the_run_goes_on_elsewhere(
    cluster: LocalCluster,
    photographs: list[Photograph],
    tiny_model: ServedModel,
    wish: RunWish,
    tmp_path: Path,
) -> None:
    out = tmp_path / "coco.json"

    def kill(stage: str, done: int, _total: int) -> None:
        if (stage, done) == (PROPOSING, 5):
            cluster.kill_leader()

    with (
        pytest.raises(UnavailableError, match="went away"),
        ClusterRoad(cluster.address, 2, tiny_model, wish, tmp_path / "log") as road,
    ):
        run_proposals(road, photographs, wish, out, kill)
    done = (tmp_path / ("coco.json" + STATE_SUFFIX)).read_bytes().count(b"\n") - 1
    assert done >= 5
    report = run_proposals(LocalRoad(tiny_model, wish), photographs, wish, out, lambda *_: None)
    assert (report.images, report.resumed, report.copies) == (COUNT, done, 1)
    assert len(report.problems) == 1
