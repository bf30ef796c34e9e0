"""Statistics as JSON."""

from __future__ import annotations

from app.domain.statistics import Cost, Statistics
from app.schemas.statistics_schema import format_statistics


def test_sums_are_named() -> None:
    cost = Cost(1, 2, 3, 4, 5, 6, 7)
    written = format_statistics(Statistics(cost, (("2026-01-01", cost),), ((9, cost),)))
    assert written["total"]["active_ms"] == 7
    assert written["by_day"][0]["day"] == "2026-01-01"
    assert written["by_category"][0]["category_id"] == 9
