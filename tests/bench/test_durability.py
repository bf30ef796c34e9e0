"""The benchmark kills real servers, and sees what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.crash_target import CrashTarget
from bench.durability import Outcome, count_lost, kill_often, summarise
from bench.write_load import Writer
from scripts.local_postgres import Cluster


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_that_was_answered_is_lost(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = ""
    if kind == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.new_url().render_as_string(hide_password=False)
    outcome = kill_often(Outcome(kind, kills=5), tmp_path, url, seed=1)
    assert outcome.acknowledged > 0
    assert (outcome.acknowledged_lost, outcome.corrupt) == (0, 0)


def test_the_sums_are_those_of_both_databases() -> None:
    result = summarise([Outcome("sqlite", 3, 10, 1, 0), Outcome("postgresql", 4, 20, 0, 2)])
    assert (result["kills"], result["acknowledged"]) == (7, 30)
    assert (result["acknowledged_lost"], result["corrupt"]) == (1, 2)


@pytest.mark.slow
def test_what_is_missing_is_counted(tmp_path: Path) -> None:
    target, writer = CrashTarget(tmp_path, ""), Writer(1)
    write_some(target, writer)
    port = target.start()
    try:
        assert count_lost(port, writer) == 0
        kept = next(one for one in writer.annotations if one.saved and one.pending is None)
        assert kept.saved is not None
        kept.saved["revision"] += 1
        image_id = next(iter(writer.images))
        writer.images[image_id] += b"more"
        assert count_lost(port, writer) == 2
    finally:
        target.kill()


def write_some(target: CrashTarget, writer: Writer) -> None:
    """Let a writer write until it has some answers."""

    class Enough:
        def is_set(self) -> bool:
            return writer.answers >= 20

    port = target.start()
    writer.run(port, Enough())  # type: ignore[arg-type]
    target.kill()
