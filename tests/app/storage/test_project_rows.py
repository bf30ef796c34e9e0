"""Which project a request means."""

from __future__ import annotations

import pytest

from app.errors import NotFoundError
from app.storage.database import Database
from app.storage.project_rows import resolve_project
from app.storage.project_store import ProjectStore


def test_no_project_means_the_oldest_that_is_there(database: Database) -> None:
    second = ProjectStore(database).add("B")
    with database.read() as session:
        assert (resolve_project(session, None), resolve_project(session, second.id)) == (1, 2)
    ProjectStore(database).delete(1)
    with database.read() as session:
        assert resolve_project(session, None) == second.id
        with pytest.raises(NotFoundError, match="got id 1"):
            resolve_project(session, 1)
