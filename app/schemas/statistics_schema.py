"""Statistics as JSON."""

from dataclasses import asdict
from typing import Any

from app.domain.statistics import Statistics


def format_statistics(statistics: Statistics) -> dict[str, Any]:
    """Return the sums as JSON."""
    return {
        "total": asdict(statistics.total),
        "by_day": [{"day": day, **asdict(cost)} for day, cost in statistics.by_day],
        "by_category": [
            {"category_id": category_id, **asdict(cost)}
            for category_id, cost in statistics.by_category
        ],
    }
