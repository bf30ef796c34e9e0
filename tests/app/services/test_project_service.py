"""Projects: what is there and what is not."""

from __future__ import annotations

import pytest

from app.context import AppContext
from app.domain.project import ProjectChanges
from app.errors import NotFoundError


def test_a_project_is_found_as_it_was_added(context: AppContext) -> None:
    added = context.projects.add("Beetles")
    assert context.projects.get(added.id) == added
    assert context.projects.list_all()[-1] == added


def test_what_is_not_there_is_not_found(context: AppContext) -> None:
    for ask in (
        lambda: context.projects.get(9),
        lambda: context.projects.change(9, ProjectChanges(name="x")),
        lambda: context.projects.delete(9),
        lambda: context.projects.restore(9),
    ):
        with pytest.raises(NotFoundError, match="the project must exist, got id 9"):
            ask()
