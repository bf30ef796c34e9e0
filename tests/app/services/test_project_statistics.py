"""Sums and table agree."""

from __future__ import annotations

from app.context import AppContext
from app.domain.object_details import Effort
from tests.helpers.app_fixtures import content


def test_sums_and_table_are_of_the_same_masks(context: AppContext, image_id: int) -> None:
    for clicks in (1, 4):
        said = content(effort=Effort(clicks, 0, 0, 1000 * clicks))
        context.annotations.add(image_id, said)
    total = context.statistics.read(1).total
    lines = context.statistics.table(1).decode("utf-8-sig").splitlines()
    assert (total.object_count, total.clicks, total.active_ms) == (2, 5, 5000)
    assert len(lines) == 1 + total.object_count
