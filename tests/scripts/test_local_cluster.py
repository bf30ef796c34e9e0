"""What kills the workers of a cluster kills those and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from scripts.local_cluster import LocalCluster

PARENT = """
import subprocess, sys
for name in sys.argv[1:]:
    subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()", name], stdin=0)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def machine() -> Iterator[subprocess.Popen[str]]:
    """Start a process with two children, one of which looks like a worker."""
    command = [sys.executable, "-c", PARENT, "ray::IDLE", "ray::MapWorker(look)"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.communicate()


def test_a_machine_is_killed(machine: subprocess.Popen[str]) -> None:
    cluster = LocalCluster("127.0.0.1:1", 0, [machine.pid])
    cluster.kill_machine()
    assert machine.wait() == -9
    assert cluster.machines == []


def test_only_what_holds_the_model_is_killed(machine: subprocess.Popen[str]) -> None:
    cluster = LocalCluster("127.0.0.1:1", 0, [machine.pid])
    cluster.kill_process()
    with pytest.raises(LookupError, match="must be at work"):
        kill_all_processes(cluster)
    assert machine.poll() is None


def kill_all_processes(cluster: LocalCluster) -> None:
    while True:
        cluster.kill_process()
