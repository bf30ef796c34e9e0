"""The numbers of a benchmark: what is timed, how it is summarised, what is written with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.harness import describe_machine, format_rows, summarise, time_runs, write_result


def test_warm_ups_run_but_are_not_timed() -> None:
    calls: list[int] = []
    timing = time_runs("counting", lambda: calls.append(1), warm_ups=3, runs=5)
    assert len(calls) == 8
    assert timing.runs == 5


def test_summary_of_known_durations() -> None:
    timing = summarise("known", [float(value) for value in range(101)])
    assert (timing.median_ms, timing.p95_ms, timing.iqr_ms) == (50, 95, 50)


def test_equal_runs_have_no_spread() -> None:
    timing = summarise("equal", [7.0] * 30)
    assert (timing.median_ms, timing.p95_ms, timing.iqr_ms) == (7, 7, 0)


def test_a_single_run_is_no_timing() -> None:
    with pytest.raises(ValueError, match="at least 2 runs, got 1"):
        summarise("once", [1.0])


def test_a_result_names_the_machine_and_keeps_the_rows(tmp_path: Path) -> None:
    rows = [summarise("known", [1.0, 2.0, 3.0])]
    content = json.loads(write_result("decoder", rows, tmp_path).read_text(encoding="utf-8"))
    assert content["rows"][0]["what"] == "known"
    assert set(content["machine"]) == set(describe_machine())
    assert content["machine"]["cores"] >= 1


def test_the_table_has_one_line_per_row() -> None:
    rows = [summarise(name, [1.0, 2.0]) for name in ("short", "a longer name")]
    assert len(format_rows(rows).splitlines()) == 2
