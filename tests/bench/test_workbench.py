"""The numbers of the workbench benchmark."""

from __future__ import annotations

from bench.workbench import percentile_95


def test_the_slowest_of_twenty_is_hardly_counted() -> None:
    assert percentile_95([10.0] * 20) == 10.0
    assert 10.0 < percentile_95([10.0] * 19 + [1000.0]) < 1000.0
