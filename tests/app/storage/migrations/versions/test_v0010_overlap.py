"""The tenth step adds what a project does about overlaps; earlier ones allowed them."""

from __future__ import annotations

from pathlib import Path

from app.domain.project import OverlapPolicy
from app.storage.database import Database
from app.storage.project_store import ProjectStore


def test_earlier_projects_allow_overlaps(earlier_path: Path) -> None:
    database = Database(earlier_path)
    policies = {project.overlap for project in ProjectStore(database).list_all()}
    database.close()
    assert policies == {OverlapPolicy.ALLOWED}
