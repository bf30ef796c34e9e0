"""Routes of statistics: sums and a table."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from app.services.project_statistics import OBJECT_FIELDS
from tests.helpers.app_fixtures import mask_json

EFFORT = {"clicks": 3, "undo_count": 1, "hand_edits": 2, "active_ms": 4000}


@pytest.fixture
def measured(client: FlaskClient, image_id: int) -> int:
    """Keep two masks on an image, of which one says what it cost."""
    body = {"category_id": 1, "segmentation": mask_json(), "author": "=1+1"}
    for more in ({"effort": EFFORT}, {}):
        client.post(f"/api/images/{image_id}/annotations", json={**body, **more})
    return image_id


@pytest.mark.usefixtures("measured")
def test_sums_are_over_the_masks_whose_cost_is_known(client: FlaskClient) -> None:
    sums = client.get("/api/projects/1/statistics").json
    expected = {"object_count": 2, "image_count": 1, "measured_count": 1, **EFFORT}
    assert sums["total"] == expected
    (day,), (category,) = sums["by_day"], sums["by_category"]
    assert {**expected, "day": day["day"]} == day
    assert {**expected, "category_id": 1} == category


def test_a_project_without_masks_has_zeros(client: FlaskClient) -> None:
    sums = client.get("/api/projects/1/statistics").json
    assert set(sums["total"].values()) == {0}
    assert client.get("/api/projects/7/statistics").status_code == 404


@pytest.mark.usefixtures("measured")
def test_the_table_has_a_line_for_each_mask_and_runs_no_formula(client: FlaskClient) -> None:
    answer = client.get("/api/projects/1/statistics.csv")
    header, first, second = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert tuple(header) == OBJECT_FIELDS
    row = dict(zip(header, first, strict=True))
    assert (row["class"], row["active_ms"], row["author"]) == ("object", "4000", "'=1+1")
    assert dict(zip(header, second, strict=True))["active_ms"] == ""
