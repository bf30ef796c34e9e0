"""Models and costs as values."""

from __future__ import annotations

import pytest

from app.client.model_values import Cost, ModelChoice, Statistics

COST = {
    **{"object_count": 2, "image_count": 1, "measured_count": 1, "clicks": 3},
    **{"undo_count": 1, "hand_edits": 2, "active_ms": 4000},
}


def test_statistics_are_found_by_day_and_class() -> None:
    found = Statistics.from_json(
        {
            "total": COST,
            "by_day": [{"day": "2026-11-27", **COST}],
            "by_category": [{"category_id": 4, **COST}],
        }
    )
    cost = Cost(2, 1, 1, 3, 1, 2, 4000)
    assert (found.total, found.by_day, found.by_category) == (cost, {"2026-11-27": cost}, {4: cost})


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        ModelChoice.from_json({"model_id": "a"})
