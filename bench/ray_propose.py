"""Masks of many photographs on a cluster: ``python -m bench.ray_propose --json FILE``.

Measures what one photograph costs, how many a second one and two workers do, and what is lost or
done twice when a worker machine is killed in the middle (must be 0). It needs Linux and the
packages of requirements-ray.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch

from app.config import AppConfig
from app.domain.proposal_run import Photograph, RunWish
from app.services.cluster_road import ClusterRoad
from app.services.proposal_run import PROPOSING, photographs_of_folder, run_proposals
from app.services.proposal_work import LocalRoad
from app.services.served_model import ServedModel, load_model
from bench.harness import describe_machine
from bench.photographs import large_photograph, numbered_copy
from scripts.local_cluster import LocalCluster, running_cluster

SAMPLES = ("coffee.jpg", "astronaut.jpg", "chelsea.jpg")
MEGAPIXELS = 2.16
MEBIBYTE = 2**20
Json = dict[str, Any]


@dataclass
class Course:
    """What a run on a cluster was seen to do.

    Attributes:
        workers: Worker machines with one core each.
        images_per_s: From a third of the photographs to the last.
        start_s: From the command to the first answer: processes start and load the model.
        worker_mb: The most memory that one worker's process had.
        worker_cpu_s_per_image: Processor time of the workers, their start included.
    """

    workers: int
    images_per_s: float = 0.0
    start_s: float = 0.0
    worker_mb: float = 0.0
    worker_cpu_s_per_image: float = 0.0


@dataclass
class Watch:
    """Looks at a cluster while it works, and kills a machine if it shall.

    Args:
        cluster: The cluster.
        kill_at: After so many photographs; 0 kills nothing.
    """

    cluster: LocalCluster
    kill_at: int = 0
    begun: float = field(default_factory=time.perf_counter)
    answers: list[float] = field(default_factory=list)
    memory: dict[int, float] = field(default_factory=dict)
    processor: dict[int, float] = field(default_factory=dict)

    def __call__(self, stage: str, done: int, _total: int) -> None:
        """Hear of an answer."""
        if stage != PROPOSING:
            return
        self.answers.append(time.perf_counter())
        for machine in range(len(self.cluster.machines)):
            for pid in self.cluster.processes(machine):
                self.memory[pid] = max(self.memory.get(pid, 0.0), _memory_mb(pid))
                self.processor[pid] = max(self.processor.get(pid, 0.0), _processor_s(pid))
        if done == self.kill_at:
            self.cluster.kill_machine()

    def course(self, workers: int) -> Course:
        """Return what was seen."""
        third = len(self.answers) // 3
        took = self.answers[-1] - self.answers[third]
        return Course(
            workers,
            round((len(self.answers) - 1 - third) / took, 3),
            round(self.answers[0] - self.begun, 1),
            round(max(self.memory.values()), 1),
            round(sum(self.processor.values()) / len(self.answers), 2),
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, show and write the numbers; return 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.ray_propose", description=__doc__)
    add = parser.add_argument
    add("--json", type=Path, help="file to write the numbers to")
    add("--folder", type=Path, help="photographs; the sample ones, enlarged, without it")
    add("--limit", type=int, default=48, help="photographs at most")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    model = load_model(AppConfig())
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or write_samples(Path(place) / "photographs", options.limit)
        photographs = photographs_of_folder(folder)[: options.limit]
        result = measure(model, RunWish(model.model_id), photographs, Path(place))
    text = json.dumps({**result, "machine": describe_machine()}, indent=2) + "\n"
    if options.json is not None:
        options.json.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if result["ray_lost"] else 0


def write_samples(folder: Path, count: int) -> Path:
    """Write so many photographs of 1200 x 1800 pixels, no two with the same bytes."""
    folder.mkdir()
    for number in range(count):
        content = large_photograph(SAMPLES[number % len(SAMPLES)], MEGAPIXELS)
        (folder / f"{number:04}.jpg").write_bytes(numbered_copy(content, number))
    return folder


def measure(
    model: ServedModel, wish: RunWish, photographs: Sequence[Photograph], place: Path
) -> Json:
    """Return the numbers of a run here and of runs on clusters.

    Args:
        model: Finds the masks.
        wish: Which are kept.
        photographs: No two with the same bytes.
        place: An empty folder for the results.
    """
    here = place / "here.json"
    processor = time.process_time()
    run_proposals(LocalRoad(model, wish), photographs, wish, here, lambda *_: None)
    processor = time.process_time() - processor
    expected = _read(here)

    def run_on(workers: int, kill_at: int = 0) -> tuple[Course, Path]:
        out = place / f"cluster-{workers}-{kill_at}.json"
        with running_cluster(workers) as cluster:
            watch = Watch(cluster, kill_at)
            log = place / "ray.log"
            with ClusterRoad(cluster.address, workers, model, wish, log) as road:
                run_proposals(road, photographs, wish, out, watch)
        return watch.course(workers), out

    courses = [run_on(1)[0], run_on(2)[0]]
    killed, out = run_on(2, kill_at=len(photographs) // 3)
    found = _read(out)
    return {
        "ray_lost": count_lost(photographs, found),
        "ray_differs": count_differing(expected, found),
        "photographs": len(photographs),
        "masks": len(expected["annotations"]),
        "cpu_s_per_image": round(processor / len(photographs), 3),
        "bytes_per_image": round(here.stat().st_size / len(photographs)),
        "read_bytes_per_image": round(
            sum(one.path.stat().st_size for one in photographs) / len(photographs)
        ),
        "courses": [asdict(course) for course in courses],
        "killed": asdict(killed),
    }


def count_lost(photographs: Sequence[Photograph], coco: Json) -> int:
    """Return how many photographs are missing in a file, or are there more than once."""
    found = Counter(row["file_name"] for row in coco["images"])
    wanted = Counter(photograph.name for photograph in photographs)
    return sum(((wanted - found) + (found - wanted)).values())


def count_differing(expected: Json, found: Json) -> int:
    """Return how many photographs of both files have other masks in one than in the other."""
    ours, theirs = _masks_by_name(expected), _masks_by_name(found)
    return sum(ours[name] != theirs[name] for name in ours.keys() & theirs.keys())


def _masks_by_name(coco: Json) -> dict[str, list[Json]]:
    names = {row["id"]: row["file_name"] for row in coco["images"]}
    masks: dict[str, list[Json]] = {name: [] for name in names.values()}
    for row in coco["annotations"]:
        own = {key: value for key, value in row.items() if key not in {"id", "image_id"}}
        masks[names[row["image_id"]]].append(own)
    return masks


def _read(path: Path) -> Json:
    content: Json = json.loads(path.read_bytes())
    return content


def _memory_mb(pid: int) -> float:
    return _of_process(pid, "status", _highest_mb)


def _processor_s(pid: int) -> float:
    return _of_process(pid, "stat", _seconds)


def _of_process(pid: int, name: str, parse: Callable[[str], float]) -> float:
    try:
        return parse(Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8"))
    except OSError:
        return 0.0  # it ended meanwhile


def _highest_mb(status: str) -> float:
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) * 1024 / MEBIBYTE if lines else 0.0


def _seconds(stat: str) -> float:
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
