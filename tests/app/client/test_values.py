"""Values are read from JSON; what later servers add is passed over."""

from __future__ import annotations

import pytest

from app.client.values import Category, Report

CATEGORY = {"id": 1, "project_id": 2, "name": "cat", "supercategory": "", "color": "#000000"}


def test_unknown_fields_are_passed_over_and_missing_ones_are_not() -> None:
    assert Category.from_json({**CATEGORY, "more": 1}) == Category(1, 2, "cat", "", "#000000")
    with pytest.raises(KeyError):
        Category.from_json({"id": 1})


def test_a_class_of_a_server_without_patterns_is_plain() -> None:
    assert Category.from_json(CATEGORY).pattern == "plain"
    assert Category.from_json({**CATEGORY, "pattern": "dots"}).pattern == "dots"


def test_remarks_are_losses_or_notes_by_code() -> None:
    assert Report({"losses": [{"code": "holes_filled", "count": 2}]}).remarks == {"holes_filled": 2}
    report = Report({"notes": [{"code": "mask_empty", "count": 1}], "added": 3})
    assert (report["added"], report.remarks) == (3, {"mask_empty": 1})
