"""Projects in the database."""

from __future__ import annotations

from app.domain.annotation import MaskMeasures
from app.domain.image_record import ImageState, NewImage
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from app.storage.project_store import ProjectStore
from tests.helpers.app_fixtures import content

MEASURES = MaskMeasures(120, (5, 4, 15, 8))


def test_a_project_is_shown_by_its_images_with_masks_first(database: Database) -> None:
    images, projects = ImageStore(database), ProjectStore(database)
    for number in range(6):
        images.add(NewImage(f"{number}", 48, 32, f"{number}", 1, "image/png", "image/png", True))
    AnnotationStore(database).add(6, content(), MEASURES)
    images.set_state(1, ImageState.SKIPPED)
    (project,) = projects.list_all()
    assert [image.id for image in project.cover] == [6, 1, 2, 3]
    assert project.image_counts == {
        ImageState.SKIPPED: 1,
        ImageState.NEW: 4,
        ImageState.IN_WORK: 1,
    }
    assert project.changed_at >= project.created_at


def test_a_restored_project_needs_its_name(database: Database) -> None:
    projects = ProjectStore(database)
    second = projects.add("B")
    projects.delete(second.id)
    restored = projects.restore(second.id)
    assert restored is not None
    assert not restored.is_deleted
