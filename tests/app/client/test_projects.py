"""Projects and classes through the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.client import Client, ClientError


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
    client.categories.delete(tail.id)
    assert [one.name for one in client.categories.all(cats.id)] == ["object"]
