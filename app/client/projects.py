"""Projects and their classes."""

import os
from pathlib import Path
from typing import Any

from app.client.model_values import Statistics
from app.client.transport import Transport, read_file
from app.client.values import Category, Project


class Projects:
    """Lists, makes, deletes and saves projects.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self) -> list[Project]:
        """Return all projects, oldest first."""
        return [Project.from_json(one) for one in self._transport.get("/api/projects")["projects"]]

    def get(self, project_id: int) -> Project:
        """Return a project."""
        return Project.from_json(self._transport.get(f"/api/projects/{project_id}"))

    def add(self, name: str) -> Project:
        """Make a project."""
        return Project.from_json(self._transport.send("POST", "/api/projects", {"name": name}))

    def rename(self, project_id: int, name: str) -> Project:
        """Give a project another name."""
        address = f"/api/projects/{project_id}"
        return Project.from_json(self._transport.send("PATCH", address, {"name": name}))

    def delete(self, project_id: int) -> None:
        """Delete a project; it can be restored."""
        self._transport.send("DELETE", f"/api/projects/{project_id}")

    def restore(self, project_id: int) -> Project:
        """Bring a deleted project back."""
        return Project.from_json(
            self._transport.send("POST", f"/api/projects/{project_id}/restore")
        )

    def statistics(self, project_id: int) -> Statistics:
        """Return what the masks of a project cost."""
        return Statistics.from_json(self._transport.get(f"/api/projects/{project_id}/statistics"))

    def save_statistics(self, project_id: int, file: str | os.PathLike[str]) -> None:
        """Save a table with one line for every mask."""
        self._transport.download(f"/api/projects/{project_id}/statistics.csv", Path(file))

    def save(self, project_id: int, file: str | os.PathLike[str]) -> None:
        """Save a project as one file, originals and history included."""
        self._transport.download(f"/api/projects/{project_id}/backup", Path(file))

    def add_saved(self, file: str | os.PathLike[str]) -> Project:
        """Add the project of such a file next to those that are there."""
        name, content = read_file(file)
        return Project.from_json(self._transport.upload("/api/projects/from-backup", name, content))


class Categories:
    """Lists, makes, changes and deletes classes.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self, project_id: int | None = None) -> list[Category]:
        """Return the classes of a project; those of all without one."""
        answer = self._transport.get("/api/categories", project=project_id)
        return [Category.from_json(one) for one in answer["categories"]]

    def add(self, name: str, *, supercategory: str = "", project_id: int | None = None) -> Category:
        """Make a class, in the oldest project if none is named."""
        body = {"name": name, "supercategory": supercategory}
        query = {"project": project_id}
        return Category.from_json(
            self._transport.send("POST", "/api/categories", body, query=query)
        )

    def change(self, category_id: int, **fields: Any) -> Category:
        """Change fields of a class: ``name``, ``color``, ``pattern``, ``attributes`` or others."""
        return Category.from_json(
            self._transport.send("PATCH", f"/api/categories/{category_id}", fields)
        )

    def delete(self, category_id: int) -> None:
        """Delete a class that no annotation uses."""
        self._transport.send("DELETE", f"/api/categories/{category_id}")
