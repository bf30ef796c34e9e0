"""Who shall work on which image, in both databases."""

from __future__ import annotations

import pytest

from app.domain.review import Assignment
from app.domain.user import Role
from app.errors import NotFoundError
from app.storage.assignment_store import AssignmentStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from app.storage.project_store import ProjectStore
from app.storage.user_store import UserStore
from tests.helpers.filled_store import new_image


@pytest.fixture
def assignments(database: Database) -> AssignmentStore:
    for sign in "abc":
        ImageStore(database).add(new_image(sha256=sign * 64))
    for name in ("Ada", "Ben"):
        UserStore(database).add(name, "hash", Role.OWNER)
    return AssignmentStore(database)


def test_an_image_has_one_person_at_most(assignments: AssignmentStore) -> None:
    assert assignments.list_all(1) == []
    assert assignments.assign(1, [1, 2], 1)
    assert assignments.assign(1, [2, 3], 2)
    assert assignments.list_all(1) == [Assignment(1, 1), Assignment(2, 2), Assignment(3, 2)]
    assert assignments.assign(1, [1, 3], None)
    assert assignments.list_all(1) == [Assignment(2, 2)]


@pytest.mark.parametrize(("image_ids", "user_id"), [([1, 99], 1), ([1], 99)])
def test_all_are_assigned_or_none(
    assignments: AssignmentStore, image_ids: list[int], user_id: int
) -> None:
    assert not assignments.assign(1, image_ids, user_id)
    assert assignments.list_all(1) == []


def test_deleted_images_and_those_of_other_projects_cannot_be_assigned(
    assignments: AssignmentStore, database: Database
) -> None:
    assert assignments.assign(1, [1], 1)
    ImageStore(database).delete(1)
    assert not assignments.assign(1, [1], 2)
    assert assignments.list_all(1) == []
    other = ProjectStore(database).add("other")
    assert not assignments.assign(other.id, [2], 1)
    with pytest.raises(NotFoundError):
        assignments.list_all(99)
