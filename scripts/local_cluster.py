"""A Ray cluster of several machines on this one, for tests and benchmarks; workers can be killed.

``python -m scripts.local_cluster 2`` starts one with two workers of one core each, prints its
address and the process of each worker machine as JSON, and ends it when its input ends.
"""

from __future__ import annotations

import importlib
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_SETTINGS = {
    # It listens at the machine's own address, so strangers must not be let in.
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    "RAY_USAGE_STATS_ENABLED": "0",
    # By itself Ray gives workers the least share of a busy machine, and a minute to start.
    "RAY_worker_niceness": "0",
    # A machine that is gone is missed within seconds.
    "RAY_health_check_initial_delay_ms": "2000",
    "RAY_health_check_period_ms": "1000",
    "RAY_health_check_failure_threshold": "5",
    "RAY_raylet_rpc_server_reconnect_timeout_max_s": "5",
}


class LocalCluster:
    """A running cluster.

    Args:
        address: Its ``HOST:PORT``.
        leader: The process of the machine that leads, which runs what joins here.
        machines: The process of each worker machine; what works there ends with it.
    """

    def __init__(self, address: str, leader: int, machines: list[int]) -> None:
        self.address = address
        self.leader = leader
        self.machines = machines

    def kill_leader(self) -> None:
        """Kill the machine that leads: the cluster is gone."""
        os.kill(self.leader, signal.SIGKILL)

    def kill_machine(self, index: int = 0) -> None:
        """Kill a worker machine, as a loss of power would."""
        os.kill(self.machines.pop(index), signal.SIGKILL)

    def kill_process(self, index: int = 0) -> None:
        """Kill what holds the model on a machine, as a lack of memory would.

        Raises:
            LookupError: If nothing is at work there.
        """
        at_work = self.processes(index)
        if not at_work:
            raise LookupError("a worker must be at work to be killed, got none")
        os.kill(at_work[0], signal.SIGKILL)

    def processes(self, index: int) -> list[int]:
        """Return what holds the model on a machine."""
        return [pid for pid in _children(self.machines[index]) if b"MapWorker" in _name(pid)]


@contextmanager
def running_cluster(workers: int) -> Iterator[LocalCluster]:
    """Start a cluster and end it afterwards; who joins it meanwhile has its settings too.

    Args:
        workers: Machines with one core each, besides one that has none and only leads.

    Yields:
        The cluster.

    Raises:
        RuntimeError: If it does not start.
    """
    before = {name: os.environ.get(name) for name in _SETTINGS}
    os.environ.update(_SETTINGS)
    try:
        with _started(workers) as cluster:
            yield cluster
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _started(workers: int) -> Iterator[LocalCluster]:
    command = [sys.executable, "-m", "scripts.local_cluster", str(workers)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the cluster must start, but it ended; the reason stands above")
        yield LocalCluster(**json.loads(line))
        process.communicate()


def main(arguments: list[str] | None = None) -> int:
    """Run a cluster until the input ends."""
    (workers,) = sys.argv[1:] if arguments is None else arguments
    # What else is printed must not stand between the lines that somebody reads.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    tools: Any = importlib.import_module("ray.cluster_utils")
    bare = {"include_dashboard": False}
    cluster = tools.Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **bare})
    nodes = [cluster.add_node(num_cpus=1, **bare) for _ in range(int(workers))]
    cluster.wait_for_nodes()
    machines = [_raylet(node) for node in nodes]
    facts = {"address": cluster.address, "leader": _raylet(cluster.head_node), "machines": machines}
    answers.write(json.dumps(facts) + "\n")
    answers.flush()
    sys.stdin.read()
    cluster.shutdown()
    return 0


def _raylet(node: Any) -> int:
    (process,) = node.all_processes["raylet"]
    return int(process.process.pid)


def _name(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""  # it ended meanwhile


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


if __name__ == "__main__":
    sys.exit(main())
