"""Kill the server at random moments while people save, then look for what is missing.

``python -m bench.durability --kills 200 --json FILE``; half of the kills with SQLite, half
with PostgreSQL.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from app.services.store_doctor import examine
from app.storage.store import opened_store
from bench.crash_target import CrashTarget
from bench.harness import describe_machine
from bench.write_load import Json, Writer, ask, is_kept
from scripts.local_postgres import running_cluster

WRITERS = 4
EARLIEST_KILL_S, LATEST_KILL_S = 0.02, 0.5
DEFAULT_KILLS = 200


@dataclass
class Outcome:
    """What was found after all kills on one database.

    Attributes:
        database: ``sqlite`` or ``postgresql``.
        kills: Number of SIGKILLs under load.
        acknowledged: Writes that were answered with success.
        acknowledged_lost: Of these, missing or other than answered.
        corrupt: Errors of integrity that the doctor found.
        notes: Harmless traces of uploads that broke off.
        seconds: Time for all of it.
    """

    database: str
    kills: int
    acknowledged: int = 0
    acknowledged_lost: int = 0
    corrupt: int = 0
    notes: int = 0
    seconds: float = 0.0


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print or write its result, and return 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.durability", description=__doc__)
    parser.add_argument("--kills", type=int, default=DEFAULT_KILLS, help="in both databases")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, default=None, help="file of the result")
    options = parser.parse_args(arguments)
    outcomes = [kill_sqlite(options.kills // 2, options.seed)]
    outcomes.append(kill_postgresql(options.kills - options.kills // 2, options.seed + 1))
    result = summarise(outcomes)
    text = json.dumps(result, indent=2) + "\n"
    if options.json is not None:
        options.json.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if result["acknowledged_lost"] or result["corrupt"] else 0


def summarise(outcomes: list[Outcome]) -> Json:
    """Return the sums, each database's numbers, and the machine."""
    names = ("kills", "acknowledged", "acknowledged_lost", "corrupt")
    sums = {name: sum(getattr(outcome, name) for outcome in outcomes) for name in names}
    return {
        **sums,
        "databases": [asdict(outcome) for outcome in outcomes],
        "machine": describe_machine(),
    }


def kill_sqlite(kills: int, seed: int) -> Outcome:
    """Return what is found after kills with a SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        return kill_often(Outcome("sqlite", kills), Path(folder), "", seed)


def kill_postgresql(kills: int, seed: int) -> Outcome:
    """Return what is found after kills with a PostgreSQL that waits for its disk."""
    with running_cluster(is_durable=True) as cluster, tempfile.TemporaryDirectory() as folder:
        url = cluster.new_url().render_as_string(hide_password=False)
        return kill_often(Outcome("postgresql", kills), Path(folder), url, seed)


def kill_often(outcome: Outcome, data_dir: Path, database_url: str, seed: int) -> Outcome:
    """Kill a server again and again, then compare everything with what was answered.

    Args:
        outcome: With the number of kills; gets what is found.
        data_dir: An empty folder.
        database_url: Empty for SQLite.
        seed: Of the moments and the writers.
    """
    began = time.monotonic()
    target = CrashTarget(data_dir, database_url)
    writers = [Writer(seed * WRITERS + number) for number in range(WRITERS)]
    moments = random.Random(seed)
    for _ in range(outcome.kills):
        write_until_killed(target, writers, moments.uniform(EARLIEST_KILL_S, LATEST_KILL_S))
    outcome.acknowledged = sum(writer.answers for writer in writers)
    port = target.start()
    outcome.acknowledged_lost = sum(count_lost(port, writer) for writer in writers)
    target.kill()
    with opened_store(data_dir, database_url) as store:
        for finding in examine(store):
            outcome.notes += finding.is_harmless
            outcome.corrupt += not finding.is_harmless
            if not finding.is_harmless:
                sys.stderr.write(f"corrupt: {finding.what}\n")
    outcome.seconds = round(time.monotonic() - began, 1)
    return outcome


def write_until_killed(target: CrashTarget, writers: list[Writer], seconds: float) -> None:
    """Let all writers write for some time, then kill the server in the middle of it."""
    port, stop = target.start(), threading.Event()
    threads = [threading.Thread(target=writer.run, args=(port, stop)) for writer in writers]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    target.kill()
    stop.set()
    for thread in threads:
        thread.join()


def count_lost(port: int, writer: Writer) -> int:
    """Return how many acknowledged writes of a writer are missing or other than answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    lost = 0
    for image_id, photo in writer.images.items():
        connection.request("GET", f"/api/images/{image_id}/original")
        answer = connection.getresponse()
        lost += answer.read() != photo
        found = {
            one["client_key"]: one
            for one in ask(connection, "GET", f"/api/images/{image_id}/annotations")["annotations"]
        }
        for expected in writer.annotations:
            if expected.image_id == image_id:
                lost += not is_kept(expected, found.get(expected.key))
    connection.close()
    return lost


if __name__ == "__main__":
    sys.exit(main())
