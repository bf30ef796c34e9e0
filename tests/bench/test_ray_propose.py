"""The benchmark of runs on a cluster: it sees what is lost, doubled and different."""

from __future__ import annotations

import copy
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from app.domain.proposal_run import Photograph
from app.services.proposal_run import PROPOSING, READING
from bench.ray_propose import (
    Watch,
    count_differing,
    count_lost,
    write_samples,
)
from scripts.local_cluster import LocalCluster

PHOTOGRAPHS = [Photograph(number, f"{number}.jpg", Path()) for number in range(3)]


def coco(*names: str) -> dict[str, Any]:
    """Return a file of photographs with a mask each, told apart by its score."""
    numbered = list(enumerate(names, start=1))
    return {
        "images": [{"id": number, "file_name": name} for number, name in numbered],
        "annotations": [
            {"id": 10 * number, "image_id": number, "score": int(name[0])}
            for number, name in numbered
        ],
    }


@pytest.mark.parametrize(
    ("names", "lost"),
    [
        (("0.jpg", "1.jpg", "2.jpg"), 0),
        (("2.jpg", "0.jpg", "1.jpg"), 0),
        (("0.jpg", "2.jpg"), 1),
        (("0.jpg", "1.jpg", "2.jpg", "1.jpg"), 1),
        (("0.jpg", "1.jpg", "1.jpg"), 2),
        (("0.jpg", "1.jpg", "2.jpg", "3.jpg"), 1),
    ],
)
def test_what_is_missing_or_there_twice_is_counted(names: tuple[str, ...], lost: int) -> None:
    assert count_lost(PHOTOGRAPHS, coco(*names)) == lost


def test_other_masks_are_counted_and_another_order_is_not() -> None:
    one, other = coco("0.jpg", "1.jpg", "2.jpg"), coco("2.jpg", "0.jpg", "1.jpg")
    assert count_differing(one, other) == 0
    changed = copy.deepcopy(other)
    changed["annotations"][0]["score"] = 9
    assert count_differing(one, changed) == 1
    del changed["annotations"][1]
    assert count_differing(one, changed) == 2


def test_samples_are_photographs_with_different_bytes(tmp_path: Path) -> None:
    folder = write_samples(tmp_path / "photographs", 4)
    contents = [path.read_bytes() for path in sorted(folder.iterdir())]
    assert len({hashlib.sha256(content).digest() for content in contents}) == 4


class OneProcess(LocalCluster):
    """A cluster whose only worker is this process; it is not killed."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1:1", 0, [1])
        self.killed_after: list[int] = []

    def processes(self, _index: int) -> list[int]:
        return [os.getpid()]

    def kill_machine(self, index: int = 0) -> None:
        self.killed_after.append(index)


def test_a_watch_times_answers_and_kills_once_in_the_middle() -> None:
    cluster = OneProcess()
    watch = Watch(cluster, kill_at=2)
    watch(READING, 2, 6)
    assert cluster.killed_after == []
    for done in range(1, 7):
        watch(PROPOSING, done, 6)
    watch.answers = [watch.begun + second for second in (5.0, 6.0, 7.0, 9.0, 11.0, 13.0)]
    course = watch.course(1)
    assert cluster.killed_after == [0]
    assert (course.start_s, course.images_per_s) == (5.0, 0.5)
    assert course.worker_mb > 50
    assert course.worker_cpu_s_per_image > 0
