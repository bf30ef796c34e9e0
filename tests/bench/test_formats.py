"""The benchmark of the formats measures a small store and finds every mask again."""

from __future__ import annotations

from pathlib import Path

from bench.formats import measure_round_trip, measure_speed


def test_every_mask_comes_back(tmp_path: Path) -> None:
    found = measure_round_trip(tmp_path, 10, None)
    assert found == {"roundtrip_masks": 10, "roundtrip_mismatch": 0}


def test_speed_and_memory_are_measured(tmp_path: Path) -> None:
    found = measure_speed(tmp_path, 3, 2)
    assert (found["annotations"], found["images"]) == (6, 3)
    assert all(
        isinstance(value, int) and value > 0 for name, value in found.items() if "_per_" in name
    )
