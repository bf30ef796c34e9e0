"""Projects and classes through the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.client import Client, ClientError
from tests.helpers.app_fixtures import mask_json


def test_projects_are_made_renamed_deleted_restored_and_saved(address: str, tmp_path: Path) -> None:
    projects = Client(address).projects
    cats = projects.add("cats")
    assert projects.rename(cats.id, "dogs").name == "dogs"
    projects.delete(cats.id)
    with pytest.raises(ClientError, match="project_not_found"):
        projects.get(cats.id)
    assert projects.restore(cats.id) == projects.get(cats.id)
    projects.save(cats.id, tmp_path / "dogs.zip")
    assert projects.add_saved(tmp_path / "dogs.zip").name == "dogs (2)"
    assert [project.name for project in projects.all()][1:] == ["dogs", "dogs (2)"]


def test_classes_belong_to_a_project(address: str) -> None:
    client = Client(address)
    cats = client.projects.add("cats")
    tail = client.categories.add("tail", supercategory="animal", project_id=cats.id)
    assert (tail.project_id, tail.supercategory) == (cats.id, "animal")
    assert [one.name for one in client.categories.all(cats.id)] == ["object", "tail"]
    assert len(client.categories.all()) == 3
    assert client.categories.change(tail.id, name="paw").supercategory == "animal"
    assert (tail.pattern, client.categories.change(tail.id, pattern="dots").pattern) == (
        "plain",
        "dots",
    )
    client.categories.delete(tail.id)
    assert [one.name for one in client.categories.all(cats.id)] == ["object"]


def test_what_masks_cost_is_read_and_saved(address: str, image_id: int, tmp_path: Path) -> None:
    client = Client(address)
    effort = {"clicks": 3, "undo_count": 1, "hand_edits": 2, "active_ms": 4000}
    client.annotations.add(image_id, category_id=1, segmentation=mask_json(), effort=effort)
    costs = client.projects.statistics(1)
    assert (costs.total.object_count, costs.total.clicks) == (1, 3)
    assert list(costs.by_day.values()) == [costs.by_category[1]] == [costs.total]
    client.projects.save_statistics(1, tmp_path / "costs.csv")
    assert len((tmp_path / "costs.csv").read_text("utf-8-sig").splitlines()) == 2
